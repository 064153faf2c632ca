import { isNoticeError } from '../core/errors.ts';
import type { Ledger, LedgerFact, LedgerHead, LedgerRecord, LedgerWriter, PublicKey } from '../records/ledger.types.ts';
import { times } from '../transport/times.ts';
import type { AuthorityContext } from './authority.types.ts';

interface Entry {
  readonly fact: LedgerFact;
  readonly kept: (record: LedgerRecord | undefined) => void;
}

/**
 * What one authority writes with: facts in order, through a store that may fail and come back. Whatever is not kept when
 * the authority hands over is the next one's to write, and written by nobody else.
 */
export class LedgerPen {
  readonly #context: AuthorityContext;
  readonly #ledger: Ledger;
  readonly #before: LedgerHead | undefined;
  #writer: LedgerWriter | undefined;
  /** The writer that there is or was. */
  #last: LedgerWriter | undefined;
  /** For a writer that is not there, or while all is handed over. */
  readonly #waiting: Entry[] = [];
  /** What the writer has taken and not kept yet. */
  readonly #written = new Set<Entry>();
  readonly #tasks: (() => void)[] = [];
  /** The ledger is being opened, or a writer is being stopped. */
  #isTurning = false;
  #isKeeping = false;
  #failure: string | undefined;
  #end: 'closed' | 'handed-over' | 'superseded' | undefined;

  constructor(context: AuthorityContext, ledger: Ledger, head?: LedgerHead, unkept: readonly LedgerFact[] = []) {
    this.#context = context;
    this.#ledger = ledger;
    this.#before = head;
    for (const fact of unkept) void this.record(fact);
    this.#open();
  }

  /** Why nothing is kept at this time, as a code. */
  get failure(): string | undefined {
    return this.#failure;
  }

  get head(): LedgerHead | undefined {
    return this.#last ? this.#last.head : this.#before;
  }

  get key(): PublicKey | undefined {
    return this.#last?.key;
  }

  /** Resolves with the record of a fact once it is kept, or with nothing for one that is not a ledger's to keep. */
  record(fact: LedgerFact): Promise<LedgerRecord | undefined> {
    return new Promise((kept) => this.#write({ fact, kept }));
  }

  /** Runs a task once all that was written so far is kept. */
  whenKept(task: () => void): void {
    this.#tasks.push(task);
    this.#keep();
  }

  /**
   * What is not kept, for whoever decides next: nothing where the store takes all. `undefined` while anything may still be
   * kept: where the store fails, the writer is stopped first, so that no fact is written by both.
   */
  handOver(): readonly LedgerFact[] | undefined {
    if (this.#isTurning) return undefined;
    if (this.#failure === undefined) {
      return this.#writer && this.#written.size + this.#waiting.length + this.#tasks.length === 0 ? [] : undefined;
    }
    if (this.#writer) {
      this.#stop(this.#writer);
      return undefined;
    }
    this.#context.timers.clear('ledger open');
    return this.#waiting.map(({ fact }) => fact);
  }

  /** Nobody took what was handed over: what was held back is written. */
  goOn(): void {
    if (!this.#writer) {
      if (!this.#isTurning) this.#open();
      return;
    }
    for (const entry of this.#waiting.splice(0)) this.#write(entry);
    this.#keep();
  }

  /** Whoever decides next goes on with the chain where it was handed over; else the rest is tried for a while. */
  close(how: 'closed' | 'handed-over' | 'superseded'): void {
    this.#end = how;
    const writer = this.#writer;
    this.#writer = undefined;
    if (writer) this.#finish(writer);
    else if (!this.#isTurning) this.#openOnceMore();
  }

  #write(entry: Entry): void {
    const writer = this.#context.isHandingOver() ? undefined : this.#writer;
    if (!writer) {
      this.#waiting.push(entry);
      return;
    }
    this.#written.add(entry);
    void writer.record(entry.fact).then((record) => {
      // A writer that was stopped has not refused it: another writes it.
      if (!record && this.#writer !== writer) return;
      this.#written.delete(entry);
      entry.kept(record);
    });
  }

  #open(): void {
    const { meetingId, epoch } = this.#context.options;
    const { head } = this;
    this.#isTurning = true;
    this.#ledger.open({ meetingId, epoch, ...(head && { continues: head }) }).then(
      (writer) => {
        if (this.#end) this.#finish(writer);
        else this.#turned(() => this.#take(writer));
      },
      (cause) => this.#turned(() => this.#failed(cause, 'open', () => this.#open())),
    );
  }

  /** For what is left as the meeting ends, and no later: by then the next to decide here may have opened it. */
  #openOnceMore(): void {
    if (this.#end === 'closed' && this.#waiting.length > 0) this.#open();
  }

  #take(writer: LedgerWriter): void {
    this.#writer = writer;
    this.#last = writer;
    // One that failed keeps again once it has kept that it begins.
    if (this.#failure !== undefined) this.#tasks.push(() => {});
    this.goOn();
  }

  /** It is opened again a little later, unless all is handed over by then. */
  #stop(writer: LedgerWriter): void {
    this.#writer = undefined;
    this.#isTurning = true;
    void writer.abandon().then(() =>
      this.#turned(() => {
        this.#waiting.unshift(...this.#written);
        this.#written.clear();
        if (this.#end) this.#openOnceMore();
        else this.#context.timers.set('ledger open', times.repeatMs, () => this.#open());
      }),
    );
  }

  #turned(task: () => void): void {
    this.#context.post(() => {
      this.#isTurning = false;
      task();
    });
  }

  #finish(writer: LedgerWriter): void {
    if (this.#end === 'handed-over') {
      void writer.abandon();
      return;
    }
    const { clock } = this.#context.options;
    for (const { fact } of this.#waiting.splice(0)) writer.append(fact);
    const givenUp = clock.setTimeout(() => void writer.abandon(), times.giveUpMs);
    writer.close().then(
      () => clock.clearTimeout(givenUp),
      () => {},
    );
  }

  #keep(): void {
    const writer = this.#writer;
    if (!writer || this.#isKeeping || this.#tasks.length === 0) return;
    const { post } = this.#context;
    const tasks = this.#tasks.splice(0);
    const again = () => {
      this.#isKeeping = false;
      this.#keep();
    };
    this.#isKeeping = true;
    writer.kept().then(
      () =>
        post(() => {
          this.#failure = undefined;
          for (const task of tasks) task();
          again();
        }),
      (cause) =>
        post(() => {
          this.#tasks.unshift(...tasks);
          if (this.#writer === writer) this.#failed(cause, 'keep', again);
          else again();
        }),
    );
  }

  /** Nothing is acknowledged meanwhile, and nothing is lost. */
  #failed(cause: unknown, what: 'open' | 'keep', again: () => void): void {
    const { doubt, epoch } = this.#context.options;
    const code = isNoticeError(cause) ? cause.code : 'ledger/store-failed';
    if (this.#failure !== code) doubt(code, epoch.id);
    this.#failure = code;
    if (!this.#end) this.#context.timers.set(`ledger ${what}`, times.repeatMs, again);
  }
}
