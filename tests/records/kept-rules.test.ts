import { describe, expect, test } from 'vitest';
import { isOnRecord, keptRecordings, purposeAlone } from '../../src/records/kept.rules.ts';
import type { KeptRecording } from '../../src/records/kept.types.ts';
import type { AnswerFact, ErasedBecause, Kept, LedgerFact } from '../../src/records/ledger.types.ts';
import { at, recordsOf } from './records-of.ts';

const hana = { participantId: 'hana' };
const of = { recordingId: 'r' };
const requested = (more: object = {}): LedgerFact =>
  ({ fact: 'requested', ...of, purposes: ['recording'], by: hana, storage: 'cloud', ...more }) as LedgerFact;
const started: LedgerFact = { fact: 'started', ...of, by: hana };
const ended: LedgerFact = { fact: 'ended', ...of, by: hana, outcome: 'stopped' };
const captured = (participantId: string, purpose?: string): LedgerFact => ({
  fact: 'captured',
  ...of,
  participantId,
  because: 'clear',
  ...(purpose !== undefined && { purpose }),
});
const left = (participantId: string, purpose?: string): LedgerFact =>
  ({ ...captured(participantId, purpose), fact: 'not-captured', because: 'left' }) as LedgerFact;
const answer = (fact: AnswerFact['fact'], more: Partial<AnswerFact> = {}): LedgerFact => ({
  fact,
  ...of,
  participantId: 'bo',
  purpose: 'recording',
  answerId: 'a',
  revision: 1,
  applied: true,
  ...more,
});
const gone = (
  fact: 'erasing' | 'erased' | 'anonymised' | 'isolated',
  more: { kept?: readonly Kept[]; because?: ErasedBecause; participantId?: string; counts?: never } = {},
): LedgerFact => ({ fact, ...of, kept: ['recording', 'transcript'], because: 'retention', ...more });

async function kept(...facts: readonly LedgerFact[]): Promise<KeptRecording> {
  const recording = (await keptRecordings(recordsOf(...facts))).get('r');
  if (!recording) throw new Error('nothing is kept of it');
  return recording;
}
const stateAfter = async (...facts: readonly LedgerFact[]) => (await kept(requested(), ...facts)).state;

