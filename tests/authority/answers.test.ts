import { describe, expect, test } from 'vitest';
import { applyAnswer, applyToSeen } from '../../src/authority/answers.ts';
import type { LiveRecording } from '../../src/authority/live-recording.ts';
import type { Answer, ConsentAsked } from '../../src/consent/consent.types.ts';
import type { NoticeData } from '../../src/notice/notice.types.ts';
import type { AnswerMessage } from '../../src/transport/messages.types.ts';
import { askedRecording } from './asked-recording.ts';

const purposes = ['recording', 'transcription'] as const;
const both = (answer: Answer) => ({ recording: answer, transcription: answer });

/** What bo says of the recording; everything of it can be another. */
const says = (answers: AnswerMessage['answers'] | Answer, more: Partial<AnswerMessage> = {}): AnswerMessage => ({
  t: 'answer',
  id: 'a1',
  recordingId: 'r',
  revision: 1,
  answers: typeof answers === 'string' ? { recording: answers } : answers,
  ...more,
});

const under = (consent: ConsentAsked) => ({ extends: 'gdpr', recording: { consent } }) as const;
const stateOf = (live: LiveRecording, id = 'bo', purpose = 'recording') => {
  const roster = live.rosters.get(purpose);
  return [roster?.consentOf(id), roster?.revisionOf(id)];
};
const shows = (live: LiveRecording, id = 'bo') => {
  for (const roster of live.rosters.values()) roster.apply(id, { type: 'notice.shown' });
  return live;
};
const raises = (live: LiveRecording, noticeId: string, more: Partial<NoticeData> = {}) =>
  live.raised.set(noticeId, { kind: 'prompt', consent: 'explicit', purposes: ['recording'], ...more });
const outcome = (live: LiveRecording, message: AnswerMessage, id = 'bo') => applyAnswer(live, id, message).outcome;
const recorded = (revision: number) => ({ outcome: 'recorded', revision });
const denied = (code: string) => ({ outcome: 'denied', code });
const superseded = { outcome: 'moot', because: 'superseded' };

