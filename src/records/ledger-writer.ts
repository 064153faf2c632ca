import type { Clock } from '../core/clock.ts';
import { isNoticeError, type NoticeError } from '../core/errors.ts';
import type { Epoch } from '../participants/participants.types.ts';
import { type Link, lineOf, nextLink, withoutAttention } from './chain.rules.ts';
import { signed } from './jws.ts';
import type { LedgerKeys } from './keys.ts';
import type { LedgerFact, LedgerHead, LedgerRecord, LedgerStore, LedgerWriter, PublicKey } from './ledger.types.ts';
import {
  ledgerAbandoned,
  ledgerClosed,
  ledgerFactInvalid,
  ledgerKeyFailed,
  ledgerStoreFailed,
} from './ledger-errors.ts';
import { libraries } from './libraries.ts';

/** What a writer needs to write. */
export interface WriterParts {
  readonly meetingId: string;
  readonly epoch: Epoch;
  readonly store: LedgerStore;
  readonly keys: LedgerKeys;
  /** Its public half. */
  readonly key: PublicKey;
  readonly clock: Clock;
  /** The record that its first continues. */
  readonly after: LedgerHead | undefined;
  /** It was closed, and all of it is kept. */
  readonly closed: () => void;
}

interface Waiter {
  readonly n: number;
  resolve(): void;
  reject(error: NoticeError): void;
}

/** Most records in one call of the store. */
const mostAtOnce = 1000;
const firstRetryMs = 100;
const lastRetryMs = 30_000;

/** Appends to a store in order, one call at a time: what waits meanwhile goes into the next. */
export class ChainWriter implements LedgerWriter {
  readonly #parts: WriterParts;
  readonly #waiting: Link[] = [];
  readonly #signed = new WeakMap<Link, Promise<string>>();
  readonly #waiters: Waiter[] = [];
  readonly #told = new Map<Link, (record: LedgerRecord | undefined) => void>();
  #head: LedgerHead | undefined;
  /** The last record that was appended, kept or not. */
  #last: LedgerHead | undefined;
  #refused: NoticeError | undefined;
  #writing: Promise<void> | undefined;
  #abandoned: Promise<void> | undefined;
  /** It was told to stop before all was kept. */
  #gaveUp: NoticeError | undefined;
  #isEnded = false;
  #retryMs = firstRetryMs;
  #retry: unknown;

  constructor(parts: WriterParts) {
    this.#parts = parts;
    this.#last = parts.after;
    this.#head = parts.after;
  }

  get head(): LedgerHead | undefined {
    return this.#head;
  }

  get key(): PublicKey {
    return this.#parts.key;
  }

  append(fact: LedgerFact): void {
    this.#take(fact);
  }

  record(fact: LedgerFact): Promise<LedgerRecord | undefined> {
    const link = this.#take(fact);
    if (link === undefined) return Promise.resolve(undefined);
    return new Promise((kept) => {
      this.#told.set(link, kept);
    });
  }

  #take(fact: LedgerFact): Link | undefined {
    const { meetingId, epoch, clock } = this.#parts;
    const kept = withoutAttention(fact);
    if (kept === undefined) return undefined;
    if (this.#isEnded) {
      this.#refused ??= ledgerClosed(meetingId);
      return undefined;
    }
    let link: Link;
    try {
      const at = new Date(clock.now()).toISOString();
      link = nextLink(this.#last, { at, meetingId, epoch, fact: kept });
    } catch (cause) {
      this.#refused ??= ledgerFactInvalid(fact.fact, cause);
      return undefined;
    }
    this.#last = link.head;
    this.#waiting.push(link);
    // While a retry is due the store has just failed: it is not asked by each fact.
    if (this.#retry === undefined) this.#write();
    return link;
  }

  kept(): Promise<void> {
    const refused = this.#refused;
    if (refused !== undefined) {
      this.#refused = undefined;
      return Promise.reject(refused);
    }
    return this.#written();
  }

  abandon(): Promise<void> {
    this.#isEnded = true;
    this.#abandoned ??= this.#abandon();
    return this.#abandoned;
  }

  close(): Promise<void> {
    if (!this.#isEnded) this.append({ fact: 'closed' });
    this.#isEnded = true;
    return this.kept().then(() => this.#parts.closed());
  }

  /** Takes nothing more; resolves once what was appended is kept, or given up. */
  end(): Promise<void> {
    this.#isEnded = true;
    return this.#abandoned ?? this.#written();
  }

  async #abandon(): Promise<void> {
    const { clock, meetingId, closed } = this.#parts;
    clock.clearTimeout(this.#retry);
    await this.#writing;
    const left = this.#waiting.splice(0);
    closed();
    if (left.length === 0) return;
    const gaveUp = ledgerAbandoned(meetingId, left.length);
    this.#gaveUp = gaveUp;
    for (const { reject } of this.#waiters.splice(0)) reject(gaveUp);
    for (const link of left) this.#told.get(link)?.(undefined);
  }

  #written(): Promise<void> {
    if (this.#gaveUp) return Promise.reject(this.#gaveUp);
    const last = this.#waiting.at(-1);
    if (last === undefined) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiters.push({ n: last.head.n, resolve, reject });
      this.#write();
    });
  }

  #write(): void {
    this.#writing ??= this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    this.#parts.clock.clearTimeout(this.#retry);
    this.#retry = undefined;
    // All that is appended in this turn goes together.
    await Promise.resolve();
    try {
      while (this.#waiting.length > 0 && !this.#abandoned) await this.#writeSome();
      this.#retryMs = firstRetryMs;
    } catch (error) {
      if (!this.#abandoned) this.#retryLater();
      for (const { reject } of this.#waiters.splice(0)) reject(error as NoticeError);
    } finally {
      this.#writing = undefined;
    }
  }

  async #writeSome(): Promise<void> {
    const { meetingId, store } = this.#parts;
    const links = this.#waiting.slice(0, mostAtOnce);
    const lines = await Promise.all(links.map((link) => this.#lineOf(link)));
    try {
      await store.append(meetingId, lines);
    } catch (cause) {
      if (isNoticeError(cause, 'ledger/store-failed')) throw cause;
      throw ledgerStoreFailed(`keep ${lines.length} records of ${JSON.stringify(meetingId)}`, cause);
    }
    this.#waiting.splice(0, links.length);
    this.#head = links.at(-1)?.head;
    this.#tell(links, lines);
  }

  #tell(links: readonly Link[], lines: readonly string[]): void {
    for (const [place, link] of links.entries()) {
      this.#told.get(link)?.(JSON.parse(lines[place] ?? '') as LedgerRecord);
      this.#told.delete(link);
    }
    const n = this.#head?.n ?? -1;
    const still = this.#waiters.findIndex((waiter) => waiter.n > n);
    for (const { resolve } of this.#waiters.splice(0, still < 0 ? this.#waiters.length : still)) resolve();
  }

  async #lineOf(link: Link): Promise<string> {
    const { hash } = link.head;
    let jws = this.#signed.get(link);
    if (jws === undefined) {
      jws = signed(libraries().jose.base64url.decode(hash), this.#parts.keys);
      this.#signed.set(link, jws);
    }
    try {
      return lineOf(link.text, hash, await jws);
    } catch (cause) {
      this.#signed.delete(link);
      throw ledgerKeyFailed(cause);
    }
  }

  #retryLater(): void {
    const { clock } = this.#parts;
    this.#retry = clock.setTimeout(() => this.#write(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, lastRetryMs);
  }
}
