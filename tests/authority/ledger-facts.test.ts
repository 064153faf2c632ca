import { describe, expect, test } from 'vitest';
import {
  factsOfPerson,
  factsOfRecording,
  factsOfTranscript,
  knownOf,
  nobodyKnown,
  type PersonKnown,
} from '../../src/authority/ledger-facts.ts';
import type { PurposeAsked } from '../../src/authority/live-recording.types.ts';
import type { NoticeData } from '../../src/notice/notice.types.ts';
import type { PersonalState, RecordingState } from '../../src/transport/messages.types.ts';
import { personalState as personal, recordingState as state } from './told-states.ts';

const hana = { participantId: 'hana' };
const cora = { participantId: 'cora' };

/** The facts between one state of a recording and the next. */
const between = (before: Partial<RecordingState> | undefined, now: Partial<RecordingState>) =>
  factsOfRecording(before && knownOf(state(before)), state(now));

const requested = { fact: 'requested', recordingId: 'r', purposes: ['recording'], by: hana };

describe('[G6] of a recording the ledger keeps', () => {
  test('that it was requested, by whom and for what, and nothing twice', () => {
    const now = {
      purposes: ['recording', 'transcription'],
      storage: 'cloud',
      reason: 'minutes',
      only: ['bo'],
    } as const;
    expect(between(undefined, now)).toEqual([{ ...requested, ...now, purposes: ['recording', 'transcription'] }]);
    expect(between(now, now)).toEqual([]);
    const [plain] = between(undefined, {});
    expect(Object.keys(plain ?? {})).toEqual(['fact', 'recordingId', 'purposes', 'by']);
  });

  test('what was asked for later, as of who asked for that and why', () => {
    const asked = new Map<string, PurposeAsked>([
      ['ai-notes', { by: cora, reason: 'for those who are away', provider: 'Merkzettel' }],
      ['live-captions', { by: hana }],
      ['signing', { by: cora }],
    ]);
    const now = state({ purposes: ['recording', 'transcription', 'ai-notes', 'live-captions'], reason: 'minutes' });
    expect(factsOfRecording(knownOf(state()), now, asked)).toEqual([
      { ...requested, purposes: ['transcription'], reason: 'minutes' },
      { ...requested, purposes: ['ai-notes'], by: cora, reason: 'for those who are away' },
      { ...requested, purposes: ['live-captions'] },
    ]);
    expect(factsOfRecording(undefined, state({ purposes: ['ai-notes'] }), asked)).toEqual([
      { ...requested, purposes: ['ai-notes'], by: cora, reason: 'for those who are away' },
    ]);
  });

  test('that it was started, and once, without waiting where it was', () => {
    const withoutWaiting = { by: 'hana', reason: 'the guest has to go' };
    const now = { started: true, status: 'on', withoutWaiting, lastBy: cora } as const;
    const without = { fact: 'started-without-waiting', recordingId: 'r', ...withoutWaiting };
    expect(between({}, now)).toEqual([without, { fact: 'started', recordingId: 'r', by: hana }]);
    expect(between({ withoutWaiting }, now)).toEqual([{ fact: 'started', recordingId: 'r', by: hana }]);
    expect(between({ started: true }, now)).toEqual([without]);
    expect(between(now, now)).toEqual([]);
    expect(between(undefined, { withoutWaiting })).toEqual([requested, without]);
    expect(between(undefined, { started: true, status: 'on' })).toEqual([
      requested,
      { fact: 'started', recordingId: 'r', by: hana },
    ]);
  });

  test('that it was paused and resumed, by whoever did it', () => {
    const on = { started: true, status: 'on', lastBy: cora } as const;
    const paused = { ...on, status: 'paused' } as const;
    expect([between(on, paused), between(paused, paused), between(paused, on), between(on, on)]).toEqual([
      [{ fact: 'paused', recordingId: 'r', by: cora }],
      [],
      [{ fact: 'resumed', recordingId: 'r', by: cora }],
      [],
    ]);
    const { lastBy: _, ...byNobodyElse } = paused;
    expect([between(on, byNobodyElse), between(paused, { ...on, status: 'unknown' })]).toEqual([
      [{ fact: 'paused', recordingId: 'r', by: hana }],
      [],
    ]);
  });

  test('how it ended, once, and by whom', () => {
    const on = { started: true, status: 'on' } as const;
    const off = { ...on, status: 'off', ended: { outcome: 'failed', code: 'capture/failed' }, lastBy: cora } as const;
    expect(between(on, off)).toEqual([
      { fact: 'ended', recordingId: 'r', by: cora, outcome: 'failed', code: 'capture/failed' },
    ]);
    expect([between(off, off), between(off, { ...off, ended: { outcome: 'failed', confirmed: true } })]).toEqual([
      [],
      [],
    ]);
    const [ended] = between(on, { ...on, status: 'off', ended: { outcome: 'stopped' } });
    expect(ended).toStrictEqual({ fact: 'ended', recordingId: 'r', by: hana, outcome: 'stopped' });
    expect(between(on, { ...on, status: 'off' })).toEqual([]);
    expect(between(undefined, off).map(({ fact }) => fact)).toEqual(['requested', 'started', 'ended']);
  });

  test('no more than the next facts depend on', () => {
    const withoutWaiting = { by: 'hana', reason: 'x' };
    expect(knownOf(state({ reason: 'minutes', storage: 'cloud', withoutWaiting }))).toStrictEqual({
      recordingId: 'r',
      purposes: ['recording'],
      status: 'asking',
      started: false,
      withoutWaiting,
    });
    expect(Object.keys(knownOf(state()))).toEqual(['recordingId', 'purposes', 'status', 'started']);
  });
});

