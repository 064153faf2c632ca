import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { base64url } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { lineOf, nextLink } from '../../src/records/chain.rules.ts';
import { signed } from '../../src/records/jws.ts';
import { makeKeys, publicKeyOf } from '../../src/records/keys.ts';
import type { LedgerFact, LedgerRecord } from '../../src/records/ledger.types.ts';
import { verifyLedger } from '../../src/records/verify.ts';
import { answer, captured, signatureOf, written } from './facts.ts';

/** Twenty-four records by three authorities. */
let lines: readonly string[];

beforeAll(async () => {
  const keys = await makeKeys();
  const facts = (from: number, count: number): LedgerFact[] =>
    Array.from({ length: count }, (_, place) => captured(`p-${from + place}`));
  const own = answer(1);
  lines = await written([
    [own, await signatureOf(own, keys), ...facts(0, 5)],
    [...facts(10, 4), answer(2)],
    [...facts(20, 7)],
  ]);
});

const first = async (changed: readonly string[], options = {}) => {
  const { held, findings } = await verifyLedger(changed, options);
  const [found] = findings;
  return { held, code: found?.code, n: found?.n };
};

const place = () => fc.nat(lines.length - 1);
const everyPlace = { numRuns: 60 };

describe('[G6] a ledger that is not there', () => {
  test('does not hold: nothing was looked at', async () => {
    const says = 'There is no record.';
    expect(await verifyLedger([])).toEqual({
      held: false,
      records: 0,
      findings: [{ code: 'may-be-cut-off', n: 0, source: 0, says }],
      answers: { signed: 0, unsigned: [], invalid: [] },
    });
  });

  test('is misuse where a path or a text stands in place of its lines', async () => {
    const expected = 'must be a list or a stream, such as ledger.records(meetingId), not';
    await expect(verifyLedger('weekly.jsonl')).rejects.toThrow(
      new TypeError(`verifyLedger: a ledger ${expected} "weekly.jsonl".`),
    );
    await expect(verifyLedger(lines, { others: [undefined as never] })).rejects.toThrow(
      new TypeError(`verifyLedger: a ledger ${expected} undefined.`),
    );
  });
});

describe('[G6] a ledger that was tampered with', () => {
  test('holds while nobody has', async () => {
    const verdict = await verifyLedger(lines);
    expect(verdict).toEqual({
      held: true,
      records: lines.length,
      meetingId: 'weekly',
      head: { n: lines.length - 1, hash: (JSON.parse(lines.at(-1) ?? '') as LedgerRecord).hash },
      findings: [],
      answers: {
        signed: 1,
        invalid: [],
        unsigned: [
          {
            n: lines.findIndex((line) => line.includes('answer-2')),
            participantId: 'bo-2',
            answerId: 'answer-2',
            purpose: 'recording',
            fact: 'given',
          },
        ],
      },
    });
  });

  test('is named at the record of which a bit was flipped, whichever it is', async () => {
    await fc.assert(
      fc.asyncProperty(place(), fc.nat(), fc.nat(7), async (n, where, bit) => {
        const bytes = Buffer.from(lines[n] ?? '');
        const at = where % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        const text = lines.with(n, bytes.toString('utf8')).join('\n');
        expect(await first(text.split('\n'))).toEqual({ held: false, code: 'changed', n });
      }),
      { numRuns: 300 },
    );
  });

  test('is named at the first record that was removed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(lines.length - 2), fc.integer({ min: 1, max: 5 }), async (n, count) => {
        const until = Math.min(n + count, lines.length - 1);
        const changed = [...lines.slice(0, n), ...lines.slice(until)];
        expect(await first(changed)).toEqual({ held: false, code: 'removed', n });
      }),
      everyPlace,
    );
  });

  test('is named at the first of two records that changed places', async () => {
    await fc.assert(
      fc.asyncProperty(place(), place(), async (a, b) => {
        fc.pre(a !== b);
        const changed = lines.with(a, lines[b] ?? '').with(b, lines[a] ?? '');
        expect(await first(changed)).toEqual({ held: false, code: 'reordered', n: Math.min(a, b) });
      }),
      everyPlace,
    );
  });

  test('is named at a record that stands there twice', async () => {
    await fc.assert(
      fc.asyncProperty(place(), fc.nat(lines.length), async (n, where) => {
        const changed = [...lines.slice(0, where), lines[n] ?? '', ...lines.slice(where)];
        expect(await first(changed)).toEqual({ held: false, code: 'added', n });
      }),
      everyPlace,
    );
  });

  test('is named at a made-up record, however well it is made', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: lines.length - 1 }), async (n) => {
        const changed = [...lines.slice(0, n), await forged(n), ...lines.slice(n)];
        expect(await first(changed)).toEqual({ held: false, code: 'added', n });
      }),
      everyPlace,
    );
  });

  test('is named at a record that was changed and hashed anew', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: lines.length - 1 }), async (n) => {
        expect(await first(lines.with(n, await forged(n)))).toEqual({ held: false, code: 'changed', n });
      }),
      everyPlace,
    );
  });

  test('may have been cut off where its end is missing, and was where a head is known', async () => {
    const head = headOf(lines.at(-1) ?? '');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: lines.length - 1 }), async (n) => {
        const rest = lines.slice(0, n);
        expect(await first(rest)).toEqual({ held: true, code: 'may-be-cut-off', n: n - 1 });
        expect(await first(rest, { head })).toEqual({ held: false, code: 'cut-off', n });
      }),
      everyPlace,
    );
  });
});

