import { describe, expect, test } from 'vitest';
import { LiveRecording } from '../../src/authority/live-recording.ts';
import type { LiveRecordingState } from '../../src/authority/live-recording.types.ts';
import type { Person, Reach } from '../../src/authority/people.ts';
import type { ConsentEvent } from '../../src/consent/consent.types.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import type { PolicyInput } from '../../src/policy/policy.types.ts';

const both = ['recording', 'transcription'];
const person = (id: string) => ({ id }) as Person;

function recording(policy: PolicyInput = {}, more: Partial<LiveRecordingState> = {}) {
  const by = { participantId: 'hana' };
  return new LiveRecording(
    { recordingId: 'r', purposes: ['recording'], by, seen: false, ...more },
    parsePolicy({ extends: 'all-party', ...policy }),
  );
}
const enter = (live: LiveRecording, id: string, reach: Reach = 'asks', late = false) =>
  live.enter(person(id), reach, late);
const happens = (live: LiveRecording, id: string, ...events: readonly ConsentEvent['type'][]) => {
  for (const type of events) live.main.apply(id, { type });
};
const standsAt = (live: LiveRecording, id: string, purpose = 'recording') => {
  const roster = live.rosters.get(purpose);
  return [roster?.consentOf(id), roster?.standingOf(id)];
};

describe('who comes into a recording', () => {
  test('[G1] is asked where they can be, waited for while they may still say hello, and unasked otherwise', () => {
    const live = recording();
    for (const reach of ['asks', 'pending', 'none', 'tells'] as const) enter(live, reach, reach);
    expect(['asks', 'pending', 'none', 'tells'].map((id) => standsAt(live, id))).toEqual([
      ['requested', 'unanswered'],
      [undefined, 'unanswered'],
      ['cannot-be-asked', 'cannot-be-asked'],
      ['cannot-be-asked', 'cannot-be-asked'],
    ]);
    expect([...live.rooms]).toEqual(['tells']);
  });

  test('[G1] after it has begun is late until they agree', () => {
    const live = recording();
    enter(live, 'bo', 'asks', true);
    enter(live, 'room', 'none', true);
    expect([standsAt(live, 'bo'), live.main.isLate('bo'), live.main.isLate('room')]).toEqual([
      ['requested', 'late'],
      true,
      true,
    ]);
    expect(['bo', 'room'].map((id) => live.isUnanswered(id))).toEqual([true, false]);
  });

  test('[G1] and comes again is asked only if they were not: what they said holds for this recording', () => {
    const live = recording();
    for (const id of ['bo', 'cy', 'dee']) enter(live, id);
    enter(live, 'eve', 'none');
    happens(live, 'bo', 'notice.shown', 'consent.given');
    happens(live, 'cy', 'consent.refused');
    happens(live, 'dee', 'notice.shown');
    for (const id of ['bo', 'cy', 'dee', 'eve']) live.leave(id);
    expect(standsAt(live, 'bo')).toEqual(['given', undefined]);
    for (const id of ['bo', 'cy', 'dee', 'eve']) enter(live, id, 'asks', true);
    expect(['bo', 'cy', 'dee', 'eve'].map((id) => [...standsAt(live, id), live.main.isLate(id)])).toEqual([
      ['given', 'clear', false],
      ['refused', 'refused', false],
      ['shown', 'late', true],
      ['requested', 'late', true],
    ]);
  });

  test('[G1] having asked for it, has agreed to it by that; not a room, and not once they have said otherwise', () => {
    const live = recording({}, { purposes: both });
    enter(live, 'hana');
    expect(both.map((purpose) => standsAt(live, 'hana', purpose))).toEqual([
      ['given', 'clear'],
      ['given', 'clear'],
    ]);
    happens(live, 'hana', 'consent.withdrawn');
    enter(live, 'hana');
    expect(standsAt(live, 'hana')).toEqual(['withdrawn', 'refused']);
    const room = recording();
    enter(room, 'hana', 'tells');
    expect(standsAt(room, 'hana')).toEqual(['cannot-be-asked', 'cannot-be-asked']);
    const platform = recording({}, { by: 'platform', seen: true });
    enter(platform, 'hana');
    expect([platform.requesterId, standsAt(platform, 'hana')]).toEqual([undefined, ['requested', 'unanswered']]);
  });

  test('[G1] having asked for it late is late no more than anybody who agreed', () => {
    const live = recording();
    enter(live, 'hana', 'asks', true);
    expect([standsAt(live, 'hana'), live.main.isLate('hana')]).toEqual([['given', 'clear'], false]);
  });
});

