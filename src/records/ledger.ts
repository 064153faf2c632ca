import { type Clock, systemClock } from '../core/clock.ts';
import { isNoticeError } from '../core/errors.ts';
import { checkKind, checkMethods, checkText, ports } from '../core/misuse.ts';
import { continues } from './chain.rules.ts';
import { type LedgerKeys, makeKeys, publicKeyOf } from './keys.ts';
import type { Ledger, LedgerHead, LedgerRecord, LedgerStore } from './ledger.types.ts';
import { ledgerCorrupt, ledgerKeyFailed, ledgerStoreFailed } from './ledger-errors.ts';
import { ChainWriter } from './ledger-writer.ts';
import { loadLibraries } from './libraries.ts';
import { recordOf } from './record.parse.ts';

/** What a ledger is made of. */
export interface LedgerOptions {
  readonly store: LedgerStore;
  /** What its records are signed with; default: a pair made for this ledger, whose private half cannot be exported. */
  readonly keys?: LedgerKeys;
  readonly clock?: Clock;
}

/**
 * The ledger of a host's client or a server: facts in order, each chained to the one before and signed, in a store.
 * @throws TypeError for a store or a clock that is none.
 */
export function createLedger(options: LedgerOptions): Ledger {
  checkKind('createLedger: options', 'object', options);
  const { store, keys, clock = systemClock } = options;
  checkKind('createLedger: store', 'object', store);
  checkMethods('store', ['append', 'read', 'meetings'], store);
  checkMethods('clock', ports.clock, clock);
  const writers = new Map<string, ChainWriter>();
  let made: Promise<LedgerKeys> | undefined;

  async function ownKeys(): Promise<LedgerKeys> {
    if (keys !== undefined) return keys;
    made ??= makeKeys();
    return made;
  }

  async function* records(meetingId: string): AsyncGenerator<LedgerRecord> {
    let line = 0;
    for await (const text of store.read(meetingId)) {
      line += 1;
      const record = recordOf(text);
      if (record === undefined) throw ledgerCorrupt(meetingId, line);
      yield record;
    }
  }

  return {
    async open({ meetingId, epoch, continues: seen }) {
      checkText('meetingId', meetingId, 'weekly');
      await loadLibraries();
      // Of two writers of one meeting the earlier one ends, and what it still has to write comes first.
      await writers.get(meetingId)?.end();
      const after = await headToContinue(records(meetingId), seen, meetingId);
      const pair = await ownKeys();
      const key = await publicKeyOf(pair).catch((cause) => Promise.reject(ledgerKeyFailed(cause)));
      const closed = () => {
        if (writers.get(meetingId) === writer) writers.delete(meetingId);
      };
      const writer = new ChainWriter({ meetingId, epoch, store, keys: pair, key, clock, after, closed });
      writers.set(meetingId, writer);
      const fact = after === undefined ? 'opened' : 'continued';
      writer.append({ fact, key, ...(seen !== undefined && { head: seen }) });
      return writer;
    },
    meetings: () => store.meetings(),
    records: (meetingId) => ({ [Symbol.asyncIterator]: () => records(meetingId) }),
  };
}

/**
 * The record to go on after (docs/decisions/0011): the last of the branch on which the head that clients saw stands,
 * that head itself where this store does not hold it, and the last line where clients saw none.
 */
async function headToContinue(
  records: AsyncIterable<LedgerRecord>,
  seen: LedgerHead | undefined,
  meetingId: string,
): Promise<LedgerHead | undefined> {
  let last: LedgerHead | undefined;
  let onBranch: LedgerHead | undefined;
  try {
    for await (const { n, hash, prev } of records) {
      last = { n, hash };
      if (onBranch === undefined ? n === seen?.n && hash === seen.hash : continues({ n, prev }, onBranch))
        onBranch = last;
    }
  } catch (cause) {
    if (isNoticeError(cause)) throw cause;
    throw ledgerStoreFailed(`read the ledger of ${JSON.stringify(meetingId)}`, cause);
  }
  return seen === undefined ? last : (onBranch ?? seen);
}