test('[G6] of a transcript it keeps where it stands, each time that is elsewhere', () => {
  const view = { transcriptId: 't', recordingId: 'r', status: 'transcribing' } as const;
  expect(factsOfTranscript('transcribing', view)).toEqual([]);
  for (const before of [undefined, 'asking'] as const) {
    expect(factsOfTranscript(before, view)).toEqual([{ fact: 'transcript', recordingId: 'r', status: 'transcribing' }]);
  }
});

const notice = (more: Partial<NoticeData> = {}): NoticeData => ({
  noticeId: 'n1',
  recordingId: 'r',
  purposes: ['recording'],
  kind: 'prompt',
  consent: 'explicit',
  refusal: 'excluded',
  running: false,
  requestedBy: hana,
  reminded: 0,
  ...more,
});

const consent = (purpose: string, is: PersonalState['consents'][number]['consent'], recordingId = 'r') => ({
  recordingId,
  purpose,
  consent: is,
  revision: 1,
});

/** The facts of bo between what is known and what they are told now, and what is known then. */
const ofBo = (before: Partial<PersonKnown>, now: Partial<PersonalState>) =>
  factsOfPerson('bo', { ...nobodyKnown, ...before }, personal(now));

const asked = { fact: 'asked', participantId: 'bo', noticeId: 'n1', consent: 'explicit' };

