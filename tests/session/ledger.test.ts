import { compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import { describe, expect, test } from 'vitest';
import type { Ledger, LedgerFact, Receipt } from '../../src/records/ledger.types.ts';
import { ledgerNoLibrary } from '../../src/records/ledger-errors.ts';
import { messageText } from '../../src/transport/messages.parse.ts';
import { seededIds } from '../../src/transport/seeded-random.ts';
import { meeting } from './meeting.ts';
import { plainLedger, signs } from './plain-ledger.ts';

/** A meeting of hana, whose client keeps a ledger, and bo. */
async function kept() {
  const { ledger, all: written, facts, fails } = plainLedger();
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'all-party', ledger });
  const bo = await all.joins('bo');
  return { all, hana, bo, written, facts, fails };
}

describe('what a host’s client decides is written down', () => {
  test('[G6] each fact of consent once, in order: asked, shown, answered, captured, withdrawn, ended', async () => {
    const { all, hana, bo, facts } = await kept();
    const cy = await all.joins('cy');
    void hana.session.requestRecording({ storage: 'cloud' });
    await all.passes(1000);
    void bo.session.giveConsent('recording');
    void cy.session.refuseConsent('recording');
    await all.passes(5000);
    void bo.session.withdrawConsent('recording');
    await all.passes(20_000);
    void hana.session.stopRecording();
    await all.passes(60_000);
    expect(facts()).toEqual([
      'requested by hana',
      'bo asked',
      'cy asked',
      'bo shown',
      'cy shown',
      'bo given recording',
      'cy refused recording',
      'hana asked',
      'hana shown',
      'started by hana',
      'hana captured clear',
      'bo captured clear',
      'bo withdrawn recording',
      'bo not-captured withdrawn',
      'ended stopped by hana',
      'hana not-captured ended',
    ]);
  });

  test('[G6] an answer that is repeated is one record, and names the words that were read', async () => {
    const { all, hana, bo, written: facts } = await kept();
    void hana.session.requestRecording({ storage: 'cloud' });
    await all.passes(1000);
    all.network.tap(({ to, data }) => (to === 'bo' && data.includes('"t":"ack"') ? 'drop' : undefined));
    const { prompt } = bo.session.getSnapshot();
    void bo.session.giveConsent('recording');
    await all.passes(5000);
    const given = facts.filter(({ fact }) => fact === 'given');
    expect(given).toEqual([
      {
        fact: 'given',
        recordingId: prompt?.recordingId,
        participantId: 'bo',
        purpose: 'recording',
        answerId: expect.any(String),
        revision: 1,
        noticeId: prompt?.noticeId,
        text: { version: prompt?.text.version, locale: 'en', hash: prompt?.text.hash },
        applied: true,
      },
    ]);
  });

  test('[G6] an answer that counts for nothing is kept as evidence', async () => {
    const { all, hana, bo, written: facts } = await kept();
    void hana.session.requestRecording({ storage: 'cloud' });
    await all.passes(1000);
    const end = all.network.tap(({ to, from }) => (to === 'bo' || from === 'bo' ? 'drop' : undefined));
    void bo.session.giveConsent('recording');
    void hana.session.stopRecording();
    await all.passes(2000);
    end();
    await all.passes(2000);
    expect(facts.filter(({ fact }) => fact === 'given')).toMatchObject([{ participantId: 'bo', applied: false }]);
  });

  test('[G6] one that counts after all, as its recording is found to live, is written once more, and no repeat of either is', async () => {
    const begins = async (early?: string) => {
      const { ledger, all: facts } = plainLedger();
      const all = meeting({ randomId: seededIds(1) });
      const hana = await all.joins('hana', { role: 'host', policy: 'all-party', ledger });
      await all.joins('bo');
      const says = async (recordingId: string) => {
        const answer = { t: 'answer', id: 'a', recordingId, revision: 1, answers: { recording: 'withdrawn' } } as const;
        all.network.inject({ from: 'bo', to: 'hana', data: messageText(answer) });
        await all.passes(100);
      };
      if (early !== undefined) await says(early);
      void hana.session.requestRecording({ storage: 'cloud' });
      await all.passes(1000);
      const { recordingId = '' } = hana.session.getSnapshot().recordings[0] ?? {};
      return { recordingId, facts, says, stops: () => hana.session.stopRecording(), passes: all.passes };
    };
    const { recordingId } = await begins();
    const { says, facts, stops, passes } = await begins(recordingId);
    await says(recordingId);
    await says(recordingId);
    void stops();
    await passes(1000);
    await says(recordingId);
    const withdrawn = facts.filter(({ fact }) => fact === 'withdrawn');
    expect(withdrawn).toMatchObject([
      { recordingId, answerId: 'a', applied: false },
      { recordingId, answerId: 'a', applied: true },
    ]);
  });

  test('[G6] [G4] nothing of attention is ever written', async () => {
    const { all, hana, bo, written: facts } = await kept();
    void hana.session.enableAttentionTracking();
    void hana.session.reportSharing(true);
    await all.passes(1000);
    bo.adapter.turnsFocus('lost');
    await all.passes(60_000);
    expect(hana.told('attentionIndicatorChanged').length).toBe(1);
    expect(facts).toEqual([]);
  });
});

