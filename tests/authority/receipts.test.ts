import { beforeAll, describe, expect, test, vi } from 'vitest';
import { Receipts } from '../../src/authority/receipts.ts';
import { derivedId } from '../../src/core/ids.ts';
import { type LedgerKeys, makeKeys } from '../../src/records/keys.ts';
import type { LedgerFact, LedgerRecord, PublicKey } from '../../src/records/ledger.types.ts';
import { signAnswer } from '../../src/records/receipts.ts';
import { signedAnswer } from '../../src/records/signed-answer.ts';
import type { SignedMessage } from '../../src/transport/messages.types.ts';
import { authorityContext } from './authority-context.ts';

const epoch = { number: 1, id: 'hana', incarnation: 'a' };
const words = {
  meetingId: 'weekly',
  participantId: 'bo',
  answerId: 'a1',
  revision: 1,
  answers: { recording: 'given' },
} as const;
const text = signedAnswer(words);
let keys: LedgerKeys;

beforeAll(async () => {
  keys = await makeKeys();
});

const recordOf = (fact: LedgerFact, n = 0): LedgerRecord => ({
  v: 1,
  n,
  at: '2026-01-01T00:00:00.000Z',
  meetingId: 'weekly',
  epoch,
  prev: '',
  fact,
  hash: `h${n}`,
  jws: 'jws',
});
const given = recordOf({ fact: 'expired', recordingId: 'r', participantId: 'bo', purpose: 'recording' }, 7);

/** An authority's receipts, where the test keeps what is recorded; bo has two devices, cy one. */
function desk({ key = { kty: 'OKP' } }: { key?: PublicKey | null } = {}) {
  const sent: unknown[] = [];
  const recorded: LedgerFact[] = [];
  const doubts: string[] = [];
  const { context, failed } = authorityContext({
    send: (message, to) => void sent.push({ to, ...message }),
    doubt: (code, from) => void doubts.push(`${code} ${from}`),
  });
  const receipts = new Receipts({
    context,
    record: (fact) => {
      recorded.push(fact);
      return Promise.resolve(recordOf(fact, 8));
    },
    key: () => key ?? undefined,
    tellHead: () => void sent.push('head'),
  });
  const seats = { bo: 'bo', phone: 'bo', cy: 'cy' };
  for (const [endpoint, id] of Object.entries(seats)) {
    context.people.enter(endpoint, id, { role: 'participant', channel: 'app', sdk: true, at: 0 });
  }
  return {
    receipts,
    recorded,
    doubts,
    failed,
    /** Says a signature, or that there is none. */
    signed(endpoint: keyof typeof seats, message: Partial<SignedMessage> = {}) {
      const seat = context.people.seat(endpoint);
      if (!seat) throw new Error(`nobody is at ${endpoint}`);
      receipts.signed(seat, { t: 'signed', id: 'a1', recordingId: 'r', ...message });
    },
    /** What was sent since the last look, once so many receipts were: a signature is looked at beside all else. */
    async sent(count = 1) {
      const isReceipts = (each: unknown) => each !== 'head';
      await vi.waitFor(() => expect(sent.filter(isReceipts).length).toBe(count), { timeout: 2000, interval: 1 });
      return sent.splice(0);
    },
  };
}

const receiptOf = (record: LedgerRecord, more = {}, answerId = 'a1') => ({
  v: 1,
  receiptId: derivedId('r', 'bo', answerId),
  record,
  key: { kty: 'OKP' },
  ...more,
});
const message = (to: string, receipts: readonly unknown[], id = 'a1') => [
  'head',
  { t: 'receipts', to: [to], epoch, id, receipts },
];