describe('what is asked for', () => {
  test('[G1] together is open together, until all of it is answered', () => {
    const live = recording({}, { purposes: both });
    enter(live, 'bo');
    expect(live.openPurposes('bo')).toEqual(both);
    for (const roster of live.rosters.values()) roster.apply('bo', { type: 'notice.shown' });
    expect(live.openPurposes('bo')).toEqual(both);
    happens(live, 'bo', 'consent.given');
    expect([live.openPurposes('bo'), live.isUnanswered('bo')]).toEqual([both, true]);
    live.rosters.get('transcription')?.apply('bo', { type: 'consent.refused' });
    expect([live.openPurposes('bo'), live.isUnanswered('bo')]).toEqual([[], false]);
    expect([live.openPurposes('cy'), live.isUnanswered('cy')]).toEqual([[], false]);
  });

  test('[G5] later is asked for alone, and dropped without a trace', () => {
    const live = recording();
    enter(live, 'bo');
    happens(live, 'bo', 'notice.shown', 'consent.given');
    live.addPurpose('transcription');
    enter(live, 'bo');
    expect([live.purposes, live.openPurposes('bo')]).toEqual([both, ['transcription']]);
    for (const type of ['notice.shown', 'consent.given'] as const)
      live.rosters.get('transcription')?.apply('bo', { type });
    live.settlePurposes();
    expect([...live.purposesOn]).toEqual(both);
    live.dropPurpose('transcription');
    expect([live.purposes, live.groups, [...live.rosters.keys()], [...live.purposesOn]]).toEqual([
      ['recording'],
      [['recording'], []],
      ['recording'],
      ['recording'],
    ]);
  });

  test('[G1] is grouped as it was before it was handed over', () => {
    const groups = [['recording'], ['transcription']];
    const live = recording({}, { purposes: both, groups });
    enter(live, 'bo');
    happens(live, 'bo', 'notice.shown', 'consent.given');
    expect(live.openPurposes('bo')).toEqual(['transcription']);
  });

  test('[G8] is refused once, however often that is said; the last eight refusals are known', () => {
    const live = recording();
    for (const id of ['a', 'b', 'a']) live.refused('bo', id);
    live.refused('cy', 'a');
    expect([live.refusals.get('bo'), live.refusals.get('cy')]).toEqual([['a', 'b'], ['a']]);
    for (const id of ['c', 'd', 'e', 'f', 'g', 'h', 'i']) live.refused('bo', id);
    expect(live.refusals.get('bo')?.join('')).toBe('bcdefghi');
  });
});

describe('who stands where for the start', () => {
  /** With one who agreed and one who has not answered. */
  function asked(rules: PolicyInput['recording'] = {}) {
    const live = recording({ recording: rules });
    enter(live, 'hana');
    enter(live, 'bo');
    return live;
  }

  test('[G1] is settled where nobody is waited for any more', () => {
    const settled = (live: LiveRecording) => live.readiness(false).settled;
    const waits = asked();
    expect([settled(waits), settled(asked({ start: 'at-once' }))]).toEqual([false, true]);
    waits.withoutWaiting = { by: 'hana', reason: 'x' };
    expect(settled(waits)).toBe(true);
    const answered = asked();
    happens(answered, 'bo', 'consent.refused');
    expect([settled(answered), answered.readiness(false).expired]).toEqual([true, 0]);
  });

  test('[G1] who cannot be asked counts as told where that is announced, and blocks it where that is said', () => {
    const counted = (onCannotBeAsked: 'announce' | 'exclude' | 'block', unasked: boolean) => {
      const live = asked({ onCannotBeAsked });
      if (unasked) enter(live, 'dee', 'none');
      const { counts, blocked } = live.readiness(false);
      return [counts.clear, counts['cannot-be-asked'], blocked];
    };
    expect(counted('announce', true)).toEqual([2, 1, false]);
    expect(counted('exclude', true)).toEqual([1, 1, false]);
    expect(counted('block', true)).toEqual([1, 1, true]);
    expect([counted('announce', false), counted('block', false)]).toEqual([
      [1, 0, false],
      [1, 0, false],
    ]);
    expect(asked().readiness(true).blocked).toBe(true);
  });
});