describe('[G6] of a person the ledger keeps', () => {
  test('what they are asked, once for each notice', () => {
    const first = ofBo({}, { notices: [notice()] });
    expect(first).toEqual({
      facts: [{ ...asked, recordingId: 'r', purposes: ['recording'] }],
      known: { asked: { r: 'n1' }, unanswered: [], captured: [] },
    });
    expect(factsOfPerson('bo', first.known, personal({ notices: [notice()] }))).toEqual({ ...first, facts: [] });
    const again = factsOfPerson(
      'bo',
      first.known,
      personal({ notices: [notice({ noticeId: 'n2', consent: 'notice' })] }),
    );
    expect(again).toEqual({
      facts: [{ ...asked, noticeId: 'n2', consent: 'notice', recordingId: 'r', purposes: ['recording'] }],
      known: { asked: { r: 'n2' }, unanswered: [], captured: [] },
    });
    expect(factsOfPerson('bo', again.known, personal()).known).toEqual(again.known);
    expect(nobodyKnown).toEqual({ asked: {}, unanswered: [], captured: [] });
  });

  test('what one prompt for several lives asks of each', () => {
    const purposes = ['recording', 'live-captions', 'transcription', 'ai-notes', 'signing'];
    const consents = [
      consent('recording', 'shown'),
      consent('transcription', 'shown'),
      consent('live-captions', 'shown', 'c'),
      consent('ai-notes', 'given', 'old'),
      consent('ai-notes', 'shown'),
    ];
    expect(ofBo({ asked: { c: 'n1' } }, { notices: [notice({ purposes })], consents }).facts).toEqual([
      { ...asked, recordingId: 'r', purposes: ['recording', 'transcription', 'ai-notes', 'signing'] },
    ]);
    expect(ofBo({}, { notices: [notice({ purposes })], consents })).toEqual({
      facts: [
        { ...asked, recordingId: 'r', purposes: ['recording', 'transcription', 'ai-notes', 'signing'] },
        { ...asked, recordingId: 'c', purposes: ['live-captions'] },
      ],
      known: { asked: { r: 'n1', c: 'n1' }, unanswered: [], captured: [] },
    });
  });

  test('what ran out or could not be asked, once while it is so; their own answers are other facts', () => {
    const consents = [
      consent('recording', 'expired'),
      consent('transcription', 'cannot-be-asked'),
      consent('ai-notes', 'given'),
      consent('signing', 'refused'),
    ];
    const unanswered = ['r recording expired', 'r transcription cannot-be-asked'];
    const first = ofBo({}, { consents });
    expect(first).toEqual({
      facts: [
        { fact: 'expired', recordingId: 'r', participantId: 'bo', purpose: 'recording' },
        { fact: 'cannot-be-asked', recordingId: 'r', participantId: 'bo', purpose: 'transcription' },
      ],
      known: { ...nobodyKnown, unanswered },
    });
    expect(ofBo({ unanswered }, { consents })).toEqual({ facts: [], known: { ...nobodyKnown, unanswered } });
    const known = ofBo({ unanswered }, { consents: [consent('recording', 'given')] });
    expect(known).toEqual({ facts: [], known: nobodyKnown });
    expect(ofBo(known.known, { consents: [consent('recording', 'expired', 'other')] }).facts).toEqual([
      { fact: 'expired', recordingId: 'other', participantId: 'bo', purpose: 'recording' },
    ]);
  });

  test('from when on they are captured and from when on not, and why', () => {
    const on = { recordingId: 'r', captured: true, because: 'clear' } as const;
    const off = { ...on, captured: false, because: 'absent' } as const;
    const captured = [{ recordingId: 'r' }];
    expect(ofBo({}, { captured: [on] })).toEqual({
      facts: [{ fact: 'captured', recordingId: 'r', participantId: 'bo', because: 'clear' }],
      known: { ...nobodyKnown, captured },
    });
    expect(ofBo({ captured }, { captured: [on] })).toEqual({ facts: [], known: { ...nobodyKnown, captured } });
    expect(ofBo({ captured }, { captured: [off] })).toEqual({
      facts: [{ fact: 'not-captured', recordingId: 'r', participantId: 'bo', because: 'absent' }],
      known: nobodyKnown,
    });
    expect(ofBo({}, { captured: [off] })).toEqual({ facts: [], known: nobodyKnown });
    expect(ofBo({ captured }, {})).toEqual({
      facts: [{ fact: 'not-captured', recordingId: 'r', participantId: 'bo', because: 'ended' }],
      known: nobodyKnown,
    });
  });

  test('each recording, and each purpose that is part of one, by itself; one that lives alone by its life', () => {
    const clear = { captured: true, because: 'clear' } as const;
    const captured = [
      { recordingId: 'r', ...clear },
      { recordingId: 'r', purpose: 'ai-notes', ...clear },
      { recordingId: 'r', purpose: 'signing', captured: false, because: 'unanswered' },
      { recordingId: 'c', purpose: 'live-captions', ...clear },
      { recordingId: 'c', purpose: 'signing', ...clear },
    ] as const;
    const all = [
      { recordingId: 'r' },
      { recordingId: 'r', purpose: 'ai-notes' },
      { recordingId: 'c' },
      { recordingId: 'c', purpose: 'signing' },
    ];
    const { facts, known } = ofBo({}, { captured });
    expect(facts).toEqual(all.map((which) => ({ fact: 'captured', participantId: 'bo', because: 'clear', ...which })));
    expect(known.captured).toStrictEqual(all);
    expect(factsOfPerson('bo', known, personal({ captured })).facts).toEqual([]);
    const ended = { fact: 'not-captured', participantId: 'bo', because: 'ended' };
    expect(factsOfPerson('bo', known, personal({ captured: [captured[0], captured[3]] }))).toEqual({
      facts: [
        { ...ended, recordingId: 'r', purpose: 'ai-notes' },
        { ...ended, recordingId: 'c', purpose: 'signing' },
      ],
      known: { ...nobodyKnown, captured: [{ recordingId: 'r' }, { recordingId: 'c' }] },
    });
  });
});