describe('an agreement', () => {
  test('[G1] counts once the notice was shown, not before', () => {
    const live = askedRecording();
    expect([outcome(live, says('given')), stateOf(live)]).toEqual([denied('notice/not-shown'), ['requested', 0]]);
    shows(live);
    expect([outcome(live, says('given')), stateOf(live)]).toEqual([recorded(1), ['given', 1]]);
  });

  test('[G1] may say itself that its notice was shown; of one that was never raised that is no word', () => {
    const live = askedRecording();
    raises(live, 'n1');
    raises(live, 'n2', { purposes: ['transcription'] });
    const said = (noticeId?: string) => outcome(live, says('given', { shown: true, ...(noticeId && { noticeId }) }));
    expect([said('never'), said('n2'), said()]).toEqual([superseded, superseded, denied('notice/not-shown')]);
    expect(stateOf(live)).toEqual(['requested', 0]);
    expect(outcome(live, says('given', { noticeId: 'n1' }))).toEqual(denied('notice/not-shown'));
    expect([said('n1'), stateOf(live)]).toEqual([recorded(1), ['given', 1]]);
  });

  test('[G1] to an older notice counts for what that asked, and no more', () => {
    const live = shows(askedRecording());
    raises(live, 'mild', { consent: 'acknowledge' });
    raises(live, 'other', { purposes: ['transcription'] });
    raises(live, 'banner', { kind: 'banner', consent: 'notice' });
    expect(['mild', 'other', 'never'].map((noticeId) => outcome(live, says('given', { noticeId })))).toEqual([
      superseded,
      superseded,
      superseded,
    ]);
    expect(stateOf(live)).toEqual(['shown', 0]);
    expect(outcome(live, says('given', { noticeId: 'banner' }))).toEqual(recorded(1));
    const milder = shows(askedRecording({ policy: under('acknowledge') }));
    raises(milder, 'strict');
    expect(outcome(milder, says('acknowledged', { noticeId: 'strict' }))).toEqual(recorded(1));
  });

  test('[G1] by Continue is not enough where a yes is asked for', () => {
    const live = shows(askedRecording());
    expect([outcome(live, says('acknowledged')), stateOf(live)]).toEqual([denied('consent/not-enough'), ['shown', 0]]);
    const milder = shows(askedRecording({ policy: under('acknowledge') }));
    expect([outcome(milder, says('acknowledged')), stateOf(milder)]).toEqual([recorded(1), ['acknowledged', 1]]);
  });

  test('[G1] out of a room is none: nobody there speaks for all. A refusal is one', () => {
    const live = shows(askedRecording({ people: { bo: 'tells' } }));
    expect(outcome(live, says('given'))).toEqual(denied('consent/not-asked'));
    expect([outcome(live, says('refused')), stateOf(live)]).toEqual([recorded(1), ['refused', 1]]);
  });

  test('[G3] of the requester needs no notice: they may take back, and give again', () => {
    const live = askedRecording({ people: { hana: 'asks' } });
    outcome(live, says('withdrawn'), 'hana');
    expect(outcome(live, says('given', { id: 'a2', revision: 2 }), 'hana')).toEqual(recorded(2));
    expect(stateOf(live, 'hana')).toEqual(['given', 2]);
  });

  test('[G8] that is no newer than what was heard changes nothing, and says what holds', () => {
    const live = shows(askedRecording());
    outcome(live, says('refused', { revision: 4 }));
    for (const revision of [3, 4])
      expect(outcome(live, says('given', { id: `a${revision}`, revision }))).toEqual(recorded(4));
    expect(stateOf(live)).toEqual(['refused', 4]);
    expect(outcome(live, says('given', { id: 'a5', revision: 5 }))).toEqual(recorded(5));
    expect(stateOf(live)).toEqual(['given', 5]);
  });

  test('[G1] makes a late joiner late no longer', () => {
    const live = shows(askedRecording({ late: true }));
    expect(live.main.standingOf('bo')).toBe('late');
    outcome(live, says('given'));
    expect([live.main.standingOf('bo'), live.main.isLate('bo'), live.main.isLate('cy')]).toEqual([
      'clear',
      false,
      true,
    ]);
  });
});

describe('a refusal or a withdrawal', () => {
  test('[G3] counts whatever its revision, unseen, and gets one that is higher than any', () => {
    const live = shows(askedRecording({ people: { bo: 'asks', cy: 'asks', dee: 'none' } }));
    outcome(live, says('given', { revision: 7 }));
    expect(applyAnswer(live, 'bo', says('withdrawn', { id: 'a2', revision: 1 }))).toEqual({
      outcome: recorded(8),
      declined: ['recording'],
    });
    expect(stateOf(live)).toEqual(['withdrawn', 8]);
    expect([outcome(live, says('refused', { revision: 5 }), 'cy'), stateOf(live, 'cy')]).toEqual([
      recorded(5),
      ['refused', 5],
    ]);
    expect([outcome(live, says('refused'), 'dee'), stateOf(live, 'dee')]).toEqual([recorded(1), ['refused', 1]]);
  });

  test('[G8] that comes a second time, late, does not undo the agreement after it', () => {
    const live = shows(askedRecording());
    const refusal = says('refused');
    outcome(live, refusal);
    outcome(live, says('given', { id: 'a2', revision: 2 }));
    expect(applyAnswer(live, 'bo', refusal)).toEqual({ outcome: recorded(2), declined: [] });
    expect(stateOf(live)).toEqual(['given', 2]);
    // Another person's answer may have the same id.
    expect(applyAnswer(live, 'cy', refusal).declined).toEqual(['recording']);
  });

  test('[G3] by whoever has refused already is one all the same', () => {
    const live = askedRecording();
    outcome(live, says('refused'));
    expect(applyAnswer(live, 'bo', says('refused', { id: 'a2', revision: 2 }))).toEqual({
      outcome: recorded(2),
      declined: ['recording'],
    });
  });

  test('[G3] by whom nobody has asked yet declines nothing', () => {
    const live = askedRecording({ people: { bo: 'pending' } });
    expect(applyAnswer(live, 'bo', says('refused')).declined).toEqual([]);
  });
});

