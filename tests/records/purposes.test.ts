import { expect, test } from 'vitest';
import { readHistory } from '../../src/records/history.ts';
import { keptRecordings } from '../../src/records/kept.rules.ts';
import type { LedgerFact } from '../../src/records/ledger.types.ts';
import { meeting } from '../session/meeting.ts';
import { plainLedger } from '../session/plain-ledger.ts';
import { ledgerOf } from './meeting-ledger.ts';

/** A meeting of hana, cora and bo, whose host keeps a ledger. */
async function kept() {
  const { ledger, all: facts } = plainLedger();
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'gdpr', ledger });
  const cora = await all.joins('cora', { role: 'co-host' });
  const bo = await all.joins('bo');
  const records = () => ledgerOf(facts.map((fact, second) => [second, fact] as const));
  return { all, facts, records, hana: hana.session, cora: cora.session, bo: bo.session };
}

/** What a fact says, without ids that are made up. */
function told(fact: LedgerFact): string {
  const {
    participantId = '',
    purposes = [],
    purpose = '',
    by,
    because = '',
    outcome = '',
  } = fact as never as {
    [field: string]: string & string[];
  };
  const whose = typeof by === 'object' ? `by ${(by as { participantId: string }).participantId}` : (by ?? '');
  return [fact.fact, participantId, ...purposes, purpose, whose, because, outcome].filter(Boolean).join(' ');
}

const ofRecordings = (facts: readonly LedgerFact[]) => facts.filter((fact) => 'recordingId' in fact);

test('[G6] a purpose without a recording is on record from its request to its end, each fact once', async () => {
  const { all, facts, records, hana, bo } = await kept();
  void hana.requestPurpose({ purpose: 'ai-notes', reason: 'minutes' });
  await all.passes(1000);
  void bo.giveConsent('ai-notes');
  await all.passes(2000);
  void bo.withdrawConsent('ai-notes');
  await all.passes(2000);
  void hana.endPurpose('ai-notes');
  await all.passes(2000);
  const own = ofRecordings(facts).filter((fact) => fact.fact !== 'signed');
  expect(own.map(told)).toEqual([
    'requested ai-notes by hana',
    'started by hana',
    'asked hana ai-notes',
    'captured hana clear',
    'asked cora ai-notes',
    'asked bo ai-notes',
    'shown hana',
    'shown cora',
    'shown bo',
    'given bo ai-notes',
    'asked bo ai-notes',
    'captured bo clear',
    'shown bo',
    'withdrawn bo ai-notes',
    'not-captured bo withdrawn',
    'ended by hana stopped',
    'not-captured hana ended',
  ]);
  expect(new Set(own.map(({ recordingId }) => recordingId)).size).toBe(1);
  const [life] = [...(await keptRecordings(toStream(records()))).values()];
  expect(life?.state).toBe('asked');
  const history = await readHistory(records());
  expect(history.recordings.map(({ purposes, outcome }) => ({ purposes, outcome }))).toEqual([
    { purposes: ['ai-notes'], outcome: 'stopped' },
  ]);
});

test('[G6] one prompt for several lives is on record in each, as asked and as shown', async () => {
  const { all, facts, hana, bo } = await kept();
  void hana.requestPurpose({ purpose: 'ai-notes' });
  void hana.requestRecording({ storage: 'cloud' });
  await all.passes(1000);
  const prompt = bo.getSnapshot().prompt;
  void bo.answer(prompt?.noticeId ?? '', { recording: 'given', 'ai-notes': 'refused' });
  await all.passes(2000);
  const bos = ofRecordings(facts).filter(
    (fact) => 'participantId' in fact && fact.participantId === 'bo' && fact.fact !== 'signed',
  );
  expect(bos.map(told)).toEqual([
    'asked bo recording',
    'asked bo ai-notes',
    'shown bo',
    'shown bo',
    'given bo recording',
    'captured bo clear',
    'refused bo ai-notes',
    'asked bo recording',
    'asked bo ai-notes',
    'shown bo',
    'shown bo',
  ]);
  const lives = ofRecordings(facts).flatMap((fact) => (fact.fact === 'requested' ? [fact] : []));
  expect(lives.map(({ purposes }) => purposes)).toEqual([['recording'], ['ai-notes']]);
});

test('[G6] a purpose that is part of a recording is on record as asked for by who asked for it, and beside the recording', async () => {
  const { all, facts, records, hana, cora, bo } = await kept();
  void hana.requestRecording({ storage: 'cloud' });
  await all.passes(1000);
  void bo.giveConsent('recording');
  void cora.giveConsent('recording');
  await all.passes(2000);
  const [{ recordingId = '' } = {}] = hana.getSnapshot().recordings;
  void cora.requestPurpose({ purpose: 'ai-notes', recordingId, reason: 'minutes' });
  await all.passes(1000);
  void bo.giveConsent('ai-notes');
  await all.passes(1000);
  void bo.withdrawConsent('ai-notes');
  await all.passes(1000);
  expect(ofRecordings(facts).flatMap((fact) => (fact.fact === 'requested' ? [fact] : []))).toEqual([
    { fact: 'requested', recordingId, purposes: ['recording'], by: { participantId: 'hana' }, storage: 'cloud' },
    {
      fact: 'requested',
      recordingId,
      purposes: ['ai-notes'],
      by: { participantId: 'cora' },
      storage: 'cloud',
      reason: 'minutes',
    },
  ]);
  const ofBo = facts.filter((fact) => 'participantId' in fact && fact.participantId === 'bo');
  expect(ofBo.filter(({ fact }) => fact.endsWith('captured')).map(told)).toEqual([
    'captured bo clear',
    'captured bo ai-notes clear',
    'not-captured bo ai-notes withdrawn',
  ]);
  // Being taken out of the notes is not being taken out of the recording.
  const [recording] = (await readHistory(records())).recordings;
  expect(recording?.people.find(({ participantId }) => participantId === 'bo')?.captured.map(({ to }) => to)).toEqual([
    undefined,
  ]);
});

async function* toStream<T>(all: readonly T[]): AsyncGenerator<T> {
  yield* all;
}
