import type { DBSchema, IDBPDatabase } from 'idb';
import { isNoticeError } from '../core/errors.ts';
import { checkText } from '../core/misuse.ts';
import type { LedgerStore } from './ledger.types.ts';
import { ledgerNoDatabase, ledgerStoreFailed } from './ledger-errors.ts';

interface Lines extends DBSchema {
  /** By meeting, then by place from 0. */
  lines: { key: [meetingId: string, place: number]; value: string };
}

type Database = IDBPDatabase<Lines>;

/** So many lines are in memory at once while they are read. */
const pageLines = 500;

/**
 * Keeps lines in this origin's IndexedDB, in a database of this name; whoever has the page open in several tabs may
 * write from each. Loads the package `idb` when it is first used; where that is not installed, each call rejects with
 * `ledger/no-library`.
 * @throws TypeError
 */
export function indexedDbStore(name: string): LedgerStore {
  checkText('name', name, 'ledger');
  let opened: Promise<Database> | undefined;

  function database(): Promise<Database> {
    opened ??= openedAs(name, () => {
      opened = undefined;
    });
    // One that could not be opened is tried anew by the next call.
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  }

  async function* lines(meetingId: string): AsyncGenerator<string> {
    for (let place = 0; ; place += pageLines) {
      const page = await wellDone(`read ${JSON.stringify(meetingId)}`, async () =>
        (await database()).getAll('lines', rangeOf(meetingId, place), pageLines),
      );
      yield* page;
      if (page.length < pageLines) return;
    }
  }

  return {
    append: (meetingId, added) =>
      wellDone(`keep ${added.length} lines of ${JSON.stringify(meetingId)}`, async () =>
        appended(await database(), meetingId, added),
      ),
    read: (meetingId) => ({ [Symbol.asyncIterator]: () => lines(meetingId) }),
    async *meetings() {
      let after: IDBKeyRange | null = null;
      for (;;) {
        const key = await wellDone('list its meetings', async () => firstKey(await database(), after));
        if (key === undefined) return;
        yield key[0];
        after = IDBKeyRange.lowerBound([key[0], Number.POSITIVE_INFINITY], true);
      }
    },
  };
}

async function openedAs(name: string, ended: () => void): Promise<Database> {
  const { openDB } = await library();
  const database = await openDB<Lines>(name, 1, {
    upgrade: (made) => void made.createObjectStore('lines'),
    blocking: () => {
      database.close();
      ended();
    },
    terminated: ended,
  });
  return database;
}

async function library(): Promise<typeof import('idb')> {
  try {
    return await import('idb');
  } catch (cause) {
    throw ledgerNoDatabase(cause);
  }
}

const rangeOf = (meetingId: string, from = 0): IDBKeyRange =>
  IDBKeyRange.bound([meetingId, from], [meetingId, Number.POSITIVE_INFINITY]);

async function firstKey(database: Database, range: IDBKeyRange | null): Promise<Lines['lines']['key'] | undefined> {
  const cursor = await database.transaction('lines').store.openKeyCursor(range);
  return cursor?.key;
}

/** In one transaction, so that all lines are kept or none; `strict`, so that they are on the disk when it has ended. */
async function appended(database: Database, meetingId: string, added: readonly string[]): Promise<void> {
  if (added.length === 0) return;
  const transaction = database.transaction('lines', 'readwrite', { durability: 'strict' });
  const last = await transaction.store.openKeyCursor(rangeOf(meetingId), 'prev');
  const next = last === null ? 0 : last.key[1] + 1;
  const puts = added.map((line, place) => transaction.store.add(line, [meetingId, next + place]));
  await Promise.all([...puts, transaction.done]);
}

async function wellDone<T>(what: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (cause) {
    if (isNoticeError(cause)) throw cause;
    const isFull = cause instanceof DOMException && cause.name === 'QuotaExceededError';
    const hint = isFull ? " (the browser's storage for this site is full: make room)" : '';
    throw ledgerStoreFailed(`${what} in IndexedDB${hint}`, cause);
  }
}