describe('an answer for several purposes', () => {
  test('[G1] counts for each by itself', () => {
    const live = shows(askedRecording({ purposes }));
    const answers = { recording: 'given', transcription: 'refused' } as const;
    expect(applyAnswer(live, 'bo', says(answers))).toEqual({ outcome: recorded(1), declined: ['transcription'] });
    expect(purposes.map((purpose) => stateOf(live, 'bo', purpose))).toEqual([
      ['given', 1],
      ['refused', 1],
    ]);
  });

  test('[G1] is recorded where any of it counts, and denied by the first reason where none does', () => {
    const live = askedRecording({ purposes });
    raises(live, 'n1');
    expect(outcome(live, says(both('given'), { noticeId: 'n1' }))).toEqual(denied('notice/not-shown'));
    expect(outcome(live, says(both('given'), { noticeId: 'n1', shown: true }))).toEqual(recorded(1));
    expect(purposes.map((purpose) => stateOf(live, 'bo', purpose))).toEqual([
      ['given', 1],
      ['requested', 0],
    ]);
  });

  test('says the highest revision of them', () => {
    const live = shows(askedRecording({ purposes }));
    outcome(live, says({ transcription: 'given' }, { revision: 6 }));
    expect(outcome(live, says({ transcription: 'given', recording: 'given' }, { id: 'a2', revision: 3 }))).toEqual(
      recorded(6),
    );
    expect(stateOf(live)).toEqual(['given', 3]);
  });

  test('[G1] passes over what is not asked for; of nothing but that it is moot', () => {
    const live = shows(askedRecording());
    expect(outcome(live, says(both('given')))).toEqual(recorded(1));
    expect(applyAnswer(live, 'bo', says({ transcription: 'refused' }, { id: 'a2' }))).toEqual({
      outcome: { outcome: 'moot', because: 'not-asked' },
      declined: [],
    });
  });

  test('[G5] a no to what was dropped before it was heard holds when it is asked for again', () => {
    const live = shows(askedRecording({ purposes }));
    live.dropPurpose('transcription');
    expect(outcome(live, says({ transcription: 'withdrawn' }))).toEqual({ outcome: 'moot', because: 'not-asked' });
    expect(live.declined.state).toEqual([['transcription', ['bo']]]);
  });

  test('[G1] of somebody who was not asked changes nothing', () => {
    const live = askedRecording();
    for (const answer of ['given', 'refused'] as const) {
      expect(applyAnswer(live, 'eve', says(answer))).toEqual({ outcome: recorded(0), declined: [] });
    }
    expect([live.main.has('eve'), live.refusals.has('eve')]).toEqual([false, false]);
  });
});

describe('an answer that is open when the platform begins to capture', () => {
  const seenOne = () => askedRecording({ recordingId: 'seen', seen: true, by: 'unknown' });

  test('[G10] serves for that too, if its notice was shown', () => {
    const [own, seen] = [shows(askedRecording()), seenOne()];
    raises(own, 'n1');
    applyToSeen(seen, own, 'bo', says('given', { noticeId: 'n1' }));
    expect(stateOf(seen)).toEqual(['given', 1]);
    const [unshown, other] = [askedRecording(), seenOne()];
    applyToSeen(other, unshown, 'bo', says('given', { noticeId: 'n1' }));
    expect(stateOf(other)).toEqual(['requested', 0]);
  });

  test('[G3] refuses that too', () => {
    const seen = seenOne();
    applyToSeen(seen, askedRecording(), 'bo', says('refused', { noticeId: 'n1' }));
    expect(stateOf(seen)).toEqual(['refused', 1]);
  });
});
