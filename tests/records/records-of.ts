import type { LedgerFact, LedgerRecord } from '../../src/records/ledger.types.ts';

/** The second of 31 January 2026 from nine o'clock on, as records have it. */
export const at = (second: number): string => new Date(Date.UTC(2026, 0, 31, 9, 0, second)).toISOString();

/** A meeting's ledger of these facts, each a second after the one before; for rules that look at no hash and no signature. */
export async function* recordsOf(...facts: readonly LedgerFact[]): AsyncGenerator<LedgerRecord> {
  for (const [n, fact] of facts.entries()) {
    const epoch = { number: 1, id: 'hana', incarnation: 'a' };
    yield { v: 1, n, at: at(n), meetingId: 'weekly', epoch, prev: '', fact, hash: '', jws: '' };
  }
}
