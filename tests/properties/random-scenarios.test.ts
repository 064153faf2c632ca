import { describe, expect, test } from 'vitest';
import { isNoticeError } from '../../src/core/errors.ts';
import { simulate } from '../../src/simulator/simulation.ts';
import type { SimulationResult } from '../../src/simulator/simulation.types.ts';
import { expectedHooks } from '../../src/simulator/verbs.ts';
import { attentionFrom, purposesFrom, randomScenario, sidesFrom, transcriptsFrom } from '../soak/random-scenario.ts';

const parts = 10;
const scenarios = Number(process.env['SCENARIOS'] ?? 1000);
const scenariosEach = scenarios / parts;
/** Meetings with a transcript: three times as many, 300 of 1,000. */
const transcriptScenarios = 3 * scenariosEach;

/** Of answers that are signed, or of what is wrong with a client; random meetings have neither. */
const neverFire = ['recordIssued', 'protocolFailed', 'listenerFailed'];

/** What the random meetings of this run have come to. */
const reached = { accepted: 0, captured: 0, hooks: new Set<string>(), outcomes: new Set<string>() };

/** How a random meeting went; `undefined` where its policy makes no sense, which is all that a random one may do. */
async function run(scenario: Record<string, unknown>): Promise<SimulationResult | undefined> {
  try {
    return await simulate(scenario).run();
  } catch (error) {
    if (isNoticeError(error, 'policy/invalid') || isNoticeError(error, 'scenario/invalid')) return undefined;
    throw error;
  }
}

function note({ lines, history, summary }: SimulationResult): void {
  reached.accepted += 1;
  if (summary.captures.length > 0) reached.captured += 1;
  for (const { hook } of lines) reached.hooks.add(hook);
  for (const event of history) {
    if (event.kind === 'outcome' && event.act.does === 'requestsRecording') reached.outcomes.add(event.outcome.outcome);
  }
}

