import { seededRandom } from '../../src/transport/seeded-random.ts';

const purposes = { purpose: 'recording' } as const;

/** From this seed on attention is tracked too, now and then: what was before stays as it was. */
export const attentionFrom = 1_000_001;

/** Who turns tracking on, shares, looks away and answers, drawn apart from all else. */
function attentionSteps(seed: number, ids: readonly string[], hosts: readonly string[]): Record<string, unknown>[] {
  const random = seededRandom(seed * 6101 + 29);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const at = (mostMs: number) => `${Math.floor(random() * mostMs)}ms`;
  if (random() < 0.2) return [];
  const kinds: readonly (() => Record<string, unknown>)[] = [
    () => ({ who: pick(ids), does: 'losesFocus' }),
    () => ({ who: pick(ids), does: pick(['losesFocus', 'regainsFocus']) }),
    () => ({ who: pick([...hosts, ...ids]), does: pick(['startsSharing', 'startsSharing', 'stopsSharing']) }),
    () => ({
      who: pick(ids),
      does: pick(['givesConsent', 'acknowledges', 'refusesConsent', 'withdrawsConsent', 'reviewsConsent']),
      purpose: 'attention-tracking',
    }),
    () => ({ who: pick(hosts), does: pick(['enablesAttentionTracking', 'disablesAttentionTracking']) }),
  ];
  return [
    { at: at(15_000), who: pick(hosts), does: 'enablesAttentionTracking' },
    { at: at(20_000), who: pick(hosts), does: 'startsSharing' },
    ...ids.map((who) => ({ at: at(60_000), who, does: 'losesFocus' })),
    ...Array.from({ length: Math.floor(random() * 10) }, () => ({ at: at(110_000), ...pick(kinds)() })),
  ];
}

/** From this seed on a transcript is made, and people speak: what was before stays as it was. */
export const transcriptsFrom = 2_000_001;

/** The same meeting, with a transcript: who asks for it, answers, speaks and erases is drawn apart from all else. */
function withTranscript(seed: number, scenario: RandomScenario): RandomScenario {
  const random = seededRandom(seed * 4513 + 71);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const at = (leastMs: number, mostMs: number) => `${leastMs + Math.floor(random() * (mostMs - leastMs))}ms`;
  const ids = scenario.participants.map(({ id }) => id);
  const hosts = scenario.participants.filter(({ role }) => role !== 'participant').map(({ id }) => id);
  const purpose = { purpose: 'transcription' };
  const kinds: readonly (() => Record<string, unknown>)[] = [
    () => ({ who: pick(ids), does: pick(['givesConsent', 'acknowledges', 'reviewsConsent']), ...purpose }),
    () => ({ who: pick(ids), does: pick(['refusesConsent', 'withdrawsConsent']), ...purpose }),
    () => ({ who: pick(hosts), does: pick(['pausesRecording', 'resumesRecording', 'resumesRecording']) }),
    () => ({ who: pick(hosts), does: pick(['requestsTranscript', 'stopsTranscript', 'erasesRecording']) }),
    () => ({ who: pick(hosts), does: 'stopsTranscript', failed: true }),
    () => ({ who: pick(hosts), does: 'handsOver', to: pick(hosts) }),
  ];
  const answers = (fromMs: number, toMs: number) => (who: string) => [
    { at: at(fromMs, toMs), who, does: 'givesConsent', purpose: 'recording' },
    { at: at(fromMs, toMs), who, does: pick(['givesConsent', 'givesConsent', 'refusesConsent']), ...purpose },
  ];
  const transcription = { readers: pick(['hosts', 'everyone']) };
  // Most are plain, so that something is written down.
  const isPlain = random() < 0.7;
  const policy = isPlain ? { extends: scenario.meeting.policy['extends'] } : scenario.meeting.policy;
  const { capture } = scenario;
  return {
    ...scenario,
    meeting: { ...scenario.meeting, policy: { ...policy, transcription } },
    capture: isPlain ? { startMs: capture['startMs'] } : capture,
    steps: [
      ...(isPlain ? [{ at: '500ms', who: 'hana', does: 'requestsRecording', storage: 'cloud' }] : []),
      ...scenario.steps,
      { at: at(1001, 5000), who: pick(hosts), does: 'requestsTranscript' },
      ...ids.flatMap(answers(3000, 9000)),
      ...ids.flatMap(answers(42_000, 60_000)),
      ...Array.from({ length: 24 }, (_, place) => ({
        at: at(8000, 100_000),
        who: pick(ids),
        does: 'says',
        text: `words ${place}`,
      })),
      ...Array.from({ length: 2 + Math.floor(random() * 8) }, () => ({ at: at(8000, 100_000), ...pick(kinds)() })),
      { at: '130s', who: pick(hosts), does: 'stopsRecording' },
      ...(random() < 0.3 ? [{ at: '140s', who: pick(hosts), does: 'erasesRecording' }] : []),
    ],
  };
}

