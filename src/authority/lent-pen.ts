import type { LedgerFact } from '../records/ledger.types.ts';
import type { Pen } from '../records/meeting-ledgers.ts';
import { meetingOpen } from '../records/records-errors.ts';
import type { LedgerDesk } from './ledger-desk.ts';

/** An authority's pen in other hands: what is written with it stands among the authority's own facts, and is handed over with them. */
export class LentPen implements Pen {
  readonly #ledger: Pick<LedgerDesk, 'record' | 'whenKept'>;
  readonly #written: (fact: LedgerFact) => void;
  readonly #unkept = new Set<Promise<unknown>>();
  readonly #ended: Promise<never>;
  /** Another decides: who waits for what this pen has written waits no more, and goes on by a pen of their own. */
  readonly end: () => void;

  /** `written` hears of each fact before it is kept. */
  constructor(meetingId: string, ledger: Pick<LedgerDesk, 'record' | 'whenKept'>, written: (fact: LedgerFact) => void) {
    this.#ledger = ledger;
    this.#written = written;
    let end = () => {};
    this.#ended = new Promise((_, reject) => {
      end = () => reject(meetingOpen(meetingId));
    });
    this.#ended.catch(() => {});
    this.end = end;
  }

  append(fact: LedgerFact): void {
    const record = this.#ledger.record(fact);
    this.#unkept.add(record);
    void record.then(() => this.#unkept.delete(record));
    this.#written(fact);
  }

  async kept(): Promise<void> {
    const isKept = new Promise<void>((resolve) => this.#ledger.whenKept(resolve));
    await Promise.race([Promise.all([isKept, ...this.#unkept]), this.#ended]);
  }
}