describe('over random meetings', () => {
  test.each(Array.from({ length: parts }, (_, part) => part))(
    '[G1] [G2] [G3] [G7] [G8] [G9] [G10] [G11] [G13] nothing is broken, part %i',
    { timeout: 120_000 },
    async (part) => {
      const broken: unknown[] = [];
      for (let place = 1; place <= scenariosEach; place += 1) {
        const seed = part * scenariosEach + place;
        const result = await run(randomScenario(seed));
        if (result) note(result);
        broken.push(...(result?.broken ?? []).map((each) => ({ seed, ...each })));
      }
      expect(broken).toEqual([]);
    },
  );

  test('[G1] [G2] [G3] [G4] [G8] nothing is broken where attention is tracked too', { timeout: 120_000 }, async () => {
    const broken: unknown[] = [];
    for (let seed = attentionFrom; seed < attentionFrom + scenariosEach; seed += 1) {
      const result = await run(randomScenario(seed));
      for (const { hook, payload } of result?.lines ?? []) {
        if (hook.startsWith('attention')) reached.hooks.add(hook);
        const { code = '' } = payload as { code?: string };
        if (hook === 'protocolFailed' && code.startsWith('attention/')) broken.push({ seed, code });
      }
      broken.push(...(result?.broken ?? []).map((each) => ({ seed, ...each })));
    }
    expect(broken).toEqual([]);
  });

  test('[G1] [G2] [G3] [G5] [G8] nothing is broken where transcripts are made, and words are kept, dropped and erased', {
    timeout: 240_000,
  }, async () => {
    const broken: unknown[] = [];
    const words = { said: 0, kept: 0, erased: 0 };
    for (let seed = transcriptsFrom; seed < transcriptsFrom + transcriptScenarios; seed += 1) {
      const result = await run(randomScenario(seed));
      if (!result) continue;
      for (const { hook, payload } of result.lines) {
        if (hook.startsWith('transcript')) reached.hooks.add(hook);
        if (hook === 'transcriptChanged' && (payload as { status: string }).status === 'erased') words.erased += 1;
        const { code = '' } = payload as { code?: string };
        if (hook === 'protocolFailed' && code.startsWith('transcript/')) broken.push({ seed, code });
      }
      words.said += result.history.filter(({ kind }) => kind === 'said').length;
      words.kept += result.summary.transcript.length;
      broken.push(...result.broken.map((each) => ({ seed, ...each })));
    }
    expect(broken).toEqual([]);
    // Most of what is said in such a meeting may not be kept; enough is that may.
    expect(words.kept).toBeGreaterThan(transcriptScenarios);
    expect(words.said).toBeGreaterThan(4 * words.kept);
    expect(words.erased).toBeGreaterThan(transcriptScenarios / 10);
  });

  test('[G1] [G2] [G8] [G9] nothing is broken where purposes are asked for too', { timeout: 120_000 }, async () => {
    const broken: unknown[] = [];
    let captured = 0;
    for (let seed = purposesFrom; seed < purposesFrom + scenariosEach; seed += 1) {
      const result = await run(randomScenario(seed));
      for (const { hook, payload } of result?.lines ?? []) {
        if (hook === 'captureChanged' && (payload as { purpose: string }).purpose !== 'recording') captured += 1;
      }
      broken.push(...(result?.broken ?? []).map((each) => ({ seed, ...each })));
    }
    expect(broken).toEqual([]);
    expect(captured).toBeGreaterThan(0);
  });

  test('[G1] [G2] [G5] [G8] nothing is broken where one side alone is recorded, of callers too', {
    timeout: 120_000,
  }, async () => {
    const broken: unknown[] = [];
    const reached = { sided: 0, tones: 0, words: 0 };
    for (let seed = sidesFrom; seed < sidesFrom + scenariosEach; seed += 1) {
      const result = await run(randomScenario(seed));
      if (!result) continue;
      const only = new Set<string>();
      for (const { hook, payload } of result.lines) {
        const {
          side,
          recordingId = '',
          announcement,
        } = payload as {
          side?: string;
          recordingId?: string;
          announcement?: { tone?: string };
        };
        if (hook === 'noticeRaised' && side) only.add(recordingId);
        if (announcement?.tone) reached.tones += 1;
      }
      reached.sided += result.summary.captures.filter(({ recordingId }) => only.has(recordingId)).length;
      reached.words += result.summary.transcript.filter(({ recordingId }) => only.has(recordingId)).length;
      broken.push(...result.broken.map((each) => ({ seed, ...each })));
    }
    expect(broken).toEqual([]);
    // Few agree to all, and of most who speak then nobody's side is recorded.
    expect(Math.min(reached.sided, reached.tones, reached.words)).toBeGreaterThan(scenariosEach / 10);
  });

  test.skipIf(scenarios < 1000)(
    'most are accepted and captured, every hook fires, and requests end in every way',
    () => {
      expect(expectedHooks.filter((name) => !reached.hooks.has(name))).toEqual(neverFire);
      expect([...reached.outcomes].sort()).toEqual(
        ['cancelled', 'denied', 'expired', 'failed', 'nobody-to-capture', 'refused', 'started', 'vetoed'].sort(),
      );
      expect(reached.accepted / scenarios).toBeGreaterThan(0.8);
      expect(reached.captured / scenarios).toBeGreaterThan(0.4);
    },
  );

  test('[G7] whatever hosts want to be told, everyone else is told the same', { timeout: 120_000 }, async () => {
    const settings = { all: 'off', attentionDisplay: 'off', doNotDisturb: true };
    for (let seed = 1; seed <= scenariosEach; seed += 1) {
      const scenario = randomScenario(seed);
      const hosts = (scenario['participants'] as { id: string; role?: string }[]).filter(
        ({ role = 'participant' }) => role !== 'participant',
      );
      const silences = hosts.flatMap(({ id }) =>
        ['0s', '20s', '45s'].map((at) => ({ at, who: id, does: 'setsNotifications', settings })),
      );
      const plain = await run(scenario);
      const silenced = await run({ ...scenario, steps: [...silences, ...(scenario['steps'] as object[])] });
      const toldTo = (result: SimulationResult | undefined) =>
        result?.lines.filter(({ participant }) => !hosts.some(({ id }) => id === participant));
      expect({ seed, told: toldTo(silenced) }).toEqual({ seed, told: toldTo(plain) });
    }
  });
});
