import { seededRandom } from '../../src/transport/seeded-random.ts';

type Step = Record<string, unknown>;

const purpose = 'attention-tracking';

/** How long nothing is done before the end, in milliseconds: for long enough that all that can come has come. */
const quietMs = 100_000;

/** A random meeting in which attention is tracked, the same for the same seed: whom the policy asks, who shares, looks away, answers, comes and goes, and how the network behaves. */
export function randomAttention(seed: number): Record<string, unknown> {
  const random = seededRandom(seed * 104_729 + 7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const chance = (share: number): boolean => random() < share;
  const between = (least: number, most: number): number => Math.round(least + random() * (most - least));

  const hosts = chance(0.5) ? ['hana', 'hugo'] : ['hana'];
  const tracked = ['bo', 'cy', 'dee'].slice(0, between(1, 4 - hosts.length));
  const all = [...hosts, ...tracked];
  const consent = pick(['notice', 'acknowledge', 'explicit']);
  const isTroubled = { participants: chance(0.4), hosts: chance(0.25), network: chance(0.15) };
  const isLossy = chance(0.25);
  const agrees = consent === 'explicit' ? 'givesConsent' : pick(['acknowledges', 'givesConsent']);
  const untilMs = between(120, 200) * 1000;

  /** Away and back, as often as not about as long as the threshold. */
  function looksAway(who: string): Step[] {
    const steps: Step[] = [];
    for (let at = between(0, 20_000); at < untilMs; ) {
      const awayMs = chance(0.25) ? pick([29_999, 30_000, 30_001, 30_002]) : between(1000, 90_000);
      steps.push({ at, who, does: 'losesFocus' }, { at: at + awayMs, who, does: 'regainsFocus' });
      at += awayMs + (chance(0.3) ? pick([1, 20, 500]) : between(1000, 40_000));
    }
    return steps.filter(({ at }) => (at as number) <= untilMs);
  }

  function answers(who: string): Step[] {
    const first = chance(0.7) ? agrees : pick(['refusesConsent', 'withdrawsConsent']);
    const later = chance(0.3) ? [pick(['refusesConsent', 'withdrawsConsent', 'reviewsConsent', agrees])] : [];
    if (consent === 'notice' && chance(0.6)) return [];
    return [first, ...later].map((does, place) => ({ at: between(2000, 15_000 + place * 90_000), who, does, purpose }));
  }

  function shares(): Step[] {
    const who = chance(0.8) ? pick(hosts) : pick(all);
    const at = between(0, untilMs);
    const ends = chance(0.6) ? [{ at: at + between(0, 90_000), who, does: 'stopsSharing' }] : [];
    return [{ at, who, does: 'startsSharing' }, ...ends];
  }

  /** Gone, and mostly back after a while. */
  function goes(who: string): Step[] {
    const at = between(10_000, untilMs - 20_000);
    const [does, comes] = pick([
      ['leaves', 'joins'],
      ['crashes', 'reconnects'],
      ['losesConnection', 'reconnects'],
      ['sleeps', 'sleeps'],
    ]);
    if (does === 'sleeps') return [{ at, who, does, for: `${between(1, 60)}s` }];
    return [{ at, who, does }, ...(chance(0.8) ? [{ at: at + between(500, 60_000), who, does: comes }] : [])];
  }

  function parts(): Step[] {
    const inOne = all.filter(() => chance(0.5));
    const groups = [inOne, all.filter((id) => !inOne.includes(id))];
    const at = between(10_000, untilMs - 30_000);
    return [
      { at, who: 'network', does: 'partitions', groups, oneWay: chance(0.3) },
      { at: at + between(1000, 30_000), who: 'network', does: 'heals' },
    ];
  }

  const several = (most: number, make: () => Step[]): Step[] => Array.from({ length: between(0, most) }, make).flat();

  const switching = (): Step[] => [
    {
      at: between(0, untilMs),
      who: pick(hosts),
      does: chance(0.6) ? 'enablesAttentionTracking' : 'disablesAttentionTracking',
    },
  ];
  const steps = [
    ...(chance(0.85) ? [{ at: between(0, 3000), who: 'hana', does: 'enablesAttentionTracking' }] : []),
    ...(chance(0.85) ? [{ at: between(0, 10_000), who: pick(hosts), does: 'startsSharing' }] : []),
    ...tracked.flatMap((who) => [...looksAway(who), ...answers(who)]),
    ...several(2, shares),
    ...(chance(0.3) ? several(3, switching) : []),
    ...(isTroubled.participants ? several(3, () => goes(pick(tracked))) : []),
    ...(isTroubled.hosts ? several(2, () => goes(pick(hosts))) : []),
    ...(isTroubled.network ? several(2, parts) : []),
    ...(hosts.length > 1 && chance(0.25)
      ? [{ at: between(20_000, untilMs), who: 'hana', does: 'handsOver', to: 'hugo' }]
      : []),
  ].sort((one, other) => (one.at as number) - (other.at as number));
  const attention = {
    consent,
    ...(chance(0.2) && { armedBy: 'anyone' }),
    ...(chance(0.2) && { thresholdMs: 45_000 }),
  };
  const isByAdmin = chance(0.15);
  return {
    meeting: {
      policy: { extends: 'notice-only', attention },
      ...(isByAdmin && {
        adminPolicy: {
          extends: 'notice-only',
          attention: { ...attention, enabled: true },
          ...(chance(0.5) && { locked: ['attention.enabled'] }),
        },
      }),
    },
    participants: all.map((id, place) => ({
      id,
      ...(place < hosts.length && { role: place === 0 ? 'host' : 'co-host' }),
      ...(place > 0 && chance(0.2) && { joins: `${between(1, 90)}s` }),
      ...(place >= hosts.length && chance(0.05) && { channel: pick(['phone', 'room-system']) }),
    })),
    ...((isLossy || chance(0.5)) && {
      network: {
        latencyMs: [5, pick([20, 150])],
        seed,
        ...(isLossy && { loss: pick([0.02, 0.1]), duplicate: pick([0, 0.3]), reorder: chance(0.5) }),
      },
    }),
    steps: steps.map((step) => ({ ...step, at: `${step.at}ms` })),
    until: `${untilMs + quietMs}ms`,
  };
}