describe('nothing is acknowledged before it is kept', () => {
  test('[G6] an answer is recorded only once the store has it; while it fails, nothing is lost', async () => {
    const { all, hana, bo, facts, fails } = await kept();
    void hana.session.requestRecording({ storage: 'cloud' });
    await all.passes(1000);
    fails(true);
    const answered = bo.session.giveConsent('recording');
    expect(await all.within(3000, answered)).toBeUndefined();
    expect(facts()).not.toContain('bo given recording');
    expect(hana.told('protocolFailed')).toEqual([{ code: 'ledger/store-failed', from: 'hana', count: 1 }]);
    fails(false);
    expect(await all.within(2000, answered)).toMatchObject({ outcome: 'recorded' });
    expect(facts().filter((fact) => fact === 'bo given recording')).toEqual(['bo given recording']);
  });
});

test('[G6] while the store fails no recording is begun, and it is said why', async () => {
  const { ledger, fails } = plainLedger();
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'all-party', ledger });
  fails(true);
  const first = hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(1000);
  void hana.session.stopRecording();
  await all.passes(1000);
  const denied = { outcome: 'denied', code: 'ledger/store-failed' };
  expect(await all.within(0, hana.session.requestRecording({ storage: 'cloud' }))).toEqual(denied);
  fails(false);
  await all.passes(2000);
  expect(await all.within(0, first)).toMatchObject({ outcome: 'started' });
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(1000);
  expect(hana.session.status('recording')).toBe('on');
});

test('[G6] where a ledger cannot be opened no recording is begun, and it is said what is missing', async () => {
  const { ledger } = plainLedger();
  const missing = ledgerNoLibrary(new Error("Cannot find package 'jose'"));
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', ledger: { ...ledger, open: () => Promise.reject(missing) } });
  await all.passes(5000);
  const asked = await all.within(0, hana.session.requestRecording({ storage: 'cloud' }));
  expect(asked).toEqual({ outcome: 'denied', code: 'ledger/no-library' });
  expect(hana.told('protocolFailed')).toEqual([{ code: 'ledger/no-library', from: 'hana', count: 1 }]);
});

test('[G6] [G9] a ledger that could not be opened at first is opened later, and a recording is begun then', async () => {
  const { ledger, facts } = plainLedger();
  let isBlocked = true;
  const open: Ledger['open'] = (start) => (isBlocked ? Promise.reject(new Error('blocked')) : ledger.open(start));
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'gdpr', ledger: { ...ledger, open } });
  await all.passes(5000);
  const denied = { outcome: 'denied', code: 'ledger/store-failed' };
  expect(await all.within(0, hana.session.requestRecording({ storage: 'cloud' }))).toEqual(denied);
  isBlocked = false;
  await all.passes(5000);
  const asked = hana.session.requestRecording({ storage: 'cloud' });
  expect(await all.within(3000, asked)).toMatchObject({ outcome: 'started' });
  expect(facts()).toContain('started by hana');
});

