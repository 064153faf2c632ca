import { expect, test } from 'vitest';
import { isNoticeError } from '../../src/core/errors.ts';
import { attentionDisplays, notificationKinds, notificationLevels } from '../../src/notifications/settings.rules.ts';
import type { Step } from '../../src/simulator/parsed.types.ts';
import { parseScenario } from '../../src/simulator/scenario.parse.ts';
import { SimulatedMeeting } from '../../src/simulator/simulated-meeting.ts';
import { seededRandom } from '../../src/transport/seeded-random.ts';
import { randomScenario } from '../soak/random-scenario.ts';

/** Any settings, mostly several fields at once. */
function anySettings(random: () => number): Record<string, unknown> {
  const oneOf = <T>(words: readonly T[]): T => words[Math.floor(random() * words.length)] as T;
  const fields = Object.fromEntries(
    ['all', ...notificationKinds].filter(() => random() < 0.3).map((kind) => [kind, oneOf(notificationLevels)]),
  );
  return {
    ...fields,
    ...(random() < 0.5 && { attentionDisplay: oneOf(attentionDisplays) }),
    ...(random() < 0.5 && { doNotDisturb: oneOf([true, false, 'while-sharing']) }),
    ...(random() < 0.5 && { digestSeconds: oneOf([1, 5, 60, 3600]) }),
  };
}

/** All that reaches who is no host (hooks, and messages to their clients), with when, as one text; and how often hosts were told. */
async function history(
  input: unknown,
  hosts: readonly string[],
): Promise<{ others: string; hosts: number } | undefined> {
  let scenario: ReturnType<typeof parseScenario>;
  try {
    scenario = parseScenario(input);
  } catch (error) {
    // A random policy may make no sense.
    if (isNoticeError(error)) return undefined;
    throw error;
  }
  const meeting = new SimulatedMeeting(scenario);
  const isHost = (name: string) => hosts.includes(name.split('#')[0] ?? '');
  const others: string[] = [];
  meeting.network.tap(({ to, from, data }) => {
    if (!isHost(to)) others.push(`${meeting.clock.now()} ${from} ${to} ${data}`);
  });
  await meeting.begin();
  const joins: Step[] = scenario.participants
    .filter(({ joinsAtMs }) => joinsAtMs > 0)
    .map(({ id, joinsAtMs }) => ({ who: id, does: 'joins', atMs: joinsAtMs }));
  for (const step of [...joins, ...scenario.steps].sort((a, b) => a.atMs - b.atMs)) {
    await meeting.goTo(step.atMs);
    await meeting.act(step, 0);
  }
  await meeting.goTo(scenario.untilMs);
  const hooks = meeting.lines.filter(({ participant }) => !isHost(participant)).map((line) => JSON.stringify(line));
  return {
    others: [...hooks, ...others].join('\n'),
    hosts: meeting.lines.filter(({ hook }) => hook === 'hostNotified').length,
  };
}

test('[G7] whatever hosts set, at any time, all that reaches everyone else is the same, byte for byte', {
  timeout: 240_000,
}, async () => {
  let compared = 0;
  let differently = 0;
  let letters = 0;
  for (let seed = 1; seed <= 60; seed += 1) {
    const scenario = randomScenario(seed);
    const random = seededRandom(seed);
    const hosts = (scenario['participants'] as { id: string; role?: string }[])
      .filter(({ role = 'participant' }) => role !== 'participant')
      .map(({ id }) => id);
    const settings = hosts.flatMap((who) =>
      ['0s', '1s', '13s', '20s', '45s'].map((at) => ({
        at,
        who,
        does: 'setsNotifications',
        settings: anySettings(random),
      })),
    );
    const steps = scenario['steps'] as object[];
    const plain = await history(scenario, hosts);
    const set = await history({ ...scenario, steps: [...settings, ...steps] }, hosts);
    if (!plain || !set) continue;
    compared += 1;
    if (plain.hosts !== set.hosts) differently += 1;
    expect(set.others === plain.others, `seed ${seed}`).toBe(true);
    letters += plain.others.length;
  }
  // The settings do something, or this would say nothing.
  expect([compared > 40, letters > 1_000_000]).toEqual([true, true]);
  expect(differently).toBeGreaterThan(compared / 4);
});
