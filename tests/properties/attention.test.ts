import { describe, expect, test } from 'vitest';
import { ExpectedIcons } from './expected-icons.ts';
import { randomAttention } from './random-attention.ts';
import { type Recorded, recorded } from './recorded-meeting.ts';

const parts = 6;
const schedules = Number(process.env['ATTENTION'] ?? 300);
const each = schedules / parts;
const allParts = Array.from({ length: parts }, (_, part) => part);
const seedsOf = (part: number): number[] => Array.from({ length: each }, (_, place) => part * each + place + 1);

/** What the schedules of this run have come to. */
const reached = { flags: 0, boards: 0, known: 0, knownWithFlags: 0 };

/** Each host's board after each of its hooks, and every second. */
function* boardsOf({ scenario, history }: Recorded): Generator<{ host: string; at: number; flagged: Set<string> }> {
  for (const { id: host, role } of scenario.participants) {
    if (role === 'participant') continue;
    let flagged = new Set<string>();
    let second = 0;
    for (const event of [...history, { kind: 'end', at: scenario.untilMs } as const]) {
      for (; second * 1000 < event.at || (event.kind === 'end' && second * 1000 === event.at); second += 1) {
        yield { host, at: second * 1000, flagged };
      }
      if (!('participant' in event) || event.participant !== host) continue;
      if (event.kind === 'presence' && (event.state === 'left' || event.state === 'crashed')) flagged = new Set();
      if (event.kind !== 'hook' || event.hook.hook !== 'attentionIndicatorChanged') continue;
      flagged = new Set(flagged);
      for (const { participantId, inattentive } of event.hook.payload.changes) {
        if (inattentive) flagged.add(participantId);
        else flagged.delete(participantId);
        if (inattentive) reached.flags += 1;
      }
      yield { host, at: event.at, flagged };
    }
  }
}

/** What of a meeting's boards is not as its history says. */
function wrongIcons(meeting: Recorded): string[] {
  const { scenario, history } = meeting;
  const expected = new ExpectedIcons(history, scenario);
  const wrong: string[] = [];
  const missingSince = new Map<string, number>();
  for (const { host, at, flagged } of boardsOf(meeting)) {
    if (!expected.isThere(host, at)) continue;
    let isKnown = expected.isSettled(host, at);
    for (const { id } of scenario.participants) {
      const may = expected.mayShow(id, at);
      const must = expected.isSettled(host, at) && expected.mustShow(id, at);
      if (flagged.has(id) && !may) wrong.push(`at ${at}, ${host} sees ${id} inattentive, who is not`);
      const key = `${host} ${id}`;
      if (flagged.has(id) || !must) missingSince.delete(key);
      else if (!missingSince.has(key)) missingSince.set(key, at);
      const since = missingSince.get(key);
      if (since !== undefined && at - since >= expected.missedMs) {
        wrong.push(`at ${at}, ${host} does not see ${id} inattentive`);
      }
      isKnown &&= may === must;
    }
    reached.boards += 1;
    if (isKnown) reached.known += 1;
    if (isKnown && flagged.size > 0) reached.knownWithFlags += 1;
  }
  return wrong;
}

type Step = { readonly who: string; readonly at: string; readonly does: string; readonly purpose?: string };

const isHost = ({ scenario }: Recorded, id: string): boolean =>
  scenario.participants.some((person) => person.id === id && person.role !== 'participant');

/** What whoever does not host was sent, or told by a hook, of another's attention. */
function toldToOthers(meeting: Recorded): string[] {
  const { messages, lines } = meeting;
  const told: string[] = [];
  const sent = new Set<string>();
  for (const { at, from, to, text } of messages) {
    const { t, n, got } = JSON.parse(text) as { t: string; n?: number; got?: number };
    if (t === 'attention') sent.add(`${from} ${to} ${n}`);
    if (isHost(meeting, to)) continue;
    if (text.includes('inattentive') || t === 'attention') told.push(`at ${at}, ${from} sends ${to} ${text}`);
    if (got !== undefined && !sent.has(`${to} ${from} ${got}`))
      told.push(`at ${at}, ${to} is told of an edge of another`);
  }
  for (const { at, participant, hook, payload } of lines) {
    if (participant === 'network' || isHost(meeting, participant)) continue;
    const text = JSON.stringify(payload);
    const { participantId, purpose } = payload as { participantId?: string; purpose?: string };
    const isOthers = purpose === 'attention-tracking' && participantId !== undefined && participantId !== participant;
    if (hook === 'attentionIndicatorChanged' || text.includes('inattentive') || isOthers) {
      told.push(`at ${at}, ${participant} is told ${hook} ${text}`);
    }
  }
  return told;
}

/** Where attention may be named: whether it is on, what the policy says of it, and a host's command with what came of it. */
const mayName =
  /^(meeting\.)?(attention(\.(enabled|active|enabling|share|by|id))?|policy\.attention(\.\w+)?|policy\.locked\.\d+)$|^(command\.do|outcome\.code|outcomes\.\d+\.1\.code)$/;