describe('when another decides', () => {
  test('[G6] in order, the chain goes on after the last record, and nothing is written twice', async () => {
    const first = plainLedger();
    const second = plainLedger();
    const all = meeting();
    const hana = await all.joins('hana', { role: 'host', policy: 'all-party', ledger: first.ledger });
    await all.joins('cora', { role: 'co-host', policy: 'all-party', ledger: second.ledger, reaches: hana });
    const bo = await all.joins('bo');
    void hana.session.requestRecording({ storage: 'cloud' });
    await all.passes(1000);
    void bo.session.giveConsent('recording');
    await all.passes(5000);
    const before = first.facts().length;
    void hana.session.handOver('cora');
    await all.passes(5000);
    const last = first.all.length - 1;
    expect(second.opened).toEqual([{ by: 'cora', continues: { n: last, hash: `h${last}` } }]);
    expect([first.facts().length, second.facts()]).toEqual([before, []]);
  });

  test('[G6] after a crash, it goes on from the last record that hosts heard of, which no acknowledgement outran', async () => {
    const first = plainLedger();
    const second = plainLedger();
    const all = meeting();
    const hana = await all.joins('hana', { role: 'host', policy: 'all-party', ledger: first.ledger });
    await all.joins('cora', { role: 'co-host', policy: 'all-party', ledger: second.ledger });
    const bo = await all.joins('bo');
    void hana.session.requestRecording({ storage: 'cloud' });
    await all.passes(1000);
    const answered = bo.session.refuseConsent('recording');
    expect(await all.within(10, answered)).toMatchObject({ outcome: 'recorded' });
    const answeredAt = first.all.findIndex(({ fact }) => fact === 'refused');
    all.network.crash('hana');
    await all.passes(30_000);
    expect(second.opened.map(({ by }) => by)).toEqual(['cora']);
    expect(second.opened[0]?.continues?.n).toBeGreaterThanOrEqual(answeredAt);
  });
});

test('[G6] what becomes of a transcript is written, and that it was erased; never what it says', async () => {
  const { all, hana, bo, written: facts } = await kept();
  const requested = hana.session.requestRecording({ storage: 'cloud', transcript: true });
  await all.passes(1000);
  const { prompt } = bo.session.getSnapshot();
  void bo.session.answer(prompt?.noticeId ?? '', { recording: 'given', transcription: 'given' });
  await all.passes(2000);
  const segment = { speaker: 'bo', startMs: 500, endMs: 900, text: 'a secret', final: true };
  expect(await all.within(100, hana.session.feedSegment(segment))).toEqual({ outcome: 'done' });
  void hana.session.stopRecording();
  await all.passes(20_000);
  const { recordingId } = (await requested) as { recordingId: string };
  expect(await all.within(100, hana.session.eraseRecording(recordingId))).toEqual({ outcome: 'done' });
  await all.passes(1000);
  expect(facts.flatMap((fact) => (fact.fact === 'transcript' ? [fact.status] : []))).toEqual([
    'asking',
    'transcribing',
    'processing',
    'ready',
    'erased',
  ]);
  expect(facts.filter(({ fact }) => fact === 'erased')).toEqual([
    { fact: 'erased', recordingId, kept: ['transcript'], because: 'host' },
  ]);
  expect(JSON.stringify(facts)).not.toContain('secret');
  const notified = hana.told('hostNotified') as { kind: string }[];
  expect(notified.filter(({ kind }) => kind === 'transcript-ready').length).toBe(1);
});

