import type { ParticipantId } from '../participants/participants.types.ts';
import { isOnRecord } from './kept.rules.ts';
import type { LedgerRecord, PublicKey, Receipt } from './ledger.types.ts';

/** One person's copies of their answers, in order, each with the record of their own signature where there is one. */
export async function ownReceipts(
  records: AsyncIterable<LedgerRecord>,
  participantId: ParticipantId,
): Promise<readonly Receipt[]> {
  const receipts = new Map<string, Receipt>();
  let key: PublicKey | undefined;
  for await (const record of records) {
    const { fact } = record;
    if (fact.fact === 'opened' || fact.fact === 'continued') key = fact.key;
    if (!('answerId' in fact) || fact.participantId !== participantId || key === undefined) continue;
    const before = receipts.get(fact.answerId);
    if ('purpose' in fact && isOnRecord(fact.purpose) && !before)
      receipts.set(fact.answerId, { v: 1, receiptId: fact.answerId, record, key });
    if (fact.fact === 'signed' && before) receipts.set(fact.answerId, { ...before, signed: record });
  }
  return [...receipts.values()];
}