/** Every key and text that names attention, by where it stands. */
function* naming(value: unknown, path = ''): Generator<string> {
  if (typeof value === 'string' && /attenti/i.test(value) && !mayName.test(path)) yield `${path}: ${value}`;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    const place = path === '' ? key : `${path}.${key}`;
    if (/attenti/i.test(key) && !mayName.test(place)) yield place;
    yield* naming(each, place);
  }
}

/** What is on record of anybody's attention, or of their answer about it: in consents, rows, receipts, or a hand-over. */
function onRecord({ messages, lines }: Recorded): string[] {
  const found: string[] = [];
  for (const { text } of messages) {
    const { t, rows = [], ...rest } = JSON.parse(text) as { t: string; text?: string; rows?: { focus?: unknown }[] };
    if (t === 'attention' || t === 'attention?') continue;
    const handedOver: unknown = t === 'hand-over' ? JSON.parse(rest.text ?? '') : undefined;
    found.push(...naming({ ...rest, text: undefined }), ...naming(rows, 'rows'), ...naming(handedOver));
    if (text.includes('attention-tracking') || text.includes('inattentive')) found.push(text);
    if (rows.some((row) => 'focus' in row && row.focus !== true)) found.push(text);
  }
  for (const { hook, participant, payload } of lines) {
    const { participantId, purpose } = payload as { participantId?: string; purpose?: string };
    if (String(hook) === 'recordIssued' && JSON.stringify(payload).includes('attention')) found.push(hook);
    if (purpose === 'attention-tracking' && participantId !== undefined && participantId !== participant)
      found.push(hook);
  }
  return found;
}

/** The same schedule with somebody who refuses, time and again, and looks away; or who agrees, and never does. */
function withBo(does: 'refusesConsent' | 'givesConsent', seed: number): Record<string, unknown> {
  const scenario = randomAttention(seed);
  const isTheirs = ({ who, does: verb, purpose }: Step) =>
    who === 'bo' && (purpose !== undefined || (does === 'givesConsent' && /Focus$/.test(verb)));
  const others = (scenario['steps'] as Step[]).filter((step) => !isTheirs(step));
  const untilMs = Number.parseInt(scenario['until'] as string, 10);
  const answers = Array.from({ length: Math.floor(untilMs / answerEveryMs) }, (_, place) => ({
    at: `${(place + 1) * answerEveryMs}ms`,
    who: 'bo',
    does,
    purpose: 'attention-tracking',
  }));
  return { ...scenario, steps: [...others, ...answers] };
}

/** More often than anybody can have been away for too long since they were told. */
const answerEveryMs = 7000;

describe('over random schedules', () => {
  test.each(allParts)(
    '[G4] who is flagged on each host is who is away, part %i',
    { timeout: 600_000 },
    async (part) => {
      const wrong: unknown[] = [];
      for (const seed of seedsOf(part)) {
        const meeting = await recorded(randomAttention(seed));
        const found = [...wrongIcons(meeting), ...meeting.broken.map(({ id, message }) => `${id} ${message}`)];
        if (found.length > 0) wrong.push({ seed, first: found[0], times: found.length });
      }
      expect(wrong).toEqual([]);
    },
  );

  test.skipIf(schedules < 300)('[G4] of most boards all is known, and many of them have an icon', () => {
    expect(reached.flags / schedules).toBeGreaterThan(1);
    expect(reached.known / reached.boards).toBeGreaterThan(0.75);
    expect(reached.knownWithFlags / reached.boards).toBeGreaterThan(0.05);
  });

  test('[G4] [G7] nobody but hosts is sent, or told of, another’s attention, and no record has it', {
    timeout: 600_000,
  }, async () => {
    const wrong: unknown[] = [];
    let edges = 0;
    for (const seed of seedsOf(0)) {
      const meeting = await recorded(randomAttention(seed));
      edges += meeting.messages.filter(({ text }) => text.includes('"t":"attention",')).length;
      const found = [...toldToOthers(meeting), ...onRecord(meeting)];
      if (found.length > 0) wrong.push({ seed, first: found[0], times: found.length });
    }
    expect(wrong).toEqual([]);
    expect(edges).toBeGreaterThan(each);
  });

  test('[G4] hosts are sent the same by who refuses as by who attends, to the letter', {
    timeout: 600_000,
  }, async () => {
    for (const seed of seedsOf(1)) {
      const toHosts = async (does: 'refusesConsent' | 'givesConsent') => {
        const meeting = await recorded(withBo(does, seed));
        return meeting.messages.filter(({ to }) => isHost(meeting, to));
      };
      const [refused, attended] = [await toHosts('refusesConsent'), await toHosts('givesConsent')];
      expect({ seed, sent: refused }).toEqual({ seed, sent: attended });
    }
  });
});