describe('[G12] of a recording is known', () => {
  test('all of this, from its request to its end', async () => {
    const facts = [requested(), started, captured('bo'), answer('given'), left('bo'), captured('cy'), ended];
    expect(await kept(...facts)).toEqual({
      recordingId: 'r',
      purposes: ['recording'],
      storage: 'cloud',
      requestedBy: hana,
      state: 'kept',
      startedAt: at(1),
      endedAt: at(6),
      lastAt: at(6),
      holds: [],
      shares: new Map(),
      people: new Set(['hana', 'bo', 'cy']),
      captured: [
        { participantId: 'bo', from: at(2), to: at(4) },
        { participantId: 'cy', from: at(5), to: at(6) },
      ],
      answers: new Map([['bo', new Map([['recording', 'given']])]]),
      revisions: new Map([['bo', 1]]),
    });
  });

  test('each by itself, in the order in which they were first heard of; what is of none is left out', async () => {
    const facts: LedgerFact[] = [
      { fact: 'opened', key: {} },
      requested({ recordingId: 'b' }),
      requested({ recordingId: 'a' }),
      { ...started, recordingId: 'b' } as LedgerFact,
      { fact: 'closed' },
    ];
    const all = await keptRecordings(recordsOf(...facts));
    expect([...all].map(([id, { recordingId, state, lastAt }]) => [id, recordingId, state, lastAt])).toEqual([
      ['b', 'b', 'running', at(3)],
      ['a', 'a', 'asked', at(2)],
    ]);
  });

  test('every purpose that it was asked for, once, and none of attention; where it is, and who asked last', async () => {
    const { purposes, storage, requestedBy, people } = await kept(
      requested({ purposes: ['recording', 'attention-tracking', 'transcription'] }),
      requested({ purposes: ['transcription', 'ai-notes'], by: { participantId: 'cora' }, storage: undefined }),
      requested({ purposes: ['ai-notes'], by: 'platform', storage: undefined }),
    );
    expect([purposes, storage, requestedBy, people]).toEqual([
      ['recording', 'transcription', 'ai-notes'],
      'cloud',
      'platform',
      new Set(['hana', 'cora']),
    ]);
    expect([isOnRecord('attention-tracking'), isOnRecord('recording')]).toEqual([false, true]);
  });

  test('who was in what was taken, and when: the start of it, if none is told; parts of it are none of that', async () => {
    const facts = [
      requested(),
      captured('bo'),
      captured('bo', 'ai-notes'),
      left('bo', 'ai-notes'),
      left('cy'),
      started,
    ];
    const { state, startedAt, captured: first } = await kept(...facts);
    expect([state, startedAt, first]).toEqual(['running', at(1), [{ participantId: 'bo', from: at(1) }]]);
    const { captured: spans } = await kept(
      requested(),
      captured('bo'),
      captured('cy'),
      left('bo'),
      captured('bo'),
      left('bo'),
    );
    expect(spans).toEqual([
      { participantId: 'bo', from: at(1), to: at(3) },
      { participantId: 'cy', from: at(2) },
      { participantId: 'bo', from: at(4), to: at(5) },
    ]);
    expect(await kept(requested(), captured('bo', 'ai-notes'))).toMatchObject({ state: 'asked', captured: [] });
    expect(await kept(requested(), started, captured('bo'), started)).toMatchObject({ startedAt: at(1) });
  });

  test('the last answer of each that counted, by purpose, and the highest revision of any', async () => {
    const { answers, revisions } = await kept(
      requested(),
      answer('given', { revision: 3 }),
      answer('withdrawn', { revision: 2 }),
      answer('refused', { revision: 5, applied: false, purpose: 'ai-notes' }),
      answer('acknowledged', { purpose: 'transcription' }),
      answer('given', { purpose: 'attention-tracking' }),
      answer('refused', { participantId: 'cy' }),
    );
    expect([answers, revisions]).toEqual([
      new Map([
        [
          'bo',
          new Map([
            ['recording', 'withdrawn'],
            ['transcription', 'acknowledged'],
          ]),
        ],
        ['cy', new Map([['recording', 'refused']])],
      ]),
      new Map([
        ['bo', 5],
        ['cy', 1],
      ]),
    ]);
    const unapplied = await kept(requested(), answer('given', { applied: false }));
    expect(unapplied.answers).toEqual(new Map());
  });

  test('whoever was asked or captured, and nobody because something of theirs was erased', async () => {
    const asked: LedgerFact = {
      fact: 'asked',
      ...of,
      participantId: 'cy',
      purposes: ['recording'],
      noticeId: 'n',
      consent: 'explicit',
    };
    const { people } = await kept(
      requested({ by: 'platform' }),
      asked,
      gone('erased', { participantId: 'bo' }),
      gone('erasing'),
    );
    expect(people).toEqual(new Set(['cy']));
  });
});

