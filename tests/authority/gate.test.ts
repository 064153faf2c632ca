import { describe, expect, test } from 'vitest';
import {
  closedBecause,
  everyoneIsAccounted,
  gateOf,
  holdFor,
  isAccounted,
  isHeldNow,
  noticeFor,
  type Running,
} from '../../src/authority/gate.rules.ts';
import { LiveRecording } from '../../src/authority/live-recording.ts';
import type { Person, Reach, Seat } from '../../src/authority/people.ts';
import type { ConsentEvent } from '../../src/consent/consent.types.ts';
import type { NoticeData } from '../../src/notice/notice.types.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import type { PolicyInput } from '../../src/policy/policy.types.ts';

const seat = (held?: string, sdk = true) => ({ held, sdk }) as Seat;
const person = (more: Partial<Person> = {}) =>
  ({ id: 'bo', channel: 'app', admission: 'admitted', absent: false, seats: [seat()], ...more }) as Person;
const running: Running = { running: true, canExclude: true, isPauseLate: false, now: 1000, noticeVersion: '1' };
const still: Running = { ...running, running: false };

type Rules = NonNullable<PolicyInput['recording']>;
interface Told {
  readonly rules?: Rules;
  readonly reach?: Reach;
  readonly late?: boolean;
  readonly said?: readonly ConsentEvent['type'][];
  readonly seen?: boolean;
  readonly controlled?: boolean;
}

/** A recording that bo is in, and what became of their consent. */
function recording({ rules = {}, reach = 'asks', late = false, said = [], ...more }: Told = {}): LiveRecording {
  const state = { recordingId: 'r', purposes: ['recording'], by: { participantId: 'hana' }, seen: false, ...more };
  const live = new LiveRecording(state, parsePolicy({ extends: 'gdpr', recording: rules }));
  live.enter(person(), reach, late);
  for (const type of said) live.main.apply('bo', { type });
  return live;
}

const agreed: Told = { said: ['notice.shown', 'consent.given'] };
const refused: Told = { said: ['consent.refused'] };
const unasked: Told = { reach: 'none' };

describe('whom the recorder may have', () => {
  test.each<[string, Told, Partial<Person>, boolean, string]>([
    ['agreed', agreed, {}, true, 'clear'],
    ['agreed and is absent', agreed, { absent: true }, false, 'absent'],
    ['agreed and waits outside', agreed, { admission: 'waiting' }, false, 'not-admitted'],
    ['has not answered', {}, {}, false, 'unanswered'],
    ['came late', { late: true }, {}, false, 'late'],
    ['refused', refused, {}, false, 'refused'],
    ['withdrew', { said: ['consent.withdrawn'] }, {}, false, 'withdrawn'],
    ['let the time run out', { said: ['consent.expired'] }, {}, false, 'expired'],
    ['cannot be asked', unasked, { seats: [seat('', false)] }, false, 'cannot-be-asked'],
    ['is not known', agreed, { id: 'cy' }, false, 'left'],
  ])('[G1] of who %s', (_, told, who, captured, because) => {
    expect(gateOf(person(who), recording(told))).toEqual({ captured, because });
  });

  test('[G1] who cannot be asked is announced to where the policy says so, and only if it was told or can sound', () => {
    const told: Told = { ...unasked, rules: { onCannotBeAsked: 'announce' } };
    const live = recording(told);
    const gate = (...seats: readonly Seat[]) => gateOf(person({ seats }), live);
    expect(gate(seat('', false), seat('', false))).toEqual({ captured: true, because: 'announced' });
    expect(gate(seat('', false), seat('', true))).toEqual({ captured: false, because: 'cannot-be-asked' });
    live.announcedTo.add('bo');
    expect(gate(seat('', true))).toEqual({ captured: true, because: 'announced' });
  });
});

