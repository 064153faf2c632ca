import { beforeAll, describe, expect, test } from 'vitest';
import { type LedgerKeys, makeKeys, publicKeyOf } from '../../src/records/keys.ts';
import { createLedger } from '../../src/records/ledger.ts';
import type { AnswerFact, LedgerRecord, Receipt } from '../../src/records/ledger.types.ts';
import { memoryStore } from '../../src/records/memory-store.ts';
import { receiptOf, signAnswer, verifyReceipt } from '../../src/records/receipts.ts';
import { type SignedAnswer, signedAnswer } from '../../src/records/signed-answer.ts';
import { verifyLedger } from '../../src/records/verify.ts';
import { answer, epochOf, linesIn, meetingId, recordsIn, signatureOf, written } from './facts.ts';

const own = answer(1);
let bo: LedgerKeys;
let host: LedgerKeys;
let lines: string[];
let records: LedgerRecord[];
let receipt: Receipt;

/** A ledger by the host, of these facts. */
async function ledgerOf(facts: readonly Parameters<Awaited<ReturnType<typeof openedBy>>['append']>[0][]) {
  const store = memoryStore();
  const writer = await openedBy(store);
  for (const fact of facts) writer.append(fact);
  await writer.close();
  return { lines: await linesIn(store), records: await recordsIn(store) };
}
const openedBy = (store: ReturnType<typeof memoryStore>) =>
  createLedger({ store, keys: host }).open({ meetingId, epoch: epochOf(1) });

beforeAll(async () => {
  [bo, host] = await Promise.all([makeKeys(), makeKeys({ alg: 'ES256' })]);
  ({ lines, records } = await ledgerOf([own, await signatureOf(own, bo)]));
  const [, record, signed] = records;
  if (!record || !signed) throw new Error('nothing was kept');
  receipt = receiptOf({ receiptId: 'mine', record, signed, key: await publicKeyOf(host) });
});

const words: SignedAnswer = {
  meetingId,
  participantId: 'bo-1',
  answerId: 'answer-1',
  revision: 1,
  answers: { recording: 'given' },
  noticeId: 'notice-1',
  textHash: 'a'.repeat(64),
};

describe('[G6] what a person signs', () => {
  test('is their answer, the notice, the words and the meeting, as one canonical text', () => {
    expect(signedAnswer(words)).toBe(
      `{"answerId":"answer-1","answers":{"recording":"given"},"meetingId":"weekly","noticeId":"notice-1","participantId":"bo-1","revision":1,"textHash":"${'a'.repeat(64)}","v":1}`,
    );
  });

  test('has in it nothing else that is handed in', () => {
    expect(signedAnswer({ ...words, extra: 1 } as SignedAnswer)).toBe(signedAnswer(words));
  });

  test('holds by both signatures, offline', async () => {
    expect(await verifyReceipt(JSON.parse(JSON.stringify(receipt)))).toEqual({
      held: true,
      faults: [],
      signedByPerson: true,
    });
    expect((await verifyLedger(lines, { receipts: [receipt] })).held).toBe(true);
  });

  test('may be of several purposes: a receipt of each holds, and so does the ledger', async () => {
    const both: AnswerFact[] = [own, { ...own, purpose: 'transcription', fact: 'refused' }];
    const signature = await signAnswer(bo, { ...words, answers: { recording: 'given', transcription: 'refused' } });
    const { recordingId, participantId, answerId } = own;
    const kept = await ledgerOf([...both, { fact: 'signed', recordingId, participantId, answerId, ...signature }]);
    const [, first, second, signed] = kept.records;
    const key = await publicKeyOf(host);
    for (const record of [first, second]) {
      if (!record || !signed) throw new Error('nothing was kept');
      expect((await verifyReceipt(receiptOf({ receiptId: 'r', record, signed, key }))).signedByPerson).toBe(true);
    }
    expect((await verifyLedger(kept.lines)).answers).toEqual({ signed: 2, unsigned: [], invalid: [] });
  });
});