describe('[G6] a ledger whose writer has tampered with it', () => {
  test('is named at a record that was signed anew with its own key', async () => {
    const keys = await makeKeys();
    const own = await written([[captured('a'), captured('b'), captured('c')]], { keys });
    const anew = await signedAnew(own, 2, captured('nobody'), keys);
    expect(await first(own.with(2, anew))).toEqual({ held: false, code: 'changed', n: 2 });
    expect(await first([...own.slice(0, 2), anew])).toEqual({ held: true, code: 'may-be-cut-off', n: 2 });
    const known = { head: headOf(own.at(-1) ?? '') };
    expect(await first([...own.slice(0, 2), anew], known)).toEqual({ held: false, code: 'cut-off', n: 3 });
    expect(await first(own.slice(0, 2).concat(anew), { head: headOf(own[2] ?? '') })).toMatchObject({
      n: 2,
      held: false,
    });
  });

  test('is named where somebody puts their own key in the place of an authority’s', async () => {
    const theirs = await makeKeys();
    const opening = lines.findIndex((line, place) => place > 0 && line.includes('"continued"'));
    const fact = { fact: 'continued', key: await publicKeyOf(theirs) } as const;
    const changed = lines.with(opening, await signedAnew(lines, opening, fact, theirs));
    expect(await first(changed)).toEqual({ held: false, code: 'changed', n: opening });
  });

  test('is named at a record of another meeting', async () => {
    const other = await written([[captured('x')]], { meetingId: 'monthly' });
    const changed = [...lines, ...other];
    expect((await verifyLedger(changed)).findings).toMatchObject([{ code: 'added', n: 0, line: lines.length + 1 }]);
  });
});

test('[G6] nothing stands on a line that its hash is not over, even where JSON would not see it', async () => {
  for (const [from, to] of [
    ['{', '{"fact":{"fact":"refused"},'],
    ['{', '{ '],
    [',"v":1', ',"v":1.0'],
    ['weekly', '\\u0077eekly'],
  ] as const) {
    const changed = lines.with(3, lines[3]?.replace(from, to) ?? '');
    expect(JSON.parse(changed[3] ?? '')).toEqual(JSON.parse(lines[3] ?? ''));
    expect(await first(changed)).toEqual({ held: false, code: 'changed', n: 3 });
  }
});

/** The record numbered `n` of a ledger, with another fact, signed with a key. */
async function signedAnew(of: readonly string[], n: number, fact: LedgerFact, keys: CryptoKeyPair): Promise<string> {
  const { at, meetingId, epoch } = JSON.parse(of[n] ?? '') as LedgerRecord;
  const link = nextLink(headOf(of[n - 1] ?? ''), { at, meetingId, epoch, fact });
  return lineOf(link.text, link.head.hash, await signed(base64url.decode(link.head.hash), keys));
}

const headOf = (line: string) => {
  const { n, hash } = JSON.parse(line) as LedgerRecord;
  return { n, hash };
};

/** A record numbered `n` that continues the one before, with a hash that fits and somebody else's signature. */
async function forged(n: number): Promise<string> {
  const before = headOf(lines[n - 1] ?? '');
  const { at, meetingId, epoch, jws } = JSON.parse(lines[n] ?? '') as LedgerRecord;
  const link = nextLink(before, { at, meetingId, epoch, fact: captured('nobody') });
  return lineOf(link.text, link.head.hash, jws);
}

test('[G6] a ledger that was written by the first version that had one still holds', async () => {
  const kept = readFileSync('examples/ledgers/weekly.jsonl', 'utf8').trimEnd().split('\n');
  const { held, findings, records, answers } = await verifyLedger(kept);
  expect({ held, findings, records, signed: answers.signed }).toEqual({
    held: true,
    findings: [],
    records: 16,
    signed: 2,
  });
});