describe('a recorder that cannot leave anybody out', () => {
  test('[G1] may have who is clear, who is outside and a bot; not who is absent', () => {
    const accounted = (told: Told, who: Partial<Person> = {}) => isAccounted(person(who), recording(told));
    expect([accounted(agreed), accounted({}), accounted(refused)]).toEqual([true, false, false]);
    expect([accounted({}, { admission: 'waiting' }), accounted({}, { channel: 'bot' })]).toEqual([true, true]);
    expect([accounted(agreed, { absent: true }), accounted({}, { absent: true, admission: 'waiting' })]).toEqual([
      false,
      false,
    ]);
  });

  test('[G1] runs only if everyone else is held on each of their clients', () => {
    const heldAll = person({ seats: [seat('r'), seat('r')] });
    const heldOne = person({ seats: [seat('r'), seat('s')] });
    expect([heldAll, heldOne, person({ seats: [] })].map((who) => isHeldNow(who, 'r'))).toEqual([true, false, false]);
    const runs = (told: Told, ...people: readonly Person[]) => everyoneIsAccounted(people, recording(told));
    expect([runs({}, heldAll), runs({}, heldOne), runs({}, { ...heldAll, absent: true }), runs({})]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect([runs({}, heldAll, heldOne), runs(agreed, person(), heldAll)]).toEqual([false, true]);
  });
});

describe('whose devices are held', () => {
  const holds = (told: Told, how: Partial<Running> = {}, who: Partial<Person> = {}) =>
    holdFor(person(who), recording(told), { ...running, ...how })?.because ?? null;
  const cannot = { canExclude: false };

  test('[G13] who has not answered, where the policy holds or the recorder cannot leave them out, once it can start', () => {
    const hold: Rules = { untilAnswered: 'hold' };
    expect([holds({ rules: hold }), holds({}), holds({}, cannot)]).toEqual(['unanswered', null, 'unanswered']);
    const waits: Told = { rules: { ...hold, start: 'when-everyone-answered' } };
    expect([holds(waits, { running: false }), holds(waits), holds({ rules: hold }, { running: false })]).toEqual([
      null,
      'unanswered',
      'unanswered',
    ]);
    const live = recording(waits);
    live.withoutWaiting = { by: 'hana', reason: 'x' };
    expect(holdFor(person(), live, still)?.because).toBe('unanswered');
  });

  test('[G13] who came late, as the policy says; a pause keeps them out unless it comes late', () => {
    const late = (onLateJoin: NonNullable<Rules['onLateJoin']>): Told => ({ late: true, rules: { onLateJoin } });
    expect([holds(late('hold')), holds(late('exclude')), holds(late('exclude'), cannot)]).toEqual([
      'late',
      null,
      'late',
    ]);
    expect([holds(late('pause'), cannot), holds(late('pause'), { ...cannot, isPauseLate: true })]).toEqual([
      null,
      'late',
    ]);
    expect([
      holds(late('lobby'), cannot, { admission: 'waiting' }),
      holds(late('pause'), { isPauseLate: true }),
    ]).toEqual([null, null]);
  });

  test('[G3] who refused, where the policy holds or the recorder cannot leave them out', () => {
    expect([holds({ ...refused, rules: { onRefusal: 'hold' } }), holds(refused), holds(refused, cannot)]).toEqual([
      'refused',
      null,
      'refused',
    ]);
  });

  test('[G13] nobody who agreed or cannot be asked, and no bot', () => {
    expect([holds(agreed, cannot), holds(unasked, cannot), holds({}, cannot, { channel: 'bot' })]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test('[G9] a hold says which devices and until when, of a time of one’s own before that of all', () => {
    const live = recording({ rules: { untilAnswered: 'hold', holds: ['chat'] } });
    const hold = (told = live) => holdFor(person(), told, running);
    const base = { recordingId: 'r', devices: ['chat'], because: 'unanswered' };
    expect(hold()).toEqual(base);
    live.dueAt = 5000;
    expect(hold()).toEqual({ ...base, endsInMs: 4000 });
    live.deadlines.set('bo', 3000);
    expect(hold()).toEqual({ ...base, endsInMs: 2000 });
    live.deadlines.set('bo', 500);
    expect(hold()).toEqual({ ...base, endsInMs: 0 });
    live.deadlines.delete('bo');
    live.joinedMeanwhile.add('bo');
    expect(hold()).toEqual(base);
    const late = recording({ late: true, rules: { onLateJoin: 'hold' } });
    late.dueAt = 5000;
    expect(hold(late)).not.toHaveProperty('endsInMs');
    const no = recording({ ...refused, rules: { onRefusal: 'hold' } });
    no.dueAt = 5000;
    expect(hold(no)).not.toHaveProperty('endsInMs');
  });
});

describe('what stands before a person', () => {
  const kinds = (live: LiveRecording, how = running, reach: Reach = 'asks', who: Partial<Person> = {}) => {
    const notice = noticeFor(person(who), reach, live, how);
    return notice && [notice.kind, notice.consent];
  };

  test('[G1] a prompt while an answer is open, a banner where a notice is all, and nothing for a bot', () => {
    expect(kinds(recording())).toEqual(['prompt', 'explicit']);
    expect(kinds(recording({ rules: { consent: 'acknowledge' } }))).toEqual(['prompt', 'acknowledge']);
    expect(kinds(recording({ rules: { consent: 'notice' } }))).toEqual(['banner', 'notice']);
    expect([kinds(recording(), running, 'asks', { channel: 'bot' }), kinds(recording(), running, 'none')]).toEqual([
      undefined,
      undefined,
    ]);
    expect(kinds(recording(), running, 'pending')).toBeUndefined();
  });

  test('[G10] a banner once it runs for whoever is to have one; a review asks again for a press at least', () => {
    const live = recording(agreed);
    expect(kinds(live)).toBeUndefined();
    live.bannered.add('bo');
    expect([kinds(live), kinds(live, still), kinds(live, running, 'tells')]).toEqual([
      ['banner', 'notice'],
      undefined,
      ['banner', 'notice'],
    ]);
    live.reviewing.add('bo');
    expect([kinds(live), kinds(live, running, 'tells')]).toEqual([
      ['prompt', 'explicit'],
      ['banner', 'notice'],
    ]);
    const mild = recording({ rules: { consent: 'notice' }, said: ['notice.shown', 'consent.acknowledged'] });
    mild.reviewing.add('bo');
    expect(kinds(mild)).toEqual(['prompt', 'acknowledge']);
  });

  test('[G1] whoever cannot be asked now gets no prompt, and whom nothing reaches no banner', () => {
    expect(kinds(recording(), running, 'tells')).toBeUndefined();
    const live = recording(agreed);
    live.bannered.add('bo');
    expect([kinds(live, running, 'none'), kinds(live, running, 'pending')]).toEqual([undefined, undefined]);
  });

  test('[G1] a notice says where it is stored and why, if that is known, and is another for another recording', () => {
    const notice = (more: Partial<ConstructorParameters<typeof LiveRecording>[0]>) => {
      const state = { recordingId: 'r', purposes: ['recording'], by: 'unknown' as const, seen: false, ...more };
      const live = new LiveRecording(state, parsePolicy('gdpr'));
      live.enter(person(), 'asks', false);
      return noticeFor(person(), 'asks', live, running);
    };
    expect(notice({ storage: 'local', reason: 'minutes' })).toMatchObject({ storage: 'local', reason: 'minutes' });
    expect(Object.keys(notice({}) ?? {}).filter((key) => key === 'storage' || key === 'reason')).toEqual([]);
    expect(notice({})?.noticeId).not.toBe(notice({ recordingId: 's' })?.noticeId);
  });

  test('[G9] a prompt says how long there is to answer, and how often it was reminded; a banner has no end', () => {
    const live = recording({ rules: { onRefusal: 'veto' } });
    live.dueAt = 400;
    live.reminded.set('bo', 2);
    expect(noticeFor(person(), 'asks', live, still)).toMatchObject({
      recordingId: 'r',
      purposes: ['recording'],
      running: false,
      refusal: 'vetoes',
      requestedBy: { participantId: 'hana' },
      answerInMs: 0,
      reminded: 2,
    });
    const banner = recording({ rules: { consent: 'notice' } });
    banner.dueAt = 5000;
    expect(noticeFor(person(), 'asks', banner, running)).not.toHaveProperty('answerInMs');
    const refusal = (told: Told) => noticeFor(person(), 'asks', recording(told), running)?.refusal;
    expect([refusal({ seen: true }), refusal({ seen: true, controlled: true }), refusal({})]).toEqual([
      'none',
      'excluded',
      'excluded',
    ]);
  });

  test('[G9] a notice that is gone says why', () => {
    const because = (told: Told) => closedBecause('bo', 'n', recording(told));
    expect([agreed, refused, {}].map(because)).toEqual(['answered', 'refused', 'superseded']);
    expect(because({ said: ['notice.shown', 'consent.acknowledged'] })).toBe('answered');
    expect([because({ said: ['consent.expired'] }), because({ said: ['consent.withdrawn'] })]).toEqual([
      'expired',
      'withdrawn',
    ]);
    expect([closedBecause('bo', 'n', undefined), closedBecause('cy', 'n', recording())]).toEqual([
      'capture-ended',
      'capture-ended',
    ]);
    const banner = { noticeId: 'n', kind: 'banner', consent: 'notice', purposes: ['recording'] } as const;
    const prompt = { noticeId: 'm', kind: 'prompt', recordingId: 'r' } as NoticeData;
    const reviewing = recording(refused);
    reviewing.raised.set('n', banner);
    const whileOpen = (open: NoticeData) => closedBecause('bo', 'n', reviewing, [open]);
    expect([prompt, { ...prompt, recordingId: 's' }].map(whileOpen)).toEqual(['superseded', 'refused']);
    const live = recording(agreed);
    live.addPurpose('transcription');
    live.enter(person(), 'asks', false);
    live.raised.set('n', { kind: 'prompt', consent: 'explicit', purposes: ['recording', 'transcription'] });
    live.rosters.get('transcription')?.apply('bo', { type: 'consent.expired' });
    expect([closedBecause('bo', 'n', live), closedBecause('bo', 'other', live)]).toEqual(['expired', 'answered']);
  });
});
