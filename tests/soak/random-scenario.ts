import { seededRandom } from '../../src/transport/seeded-random.ts';

const purposes = { purpose: 'recording' } as const;

/** A random meeting, the same for the same seed: any policy, people, recorder and course of events. */
export function randomScenario(seed: number): Record<string, unknown> {
  const random = seededRandom(seed * 7919 + 13);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const chance = (share: number): boolean => random() < share;
  const canExclude = !chance(0.2);
  const ids = ['hana', 'bo', 'cy', 'dee', 'eli'].slice(0, 2 + Math.floor(random() * 4));

  function recording(): Record<string, unknown> {
    const rules: Record<string, unknown> = {};
    if (chance(0.4)) rules['onLateJoin'] = pick(['exclude', 'hold', 'lobby', 'pause']);
    if (chance(0.4)) rules['onRefusal'] = pick(['exclude', 'hold', 'leave', 'veto']);
    if (chance(0.4)) rules['onCannotBeAsked'] = pick(['announce', 'exclude', 'block']);
    if (chance(0.4)) rules['untilAnswered'] = pick(['exclude', 'hold']);
    if (chance(0.2)) Object.assign(rules, { timeoutMs: pick([5000, 20_000]), onTimeout: 'refused' });
    if (chance(0.2)) rules['graceMs'] = pick([1000, 5000]);
    if (canExclude) return rules;
    const instead = { untilAnswered: 'hold', onLateJoin: 'hold', onRefusal: 'hold', onCannotBeAsked: 'block' };
    for (const [field, value] of Object.entries(instead)) {
      if (rules[field] === undefined || rules[field] === 'exclude') rules[field] = value;
    }
    return rules;
  }

  function participant(id: string, place: number): Record<string, unknown> {
    if (place === 0) return { id, role: 'host' };
    return {
      id,
      role: chance(0.25) ? 'co-host' : 'participant',
      ...(chance(0.3) && { joins: `${Math.floor(random() * 40)}s` }),
      ...(chance(0.1) && { channel: pick(['phone', 'room-system', 'bot']) }),
      ...(chance(0.1) && { presents: 'never' }),
      ...(chance(0.1) && { sdk: false }),
      ...(chance(0.15) && { region: pick(['DE', 'US-TX', 'FR', 'NZ', 'ES']) }),
    };
  }

  function step(): Record<string, unknown> {
    const at = `${Math.floor(random() * (chance(0.4) ? 12 : 60)) * 1000 + pick([0, 0, 1, 500])}ms`;
    const who = pick(ids);
    const kinds: readonly (() => Record<string, unknown>)[] = [
      () => ({ who, does: pick(['givesConsent', 'givesConsent', 'acknowledges']), ...purposes }),
      () => ({ who, does: pick(['refusesConsent', 'withdrawsConsent', 'reviewsConsent']), ...purposes }),
      () => ({
        who: 'hana',
        does: pick(['pausesRecording', 'resumesRecording', 'stopsRecording', 'requestsTranscript']),
      }),
      () => ({ who: 'hana', does: 'requestsRecording', storage: pick(['cloud', 'local']) }),
      () => ({ who: 'hana', does: 'startsWithoutWaiting', reason: 'the others are away' }),
      () => ({ who, does: pick(['leaves', 'joins', 'crashes', 'reconnects', 'losesConnection', 'reconnects']) }),
      () => ({ who, does: pick(['switchesOn', 'switchesOff']), device: pick(['microphone', 'camera', 'screen']) }),
      () => ({ who: 'hana', does: pick(['moderatorLocks', 'moderatorUnlocks']), device: 'microphone', whom: who }),
      () => ({ who: 'platform', does: pick(['startsRecording', 'stopsRecording']) }),
      () => ({ who, does: 'declaresRegion', region: pick(['DE', 'US-TX', 'ES']) }),
      () => ({ who: 'hana', does: 'admits', whom: who }),
      () => ({ who: 'hana', does: 'handsOver', to: pick(ids.slice(1)) }),
      () => ({ who, does: 'confirmsShown' }),
    ];
    return { at, ...pick(kinds)() };
  }

  const calls = ['start', 'pause', 'resume', 'stop', 'include', 'exclude', 'renew'] as const;
  return {
    meeting: {
      policy: { extends: pick(['notice-only', 'acknowledge', 'all-party', 'gdpr']), recording: recording() },
      ...(chance(0.15) && { adminPolicy: { extends: 'all-party', locked: ['recording.consent'] } }),
    },
    participants: ids.map(participant),
    capture: {
      canExclude,
      lease: !chance(0.2),
      canPause: !chance(0.1),
      startMs: pick([0, 0, 500, 3000]),
      ...(chance(0.15) && { fails: [pick(calls)] }),
      ...(chance(0.1) && { hangs: [pick(calls)] }),
    },
    ...(chance(0.3) && { network: { latencyMs: [5, 150], seed } }),
    steps: [
      { at: '1s', who: 'hana', does: 'requestsRecording', storage: pick(['cloud', 'cloud', 'local']) },
      ...Array.from({ length: 4 + Math.floor(random() * 14) }, step),
    ],
    until: '150s',
  };
}
