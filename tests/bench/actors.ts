import { type Actor, createActor } from 'xstate';
import { consentMachine } from '../../src/consent/consent.machine.ts';
import type { ConsentEvent } from '../../src/consent/consent.types.ts';
import { Roster } from '../../src/consent/roster.ts';
import { standingOf } from '../../src/policy/standing.rules.ts';
import { type Figure, median, type Scale, timed, withCommas } from './figure.ts';
import { heapInUse } from './heap.ts';
import { idAt } from './large-meeting.ts';

const scales = { full: { people: 50_000, rounds: 5 }, quick: { people: 300, rounds: 2 } } as const;

const life: readonly ConsentEvent[] = [
  { type: 'consent.requested' },
  { type: 'notice.shown' },
  { type: 'consent.given' },
  { type: 'consent.withdrawn' },
];

/** Consents of many participants: as rows of the roster, and as one XState actor each on the same chart. */
function asRows(ids: readonly string[]) {
  const roster = new Roster((consent, late) => standingOf(consent, 'explicit', late));
  for (const id of ids) roster.enter(id, false);
  return (id: string, event: ConsentEvent): void => {
    roster.apply(id, event);
  };
}

function asActors(ids: readonly string[]) {
  const actors = new Map<string, Actor<typeof consentMachine>>();
  for (const id of ids) actors.set(id, createActor(consentMachine).start());
  return (id: string, event: ConsentEvent): void => actors.get(id)?.send(event);
}

function measured(ids: readonly string[], kind: typeof asRows) {
  const before = heapInUse();
  const apply = kind(ids);
  const ms = timed(() => {
    for (const event of life) for (const id of ids) apply(id, event);
  });
  const bytes = (heapInUse() - before) / ids.length;
  // Held until here.
  apply(ids[0] ?? '', { type: 'consent.given' });
  return { bytes, microseconds: (ms / (ids.length * life.length)) * 1000 };
}

/** How much faster and smaller a row of the roster is than an XState actor for each participant. */
export function measureActors(scale: Scale): Figure[] {
  const { people, rounds } = scales[scale];
  const ids = Array.from({ length: people }, (_, place) => idAt(place));
  const taken = Array.from({ length: rounds }, () => ({ row: measured(ids, asRows), actor: measured(ids, asActors) }));
  const of = (kind: 'row' | 'actor', what: 'bytes' | 'microseconds') => median(taken.map((round) => round[kind][what]));
  const faster = median(taken.map(({ row, actor }) => actor.microseconds / row.microseconds));
  const smaller = median(taken.map(({ row, actor }) => actor.bytes / row.bytes));
  const how = `the same chart and events, ${withCommas(people)} participants`;
  return [
    {
      figure: 'an event of a consent: a row against an XState actor each',
      measured: `${faster.toFixed(0)}x faster`,
      target: '≥ 5x',
      isMet: faster >= 5,
      how: `${how}: ${of('row', 'microseconds').toFixed(2)} and ${of('actor', 'microseconds').toFixed(2)} µs`,
    },
    {
      figure: 'the memory of a consent: a row against an XState actor each',
      measured: `${smaller.toFixed(0)}x smaller`,
      target: '≥ 10x',
      isMet: smaller >= 10,
      how: `${how}: ${withCommas(of('row', 'bytes'))} and ${withCommas(of('actor', 'bytes'))} bytes`,
    },
  ];
}