describe('receipts', () => {
  test('[G6] each purpose of an answer has one, with the person’s own signature over what they answered to which words', async () => {
    const { all, hana, bo, written: facts } = await kept();
    const cy = await all.joins('cy');
    void hana.session.requestRecording({ storage: 'cloud', transcript: true });
    await all.passes(1000);
    const { prompt } = bo.session.getSnapshot();
    const outcome = bo.session.answer(prompt?.noticeId ?? '', { recording: 'given', transcription: 'refused' });
    await signs(all);
    const receipts = (bo.told('recordIssued') as { receipt: Receipt }[]).map(({ receipt }) => receipt);
    expect(receipts.map(({ record }) => record.fact)).toEqual([
      expect.objectContaining({ fact: 'given', purpose: 'recording', participantId: 'bo' }),
      expect.objectContaining({ fact: 'refused', purpose: 'transcription', participantId: 'bo' }),
    ]);
    const { receiptId } = (await outcome) as { receiptId: string };
    expect(receipts.map((receipt) => receipt.receiptId)).toEqual([receiptId, receiptId]);
    const signed = receipts[0]?.signed?.fact as Extract<LedgerFact, { fact: 'signed' }>;
    const key = await importJWK({ ...signed.key }, decodeProtectedHeader(signed.jws).alg);
    const { payload } = await compactVerify(signed.jws, key);
    const answer = facts.find(({ fact }) => fact === 'given') as { answerId: string };
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({
      v: 1,
      meetingId: 'weekly',
      participantId: 'bo',
      answerId: answer.answerId,
      revision: 1,
      answers: { recording: 'given', transcription: 'refused' },
      noticeId: prompt?.noticeId,
      textHash: prompt?.text.hash,
    });
    expect([hana, cy].flatMap(({ told }) => told('recordIssued'))).toEqual([]);
  });

  test('[G6] a signature for somebody else’s answer is not taken', async () => {
    const { all, hana, bo, written: facts } = await kept();
    await all.joins('cy');
    void hana.session.requestRecording({ storage: 'cloud' });
    await all.passes(1000);
    const end = all.network.tap(({ from, data }) =>
      from === 'bo' && data.includes('"t":"signed"') ? 'drop' : undefined,
    );
    void bo.session.refuseConsent('recording');
    await all.passes(1000);
    const { answerId, recordingId } = facts.find(({ fact }) => fact === 'refused') as Record<string, string>;
    const data = JSON.stringify({ v: 1, t: 'signed', id: answerId, recordingId, jws: 'forged', key: {} });
    all.network.inject({ from: 'cy', to: 'hana', data });
    await all.passes(1000);
    expect(facts.filter(({ fact }) => fact === 'signed')).toEqual([]);
    end();
    await signs(all);
    expect(facts.filter(({ fact }) => fact === 'signed')).toMatchObject([{ participantId: 'bo', answerId }]);
    expect(bo.told('recordIssued').length).toBe(1);
  });

  test('[G6] a signature over something else is not kept: it is reported, and the receipt says that there is none', async () => {
    const { all, hana, bo, written: facts } = await kept();
    void hana.session.requestRecording({ storage: 'cloud' });
    await all.passes(1000);
    const signedBy: string[] = [];
    const end = all.network.tap(({ from, data }) => {
      if (from !== 'bo' || !data.includes('"t":"signed"')) return undefined;
      signedBy.push(data);
      return 'drop';
    });
    void bo.session.refuseConsent('recording');
    await signs(all);
    end();
    const { jws, ...message } = JSON.parse(signedBy[0] ?? '') as { jws: string };
    const [header, , signature] = jws.split('.');
    const payload = Buffer.from('{"answers":{"recording":"given"}}').toString('base64url');
    const forged = JSON.stringify({ ...message, jws: [header, payload, signature].join('.') });
    all.network.inject({ from: 'bo', to: 'hana', data: forged });
    await signs(all);
    expect(facts.filter(({ fact }) => fact === 'signed')).toEqual([]);
    expect(hana.told('protocolFailed')).toEqual([{ code: 'ledger/bad-signature', from: 'bo', count: 1 }]);
    const [issued] = bo.told('recordIssued') as { receipt: Receipt }[];
    expect(issued?.receipt).toMatchObject({ record: { fact: { fact: 'refused', participantId: 'bo' } } });
    expect(issued?.receipt.signed).toBeUndefined();
  });
});