describe('a purpose that was asked for along with the recording', () => {
  test('[G5] is asked for until its own answers are in, and follows the recording then', () => {
    const live = recording({}, { purposes: both });
    enter(live, 'hana');
    enter(live, 'bo');
    live.settlePurposes();
    const statuses = () => (['on', 'paused', 'off', 'unknown'] as const).map((s) => live.statusOf('transcription', s));
    expect([statuses(), live.statusOf('recording', 'on')]).toEqual([['asking', 'asking', 'off', 'unknown'], 'on']);
    live.rosters.get('transcription')?.apply('bo', { type: 'consent.refused' });
    live.settlePurposes();
    expect([statuses(), [...live.purposesOn]]).toEqual([['on', 'paused', 'off', 'unknown'], ['transcription']]);
  });

  test('[G5] that does not wait begins with the first who agrees, and never with nobody', () => {
    const live = recording({ transcription: { start: 'at-once' } }, { purposes: both });
    enter(live, 'bo');
    live.settlePurposes();
    expect([...live.purposesOn]).toEqual([]);
    enter(live, 'hana');
    live.settlePurposes();
    expect([...live.purposesOn]).toEqual(['transcription']);
    const alone = recording();
    enter(alone, 'bo');
    happens(alone, 'bo', 'consent.refused');
    alone.settlePurposes();
    expect([...alone.purposesOn]).toEqual([]);
  });
});

describe('a policy that becomes stricter', () => {
  const mild: PolicyInput = { recording: { consent: 'notice' } };
  const strict = parsePolicy({ extends: 'all-party' });

  /** hana has agreed, bo continued, cy was shown it, dee has refused, eve was asked, fay cannot be. */
  function told() {
    const live = recording(mild);
    for (const id of ['hana', 'bo', 'cy', 'dee', 'eve']) enter(live, id);
    enter(live, 'fay', 'none');
    happens(live, 'bo', 'notice.shown', 'consent.acknowledged');
    happens(live, 'cy', 'notice.shown');
    happens(live, 'dee', 'notice.shown', 'consent.refused');
    return live;
  }
  const all = (live: LiveRecording) =>
    ['hana', 'bo', 'cy', 'dee', 'eve', 'fay'].map((id) => [...standsAt(live, id), live.main.isLate(id)]);

  test('[G11] asks those anew whose consent is no longer enough, and nobody else', () => {
    const live = told();
    live.tighten(strict, false);
    expect(all(live)).toEqual([
      ['given', 'clear', false],
      ['requested', 'unanswered', false],
      ['requested', 'unanswered', false],
      ['refused', 'refused', false],
      ['requested', 'unanswered', false],
      ['cannot-be-asked', 'cannot-be-asked', false],
    ]);
    expect([live.main.counts.clear, live.main.counts.unanswered, live.mainPolicy.consent]).toEqual([1, 3, 'explicit']);
  });

  test('[G11] makes them late joiners where it runs', () => {
    const live = told();
    live.tighten(strict, true);
    expect([all(live)[1], all(live)[2], all(live)[4]]).toEqual([
      ['requested', 'late', true],
      ['requested', 'late', true],
      ['requested', 'unanswered', false],
    ]);
  });

  test('[G11] to what is enough still, asks nobody anew', () => {
    const live = told();
    live.tighten(parsePolicy({ extends: 'all-party', recording: { consent: 'acknowledge' } }), true);
    expect([all(live)[1], all(live)[2]]).toEqual([
      ['acknowledged', 'clear', false],
      ['requested', 'late', true],
    ]);
  });

  test('[G11] in something else asks nobody anew', () => {
    const live = recording();
    enter(live, 'cy');
    happens(live, 'cy', 'notice.shown');
    live.tighten(parsePolicy({ extends: 'all-party', recording: { onRefusal: 'veto' } }), true);
    expect([standsAt(live, 'cy'), live.mainPolicy.onRefusal]).toEqual([['shown', 'unanswered'], 'veto']);
  });
});

test.each([
  [false, 'unanswered'],
  [true, 'late'],
])('[G1] new words ask everyone anew who can be, but not whoever asks for it (running: %s)', (running, standing) => {
  const live = recording();
  for (const id of ['hana', 'bo', 'cy']) enter(live, id);
  enter(live, 'fay', 'none');
  happens(live, 'bo', 'notice.shown', 'consent.given');
  live.askEveryoneAnew(running);
  expect(['hana', 'bo', 'cy', 'fay'].map((id) => [...standsAt(live, id), live.main.isLate(id)])).toEqual([
    ['given', 'clear', false],
    ['requested', standing, running],
    ['requested', standing, running],
    ['cannot-be-asked', 'cannot-be-asked', false],
  ]);
});

test('[G2] a recording is neither paused nor confirmed to have ended before anybody has said so', () => {
  const { isPaused, pausedByHost, isEndConfirmed } = recording();
  expect({ isPaused, pausedByHost, isEndConfirmed }).toEqual({
    isPaused: false,
    pausedByHost: false,
    isEndConfirmed: false,
  });
});

test('[G10] a capture of the platform is said to be controlled only where it is', () => {
  expect([recording(), recording({}, { controlled: true })].map(({ controlled }) => controlled)).toEqual([false, true]);
});