describe('[G12] a recording is', () => {
  test('asked for, running, and kept once it has ended; what never ran is not kept', async () => {
    expect([
      await stateAfter(),
      await stateAfter(started),
      await stateAfter(captured('bo')),
      await stateAfter(started, ended),
      await stateAfter(ended),
    ]).toEqual(['asked', 'running', 'running', 'kept', 'asked']);
    expect(await kept(requested(), ended)).toMatchObject({ endedAt: at(1) });
  });

  test('over for good: words of a late start or end do not bring it back', async () => {
    for (const fact of ['erasing', 'erased', 'anonymised', 'isolated'] as const) {
      for (const late of [started, captured('bo'), ended]) {
        expect(await stateAfter(started, ended, gone(fact), late)).toBe(fact);
      }
    }
    for (const late of [started, captured('bo')]) expect(await stateAfter(started, ended, late)).toBe('kept');
  });

  test('what was last done to it; what is gone stays gone, and what goes is not put aside', async () => {
    const found = [];
    const ways = ['erasing', 'erased', 'anonymised', 'isolated'] as const;
    for (const first of ways) {
      for (const then of ways) found.push(await stateAfter(started, ended, gone(first), gone(then)));
    }
    expect(found).toEqual([
      ...['erasing', 'erased', 'anonymised', 'erasing'],
      ...['erased', 'erased', 'erased', 'erased'],
      ...['anonymised', 'anonymised', 'anonymised', 'anonymised'],
      ...['erasing', 'erased', 'anonymised', 'isolated'],
    ]);
  });

  test('there still where its transcript alone is gone', async () => {
    for (const fact of ['erasing', 'erased', 'anonymised', 'isolated'] as const) {
      expect(await stateAfter(started, ended, gone(fact, { kept: ['transcript', 'notes'] }))).toBe('kept');
    }
  });

  test('being erased for a reason, with what is to be left of it where that is said', async () => {
    const counts = { durationMs: 1 } as never;
    const [plain, anonymous, erased] = [
      await kept(requested(), gone('erasing', { because: 'host' })),
      await kept(requested(), gone('erasing', { counts })),
      await kept(requested(), gone('erased')),
    ];
    expect([plain?.erasing, anonymous?.erasing, erased?.erasing]).toStrictEqual([
      { because: 'host' },
      { because: 'retention', counts },
      undefined,
    ]);
  });
});

test('[G12] one person’s share goes by itself, and is gone for good', async () => {
  const share = (fact: 'erasing' | 'erased', participantId: string, because: ErasedBecause = 'right') =>
    gone(fact, { participantId, because });
  const { shares, state } = await kept(
    requested(),
    started,
    ended,
    share('erasing', 'bo'),
    share('erasing', 'cy', 'objection'),
    share('erased', 'cy', 'objection'),
    share('erased', 'dee'),
    share('erasing', 'dee', 'objection'),
  );
  expect([shares, state]).toEqual([
    new Map([
      ['bo', { state: 'erasing', because: 'right' }],
      ['cy', { state: 'erased', because: 'objection' }],
      ['dee', { state: 'erased', because: 'objection' }],
    ]),
    'kept',
  ]);
});

test('[G12] a legal hold is of whoever set it, as they last said it, until they lift it', async () => {
  const set = (by: string, reason: string): LedgerFact => ({ fact: 'legal-hold-set', ...of, by, reason });
  const lifted = (by: string): LedgerFact => ({ fact: 'legal-hold-lifted', ...of, by, reason: '' });
  const holds = async (...facts: readonly LedgerFact[]) => (await kept(requested(), ...facts)).holds;
  expect(await holds(set('court', 'case 1'), set('audit', 'year'), set('court', 'case 2'))).toEqual([
    { by: 'audit', reason: 'year', since: at(2) },
    { by: 'court', reason: 'case 2', since: at(3) },
  ]);
  expect(await holds(set('court', 'case 1'), set('audit', 'year'), lifted('court'), lifted('nobody'))).toEqual([
    { by: 'audit', reason: 'year', since: at(2) },
  ]);
});

describe('[G12] a purpose that lives without a recording', () => {
  test('is what was asked for alone, and is kept as no recording, whatever is told of it', async () => {
    const alone = requested({ purposes: ['live-captions', 'signing'], storage: undefined });
    const found = await kept(alone, started, captured('bo'), ended, gone('erased'));
    expect([purposeAlone(found), found.state, found.endedAt]).toEqual(['live-captions', 'asked', at(3)]);
  });

  test('is none that is stored, or asked for with a recording, or of which nothing was asked', () => {
    expect([
      purposeAlone({ purposes: ['live-captions'] }),
      purposeAlone({ purposes: ['live-captions'], storage: 'cloud' }),
      purposeAlone({ purposes: ['live-captions', 'recording'] }),
      purposeAlone({ purposes: [] }),
    ]).toEqual(['live-captions', undefined, undefined, undefined]);
  });
});