interface RandomScenario extends Record<string, unknown> {
  readonly meeting: { readonly policy: Record<string, unknown> };
  readonly participants: readonly { readonly id: string; readonly role?: string }[];
  readonly capture: Record<string, unknown>;
  readonly steps: readonly Record<string, unknown>[];
}

/** From this seed on purposes of the open set are asked for too: what was before stays as it was. */
export const purposesFrom = 3_000_001;

/** Who asks for purposes, ends them and answers, drawn apart from all else. */
function purposeSteps(seed: number, ids: readonly string[], hosts: readonly string[]): Record<string, unknown>[] {
  const random = seededRandom(seed * 4241 + 17);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const at = (mostMs: number) => `${Math.floor(random() * mostMs)}ms`;
  const names = ['live-streaming', 'live-captions', 'ai-notes'];
  const kinds: readonly (() => Record<string, unknown>)[] = [
    () => ({ who: pick(ids), does: pick(['givesConsent', 'givesConsent', 'acknowledges']), purpose: pick(names) }),
    () => ({
      who: pick(ids),
      does: pick(['refusesConsent', 'withdrawsConsent', 'reviewsConsent']),
      purpose: pick(names),
    }),
    () => ({ who: pick([...hosts, ...hosts, ...ids]), does: 'requestsPurpose', purpose: pick(names) }),
    () => ({ who: pick(hosts), does: 'endsPurpose', purpose: pick(names) }),
  ];
  return [
    { at: '1s', who: 'hana', does: 'requestsPurpose', purpose: pick(names) },
    { at: pick(['1s', '1100ms', '20s']), who: pick(hosts), does: 'requestsPurpose', purpose: pick(names) },
    ...ids.map((who) => ({ at: at(30_000), who, does: 'givesConsent', purpose: pick(names) })),
    ...Array.from({ length: 2 + Math.floor(random() * 10) }, () => ({ at: at(110_000), ...pick(kinds)() })),
  ];
}

/** From this seed on one side alone is recorded, of callers too: what was before stays as it was. */
export const sidesFrom = 4_000_001;

const agrees: readonly string[] = ['givesConsent', 'acknowledges'];

/** The same meeting, where whoever asks for a recording mostly asks for that of some people alone, and some of them call. */
function withSides(seed: number, scenario: RandomScenario): RandomScenario {
  const random = seededRandom(seed * 3907 + 41);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const participants = scenario.participants.map((each) =>
    each.role === 'host' || random() < 0.5 ? each : { ...each, channel: 'phone' },
  );
  const ids = participants.map(({ id }) => id);
  const callers = participants.filter((each) => 'channel' in each && each.channel === 'phone').map(({ id }) => id);
  const some = () =>
    random() < 0.8 ? { only: [...new Set([pick([...ids, ...callers, ...callers]), pick(ids)])] } : {};
  const keys = callers.flatMap((who) =>
    Array.from({ length: 2 + Math.floor(random() * 4) }, (_, place) => ({
      at: `${2000 + Math.floor(random() * (place === 0 ? 5000 : 100_000))}ms`,
      who,
      does: 'pressesKey',
      key: pick(['1', '1', '1', '2', '*']),
    })),
  );
  return {
    ...scenario,
    participants,
    steps: [
      // Callers answer by their keys.
      ...scenario.steps
        .filter(({ who, does }) => !callers.includes(who as string) || !agrees.includes(does as string))
        .map((step) => (step['does'] === 'requestsRecording' ? { ...step, ...some() } : step)),
      ...keys,
    ],
  };
}

/** A random meeting, the same for the same seed: any policy, people, recorder, network and course of events. */
export function randomScenario(seed: number): Record<string, unknown> {
  const scenario = randomMeeting(seed) as unknown as RandomScenario;
  if (seed >= sidesFrom) return withSides(seed, withTranscript(seed, scenario));
  return seed >= transcriptsFrom && seed < purposesFrom ? withTranscript(seed, scenario) : scenario;
}

