import { expect, test } from 'vitest';
import type { LiveRecording } from '../../src/authority/live-recording.ts';
import { keepInLobby, leaveLobby, meetAll, meets } from '../../src/authority/lobby.rules.ts';
import type { Person } from '../../src/authority/people.ts';
import type { Standing } from '../../src/consent/consent.types.ts';
import type { Admission } from '../../src/participants/participants.types.ts';
import type { OnLateJoin, OnRefusal } from '../../src/policy/policy.types.ts';
import { askedRecording } from './asked-recording.ts';

const standings: readonly (Standing | undefined)[] = [
  'clear',
  'unanswered',
  'refused',
  'late',
  'cannot-be-asked',
  undefined,
];
const recording = (
  standing: Standing | undefined,
  more: { onLateJoin?: OnLateJoin; onRefusal?: OnRefusal; seen?: boolean } = {},
) =>
  ({
    seen: more.seen ?? false,
    mainPolicy: { onLateJoin: more.onLateJoin ?? 'lobby', onRefusal: more.onRefusal ?? 'exclude' },
    main: { standingOf: (id: string) => (id === 'bo' ? standing : undefined) },
  }) as unknown as LiveRecording;
const admissionAfter = (rule: typeof keepInLobby, from: Admission, live: LiveRecording): Admission => {
  const bo = { id: 'bo', admission: from } as Person;
  rule(bo, live);
  return bo.admission;
};

test('[G1] a late joiner waits outside where the policy says so, and nobody else does', () => {
  const kept = (more: Parameters<typeof recording>[1]) =>
    standings.filter((standing) => admissionAfter(keepInLobby, 'admitted', recording(standing, more)) === 'waiting');
  expect(kept({})).toEqual(['late']);
  expect((['exclude', 'hold', 'pause'] as const).flatMap((onLateJoin) => kept({ onLateJoin }))).toEqual([]);
  // Of what the platform runs by itself nobody is kept out: it is shown to them (G10).
  expect(kept({ seen: true })).toEqual([]);
});

test('[G1] [G9] who waits is let in once they have answered, and under "leave" not at all if they refused', () => {
  const ends = (onRefusal: OnRefusal) =>
    standings.map((standing) => admissionAfter(leaveLobby, 'waiting', recording(standing, { onRefusal })));
  const open = ['admitted', 'waiting', 'admitted', 'waiting', 'waiting', 'waiting'];
  for (const onRefusal of ['exclude', 'hold', 'veto'] as const)
    expect([onRefusal, ends(onRefusal)]).toEqual([onRefusal, open]);
  expect(ends('leave')).toEqual(open.with(2, 'denied'));
});

test('[G13] who does not wait is neither let in nor turned away by an answer', () => {
  for (const from of ['admitted', 'denied'] as const) {
    for (const standing of standings) {
      expect(admissionAfter(leaveLobby, from, recording(standing, { onRefusal: 'leave' }))).toBe(from);
    }
  }
});

test('[G1] whoever is there for a recording of the meeting’s own has met it; not one of the platform’s, nor a purpose alone', () => {
  const met = (asked: Parameters<typeof askedRecording>[0]) => {
    const someone = { met: 'before' } as Person;
    meets(someone, askedRecording(asked));
    return someone.met;
  };
  expect([met({}), met({ seen: true }), met({ purposes: ['live-captions'] })]).toEqual(['r', 'before', 'before']);
});

test('[G1] whoever is here has met what runs; after a crash only whom its authority knew', () => {
  const found = [undefined, { how: 'hand-over' }, { how: 'crash', knew: (id: string) => id === 'bo' }].map((before) => {
    const all = ['bo', 'cy'].map((id) => ({ id, met: undefined }) as Person);
    meetAll({ options: { before }, people: { all } } as never, askedRecording());
    meetAll({ options: { before }, people: { all } } as never, undefined);
    return all.map(({ met }) => met);
  });
  expect(found).toEqual([
    ['r', 'r'],
    ['r', 'r'],
    ['r', undefined],
  ]);
});
