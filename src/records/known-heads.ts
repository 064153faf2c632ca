import type { CheckedLine } from './checked-lines.ts';
import type { Findings } from './findings.ts';
import type { Fragment } from './fragments.ts';
import type { LedgerHead, Receipt } from './ledger.types.ts';
import { verifyReceipt } from './receipts.ts';
import type { KnownKeys } from './verify.types.ts';

interface Known extends LedgerHead {
  readonly what: string;
  /** Of a receipt's record. */
  readonly meetingId?: string;
  isThere: boolean;
  isOther: boolean;
}

/** Records that are known from elsewhere: the ledger must have them. */
export class KnownHeads {
  readonly #receipts: readonly Receipt[];
  readonly #known: Known[];
  readonly #byNumber = new Map<number, Known[]>();

  constructor(head: LedgerHead | undefined, receipts: readonly Receipt[]) {
    this.#receipts = receipts;
    this.#known = [
      ...(head ? [known(head, 'the head that was given')] : []),
      ...receipts.flatMap(({ receiptId, record, signed }) =>
        [record, signed].flatMap((each) => (each ? [known(each, `receipt ${JSON.stringify(receiptId)}`)] : [])),
      ),
    ];
    for (const each of this.#known) this.#byNumber.set(each.n, [...(this.#byNumber.get(each.n) ?? []), each]);
  }

  take({ record }: CheckedLine): void {
    for (const each of (record && this.#byNumber.get(record.n)) ?? []) {
      if (record?.hash === each.hash) each.isThere = true;
      else each.isOther = true;
    }
  }

  async say(last: Fragment | undefined, keys: KnownKeys, findings: Findings): Promise<void> {
    const end = last?.to ?? -1;
    const isElsewhere = (meetingId: unknown) =>
      last !== undefined && typeof meetingId === 'string' && meetingId !== last.meetingId;
    for (const { n, what, meetingId, isThere, isOther } of this.#known) {
      if (isThere || isElsewhere(meetingId)) continue;
      if (n > end) {
        const says = end < 0 ? 'There is no record' : `The ledger ends with record ${end}`;
        findings.add('cut-off', end + 1, { source: 0 }, `${says}, and ${what} knows record ${n}: the end was cut off.`);
      } else if (isOther) {
        const says = `Record ${n} is not the one of ${what}: it, or one before it, was written anew.`;
        findings.add('changed', n, { source: 0 }, says);
      }
    }
    for (const receipt of this.#receipts) {
      const { held, faults } = await verifyReceipt(receipt, { keys });
      const { receiptId, record } = receipt;
      if (isElsewhere(record?.meetingId)) {
        const says = `Receipt ${JSON.stringify(receiptId)} is of the meeting ${JSON.stringify(record?.meetingId)}, and says nothing of this ledger.`;
        findings.add('receipt-invalid', record?.n ?? 0, { source: 0 }, says);
      }
      if (held) continue;
      const says = `Receipt ${JSON.stringify(receiptId)} does not hold by itself: ${faults.join(', ')}.`;
      findings.add('receipt-invalid', record?.n ?? 0, { source: 0 }, says);
    }
  }
}

const known = ({ n, hash, meetingId }: LedgerHead & Pick<Known, 'meetingId'>, what: string): Known => ({
  n,
  hash,
  what,
  ...(meetingId !== undefined && { meetingId }),
  isThere: false,
  isOther: false,
});