describe('[G6] a receipt does not hold', () => {
  const changes: readonly [string, (good: Receipt) => Receipt, readonly string[]][] = [
    [
      'whose answer was changed',
      (r) => ({ ...r, record: { ...r.record, fact: { ...own, fact: 'refused' } } }),
      ['record-changed', 'answer-not-signed-so'],
    ],
    [
      'whose time was changed',
      (r) => ({ ...r, record: { ...r.record, at: '2030-01-01T00:00:00.000Z' } }),
      ['record-changed'],
    ],
    [
      'whose signature record was changed',
      (r) => ({ ...r, ...(r.signed && { signed: { ...r.signed, n: 9 } }) }),
      ['signature-changed'],
    ],
    ['with another record in place of the signature', (r) => ({ ...r, signed: r.record }), ['answer-not-signed-so']],
    [
      'with the key of somebody else',
      (r) => ({ ...r, key: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) } }),
      ['record-changed', 'signature-changed'],
    ],
    ['with a key that is none', (r) => ({ ...r, key: { kty: 'RSA' } }), ['record-changed', 'signature-changed']],
    ['that is none', () => ({}) as Receipt, ['not-a-receipt']],
  ];
  test.each(changes)('%s', async (_, change, faults) => {
    const verdict = await verifyReceipt(change(receipt));
    expect(verdict).toEqual({
      held: false,
      faults,
      signedByPerson: faults.includes('record-changed') && faults.length === 1,
    });
  });

  test('by keys that are known to be others', async () => {
    const other = await publicKeyOf(await makeKeys());
    const both = await verifyReceipt(receipt, { keys: { authorities: [other], participants: { 'bo-1': [other] } } });
    expect(both).toEqual({ held: false, faults: ['unknown-key'], signedByPerson: false });
  });

  test('and is named by the ledger that it is held against', async () => {
    const changed = { ...receipt, record: { ...receipt.record, at: '2030-01-01T00:00:00.000Z' } };
    const { findings } = await verifyLedger(lines, { receipts: [changed] });
    expect(findings).toMatchObject([
      { code: 'receipt-invalid', n: 1, says: expect.stringContaining('record-changed') },
    ]);
  });

  test('and accuses no ledger of another meeting of being changed or cut off', async () => {
    for (const count of [1, 5]) {
      const others = await written([Array.from({ length: count }, (_, place) => answer(place))], {
        meetingId: 'monthly',
      });
      const { held, findings } = await verifyLedger(others, { receipts: [receipt] });
      expect([held, findings]).toMatchObject([
        false,
        [{ code: 'receipt-invalid', n: 1, says: expect.stringContaining('is of the meeting "weekly"') }],
      ]);
    }
  });
});

describe('[G6] an answer that a person did not give', () => {
  test('shows as not signed where the authority makes it up', async () => {
    const { answers } = await verifyLedger((await ledgerOf([own])).lines);
    const ref = { n: 1, participantId: 'bo-1', answerId: 'answer-1', purpose: 'recording', fact: 'given' };
    expect(answers).toEqual({ signed: 0, unsigned: [ref], invalid: [] });
  });

  test('is named where the signature is over another answer', async () => {
    const refused = await signatureOf({ ...own, fact: 'refused' }, bo);
    const { held, findings, answers } = await verifyLedger((await ledgerOf([own, refused])).lines);
    expect(held).toBe(false);
    expect(findings).toMatchObject([{ code: 'answer-invalid', n: 1 }]);
    expect(answers).toMatchObject({ signed: 0, unsigned: [], invalid: [{ n: 1, participantId: 'bo-1' }] });
  });

  test('is named where the answer is of other words, another notice, revision or person than was signed', async () => {
    const signature = await signatureOf(own, bo);
    const others: AnswerFact[] = [
      { ...own, text: { version: '1', locale: 'en', hash: 'b'.repeat(64) } },
      { ...own, noticeId: 'notice-2' },
      { ...own, revision: 2 },
      { ...own, purpose: 'transcription' },
    ];
    for (const other of others) {
      const { findings } = await verifyLedger((await ledgerOf([other, signature])).lines);
      expect(findings).toMatchObject([{ code: 'answer-invalid', n: 1 }]);
    }
    const { findings } = await verifyLedger((await ledgerOf([{ ...own, participantId: 'cy' }, signature])).lines);
    expect(findings).toMatchObject([{ code: 'answer-invalid', n: 2 }]);
  });

  test('is named where the authority signs with a key of its own, and the person is known by another', async () => {
    const made = await ledgerOf([own, await signatureOf(own, await makeKeys())]);
    expect((await verifyLedger(made.lines)).held).toBe(true);
    const keys = { participants: { 'bo-1': [await publicKeyOf(bo)] } };
    expect((await verifyLedger(made.lines, { keys })).findings).toMatchObject([{ code: 'answer-invalid', n: 1 }]);
    expect((await verifyLedger(lines, { keys })).held).toBe(true);
  });
});

describe('[G6] the wrong key', () => {
  test('is named where an authority begins that nobody knows', async () => {
    const keys = { authorities: [await publicKeyOf(await makeKeys())] };
    expect((await verifyLedger(lines, { keys })).findings).toMatchObject([{ code: 'wrong-key', n: 0 }]);
    expect((await verifyLedger(lines, { keys: { authorities: [await publicKeyOf(host)] } })).findings).toEqual([]);
  });

  test('is named where an authority that was followed writes on', async () => {
    const store = memoryStore();
    const writer = await openedBy(store);
    await writer.kept();
    const next = await createLedger({ store, keys: bo }).open({ meetingId, epoch: epochOf(2) });
    await next.kept();
    const { nextLink, lineOf } = await import('../../src/records/chain.rules.ts');
    const { signed } = await import('../../src/records/jws.ts');
    const { base64url } = await import('jose');
    const link = nextLink(next.head, { at: '2026-01-01T00:00:00.000Z', meetingId, epoch: epochOf(1), fact: own });
    const line = lineOf(link.text, link.head.hash, await signed(base64url.decode(link.head.hash), host));
    const { findings } = await verifyLedger([...(await linesIn(store)), line]);
    expect(findings).toMatchObject([{ code: 'wrong-key', n: 2 }, { code: 'may-be-cut-off' }]);
  });
});
