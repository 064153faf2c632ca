import type { Clock } from '../core/clock.ts';
import { randomId } from '../core/ids.ts';
import type { Ledger, LedgerFact, LedgerRecord, LedgerWriter } from './ledger.types.ts';
import { type Lock, lockOf } from './lock.ts';
import { meetingOpen } from './records-errors.ts';

/** What somebody writes to a meeting's ledger with. */
export type Pen = Pick<LedgerWriter, 'append' | 'kept'>;

/** What rights, access and retention stand on. */
export interface RecordsOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Between processes that write to the same ledger; without one, between what uses this ledger object. */
  readonly lock?: Lock;
  /** The pen of a meeting that goes on in this process: its authority's. */
  readonly writerOf?: (meetingId: string) => Pen | undefined;
  /** Whether nobody writes for a meeting any more whose ledger was not closed; without it, that is so after a day. */
  readonly isOver?: (meetingId: string) => boolean | Promise<boolean>;
}

/** One meeting's ledger, while nobody else writes to it but who decides for the meeting. */
export interface MeetingLedger {
  readonly meetingId: string;
  /** Whether somebody who decides may be writing still, here or elsewhere. */
  isOpen(): Promise<boolean>;
  /** Every record as kept by now. */
  records(): AsyncIterable<LedgerRecord>;
  /**
   * Resolves once all of these facts are kept.
   * @throws NoticeError `records/meeting-open`, `ledger/store-failed`.
   */
  write(...facts: readonly LedgerFact[]): Promise<void>;
}

/** Who writes where no authority does; no participant has a name with a slash from this library. */
const recordsId = 'meeting-notice/records';
const dayMs = 24 * 60 * 60 * 1000;

/** An instant as the ledger has it. */
export const timeOf = (ms: number): string => new Date(ms).toISOString();

class OneLedger implements MeetingLedger {
  readonly meetingId: string;
  readonly #options: RecordsOptions;
  #own: LedgerWriter | undefined;

  constructor(meetingId: string, options: RecordsOptions) {
    this.meetingId = meetingId;
    this.#options = options;
  }

  records(): AsyncIterable<LedgerRecord> {
    return this.#options.ledger.records(this.meetingId);
  }

  async isOpen(): Promise<boolean> {
    if (this.#own !== undefined) return false;
    return this.#options.writerOf?.(this.meetingId) !== undefined || !(await this.#isOver(await this.#last()));
  }

  async write(...facts: readonly LedgerFact[]): Promise<void> {
    const writer = this.#options.writerOf?.(this.meetingId) ?? (await this.#pen());
    for (const fact of facts) writer.append(fact);
    await writer.kept();
  }

  /**
   * A pen of its own is put away again, so that the next meeting of this name finds a ledger that is closed. Where that
   * fails it writes no more: who asked for what it had not kept was told so, and somebody else may hold the lock by then.
   */
  async end(): Promise<void> {
    const own = this.#own;
    await own?.close().catch(() => own.abandon());
  }

  async #pen(): Promise<LedgerWriter> {
    this.#own ??= await this.#opened();
    return this.#own;
  }

  async #opened(): Promise<LedgerWriter> {
    const { meetingId } = this;
    const last = await this.#last();
    if (!(await this.#isOver(last))) throw meetingOpen(meetingId);
    const epoch = { number: (last?.epoch.number ?? 0) + 1, id: recordsId, incarnation: randomId() };
    const continues = last && { n: last.n, hash: last.hash };
    return await this.#options.ledger.open({ meetingId, epoch, ...(continues && { continues }) });
  }

  async #last(): Promise<LedgerRecord | undefined> {
    let last: LedgerRecord | undefined;
    for await (const record of this.records()) last = record;
    return last;
  }

  async #isOver(last: LedgerRecord | undefined): Promise<boolean> {
    if (last === undefined || last.fact.fact === 'closed' || last.epoch.id === recordsId) return true;
    const { isOver, clock } = this.#options;
    return isOver ? await isOver(this.meetingId) : clock.now() - Date.parse(last.at) >= dayMs;
  }
}

/** The ledgers of meetings that go on here or are over: read and written by one task at a time. */
export class MeetingLedgers {
  readonly #options: RecordsOptions;
  readonly #lock: Lock;

  constructor(options: RecordsOptions) {
    this.#options = options;
    this.#lock = options.lock ?? lockOf(options.ledger);
  }

  /** Does a task while it holds the meeting's lock. */
  with<T>(meetingId: string, task: (ledger: MeetingLedger) => Promise<T>): Promise<T> {
    return this.#lock.hold(`meeting-notice/${meetingId}`, async () => {
      const ledger = new OneLedger(meetingId, this.#options);
      try {
        return await task(ledger);
      } finally {
        await ledger.end();
      }
    });
  }

  meetings(): AsyncIterable<string> {
    return this.#options.ledger.meetings();
  }

  now(): number {
    return this.#options.clock.now();
  }
}
