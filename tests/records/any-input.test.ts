import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineOf, nextLink } from '../../src/records/chain.rules.ts';
import type { LedgerFact, LedgerRecord, Receipt } from '../../src/records/ledger.types.ts';
import { verifyReceipt } from '../../src/records/receipts.ts';
import { verifyLedger } from '../../src/records/verify.ts';
import { captured, epochOf, meetingId, written } from './facts.ts';

const names = ['opened', 'continued', 'closed', 'given', 'refused', 'signed', 'captured', 'of a later version'];
const fields = ['key', 'jws', 'text', 'noticeId', 'participantId', 'purpose', 'answerId', 'revision'];
const anyFact = fc
  .tuple(fc.constantFrom(...names), fc.dictionary(fc.constantFrom(...fields), fc.jsonValue()))
  .map(([fact, more]) => ({ ...more, fact }) as unknown as LedgerFact);

/** Records of any facts, each with a hash that fits. */
function chained(facts: readonly LedgerFact[]): string[] {
  const lines: string[] = [];
  let head: LedgerRecord | undefined;
  for (const fact of facts) {
    const link = nextLink(head, { at: '2026-01-01T00:00:00.000Z', meetingId, epoch: epochOf(1), fact });
    const line = lineOf(link.text, link.head.hash, 'a.b.c');
    lines.push(line);
    head = JSON.parse(line) as LedgerRecord;
  }
  return lines;
}

test('[G6] whatever stands in a ledger, verifying it ends in a verdict, and nothing that nobody signed holds', async () => {
  const genuine = await written([[captured('a'), captured('b')]]);
  const pieces = fc.oneof(
    fc.array(anyFact, { minLength: 1, maxLength: 6 }).map(chained),
    fc.array(fc.oneof(fc.string(), fc.json(), fc.constantFrom(...genuine)), { minLength: 1, maxLength: 6 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { minLength: 1, maxLength: 3 }), async (parts) => {
      const lines = parts.flat();
      const { held, records, findings } = await verifyLedger(lines);
      expect(records).toBe(lines.length);
      const isGenuine = genuine.slice(0, lines.length).every((line, place) => line === lines[place]);
      if (held) expect([isGenuine, lines.length <= genuine.length]).toEqual([true, true]);
      else expect(findings.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});

test('whatever a receipt is, verifying it ends in a verdict', async () => {
  await fc.assert(
    fc.asyncProperty(anyFact, anyFact, fc.jsonValue(), async (one, two, key) => {
      const [record, signed] = chained([one, two]).map((line) => JSON.parse(line) as LedgerRecord);
      const receipt = { v: 1, receiptId: 'r', record, signed, key } as unknown as Receipt;
      expect((await verifyReceipt(receipt)).held).toBe(false);
    }),
    { numRuns: 200 },
  );
});