describe('[G6] the receipts of an answer', () => {
  test('are one for each purpose, with the record of the signature, once both are kept and hosts know how far it has come', async () => {
    const { receipts, recorded, signed, sent } = desk();
    const other = { ...given, n: 9 };
    receipts.answered('bo', 'a1', text, [Promise.resolve(given), Promise.resolve(other)]);
    const signature = await signAnswer(keys, words);
    const fact = { fact: 'signed', recordingId: 'r', participantId: 'bo', answerId: 'a1', ...signature } as const;
    const own = { signed: recordOf(fact, 8) };
    signed('bo', signature);
    expect(await sent()).toStrictEqual(message('bo', [receiptOf(given, own), receiptOf(other, own)]));
    expect(recorded).toEqual([fact]);
  });

  test('go again to whichever client says it again; the signature is kept once, as it was said first', async () => {
    const { receipts, recorded, signed, sent } = desk();
    receipts.answered('bo', 'a1', text, [Promise.resolve(given)]);
    const signature = await signAnswer(keys, words);
    const told: unknown[] = [];
    for (const [endpoint, said] of [
      ['bo', signature],
      ['phone', await signAnswer(keys, words)],
      ['phone', {}],
    ] as const) {
      signed(endpoint, said);
      told.push(await sent());
    }
    const own = {
      signed: recordOf({ fact: 'signed', recordingId: 'r', participantId: 'bo', answerId: 'a1', ...signature }, 8),
    };
    expect(told).toEqual([
      message('bo', [receiptOf(given, own)]),
      message('phone', [receiptOf(given, own)]),
      message('phone', [receiptOf(given, own)]),
    ]);
    expect(recorded.length).toBe(1);
  });

  test('are without a signature where the client cannot sign', async () => {
    const { jws, key } = await signAnswer(keys, words);
    for (const half of [{}, { jws }, { key }]) {
      const { receipts, recorded, signed, sent, doubts, failed } = desk();
      receipts.answered('bo', 'a1', text, [Promise.resolve(given)]);
      signed('bo', half);
      expect(await sent()).toStrictEqual(message('bo', [receiptOf(given)]));
      expect([recorded, doubts, failed]).toEqual([[], [], []]);
    }
  });

  test('are without one that is over something else: that is kept nowhere, and reported', async () => {
    const { receipts, recorded, signed, sent, doubts } = desk();
    receipts.answered('bo', 'a1', text, [Promise.resolve(given)]);
    const refused = await signAnswer(keys, { ...words, answers: { recording: 'refused' } });
    signed('phone', refused);
    expect(await sent()).toStrictEqual(message('phone', [receiptOf(given)]));
    expect([recorded, doubts]).toEqual([[], ['ledger/bad-signature phone']]);
  });

  test('are of nobody else’s answer, and of none that is not known', async () => {
    const { receipts, recorded, signed, sent, failed } = desk();
    receipts.answered('bo', 'a1', text, [Promise.resolve(given)]);
    const signature = await signAnswer(keys, words);
    signed('cy', signature);
    signed('bo', { ...signature, id: 'a2' });
    signed('bo');
    expect(await sent()).toStrictEqual(message('bo', [receiptOf(given)]));
    expect([recorded, failed]).toEqual([[], []]);
  });

  test('wait until each record is kept, and leave out what never will be', async () => {
    const { receipts, signed, sent } = desk();
    let keep = (_: LedgerRecord | undefined) => {};
    const later = new Promise<LedgerRecord | undefined>((resolve) => {
      keep = resolve;
    });
    receipts.answered('bo', 'a1', text, [Promise.resolve(given), later]);
    signed('bo');
    await new Promise((resolve) => setImmediate(resolve));
    expect(await sent(0)).toEqual([]);
    keep(undefined);
    signed('phone');
    expect(await sent(2)).toEqual([...message('bo', [receiptOf(given)]), ...message('phone', [receiptOf(given)])]);
  });

  test('have an empty key where whoever writes has none', async () => {
    const { receipts, signed, sent } = desk({ key: null });
    receipts.answered('bo', 'a1', text, [Promise.resolve(given)]);
    signed('bo');
    expect(await sent()).toEqual(message('bo', [receiptOf(given, { key: {} })]));
  });

  test('[G9] can be had until 1,024 others have answered', async () => {
    const { receipts, signed, sent } = desk();
    receipts.answered('bo', 'a1', text, [Promise.resolve(given)]);
    for (let n = 2; n <= 1024; n += 1) receipts.answered('bo', `a${n}`, text, [Promise.resolve(given)]);
    signed('bo');
    expect(await sent()).toEqual(message('bo', [receiptOf(given)]));
    receipts.answered('bo', 'a1025', text, [Promise.resolve(given)]);
    signed('bo');
    signed('bo', { id: 'a2' });
    expect(await sent()).toEqual(message('bo', [receiptOf(given, {}, 'a2')], 'a2'));
  });
});