function randomMeeting(seed: number): Record<string, unknown> {
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
    const host = chance(0.75) ? 'hana' : pick(hosts);
    const kinds: readonly (() => Record<string, unknown>)[] = [
      () => ({ who, does: pick(['givesConsent', 'givesConsent', 'acknowledges']), ...purposes }),
      () => ({ who, does: pick(['refusesConsent', 'withdrawsConsent', 'reviewsConsent']), ...purposes }),
      () => ({ who: host, does: pick(['pausesRecording', 'resumesRecording', 'stopsRecording']) }),
      () => ({ who: host, does: pick(['requestsTranscript', 'stopsTranscript', 'reminds']) }),
      () => ({
        who: host,
        does: 'requestsRecording',
        storage: pick(['cloud', 'cloud', 'local']),
        transcript: chance(0.2),
      }),
      () => ({ who: host, does: 'startsWithoutWaiting', reason: 'the others are away' }),
      () => ({ who, does: pick(['leaves', 'joins', 'crashes', 'reconnects', 'losesConnection', 'reconnects']) }),
      () => ({ who, does: pick(['switchesOn', 'switchesOff']), device: pick(['microphone', 'camera', 'screen']) }),
      () => ({ who: host, does: pick(['moderatorLocks', 'moderatorUnlocks']), device: 'microphone', whom: who }),
      () => ({ who: 'platform', does: pick(['startsRecording', 'stopsRecording']) }),
      () => ({ who, does: 'declaresRegion', region: pick(['DE', 'US-TX', 'ES']) }),
      () => ({ who: host, does: 'admits', whom: who }),
      () => ({ who: host, does: 'handsOver', to: chance(0.8) ? pick(hosts) : who }),
      () =>
        pick([
          { who, does: 'confirmsShown' },
          { who, does: 'confirmsCue', result: pick(['played', 'blocked']) },
        ]),
      ...(callers.length > 0 ? [() => ({ who: pick(callers), does: 'pressesKey', key: pick(['1', '2', '9']) })] : []),
      ...(isFaulty ? [networkStep, networkStep] : []),
      ...(isFaulty ? [() => ({ who, does: 'sleeps', for: pick(['3s', '8s', '30s']) })] : []),
    ];
    return { at, ...pick(kinds)() };
  }

  function networkStep(): Record<string, unknown> {
    if (chance(0.5)) return { who: 'network', does: 'heals' };
    const inOne = ids.filter(() => chance(0.5));
    const groups = [inOne, ids.filter((id) => !inOne.includes(id))];
    return { who: 'network', does: 'partitions', groups, oneWay: chance(0.3) };
  }

  const participants = ids.map(participant);
  const hosts = participants.filter(({ role }) => role !== 'participant').map(({ id }) => id);
  const callers = participants.filter(({ channel }) => channel === 'phone').map(({ id }) => id);
  const isFaulty = chance(0.35);
  const network = {
    latencyMs: [5, 150],
    seed,
    ...(isFaulty && {
      loss: pick([0, 0.02, 0.1, 0.3]),
      duplicate: pick([0, 0.05, 0.3]),
      reorder: chance(0.5),
    }),
  };
  const calls = ['start', 'pause', 'resume', 'stop', 'include', 'exclude', 'renew'] as const;
  return {
    meeting: {
      policy: { extends: pick(['notice-only', 'acknowledge', 'all-party', 'gdpr']), recording: recording() },
      ...(chance(0.15) && { adminPolicy: { extends: 'all-party', locked: ['recording.consent'] } }),
    },
    participants,
    capture: {
      canExclude,
      lease: !chance(0.2),
      canPause: !chance(0.1),
      startMs: pick([0, 0, 500, 3000]),
      ...(chance(0.15) && { fails: [pick(calls)] }),
      ...(chance(0.1) && { hangs: [pick(calls)] }),
      ...(chance(0.1) && { takes: { [pick(calls)]: pick(['800ms', '3s', '12s']) } }),
      ...(isFaulty &&
        chance(0.2) && {
          cutOff: pick([
            ['4s', '8s'],
            ['3s', '40s'],
            ['20s', '26s'],
          ]),
        }),
    },
    ...((isFaulty || chance(0.3)) && { network }),
    steps: [
      { at: '1s', who: 'hana', does: 'requestsRecording', storage: pick(['cloud', 'cloud', 'local']) },
      ...Array.from({ length: 4 + Math.floor(random() * 14) }, step),
      ...(seed >= attentionFrom ? attentionSteps(seed, ids, hosts as string[]) : []),
      ...(seed >= purposesFrom ? purposeSteps(seed, ids, hosts as string[]) : []),
    ],
    until: '150s',
  };
}
