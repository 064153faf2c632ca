import type { LedgerStore } from '../records/ledger.types.ts';
import { type ContractCheck, type Patience, statementsAbout } from './contract.ts';

/** A fresh store, for one check. */
export interface LedgerStoreUnderTest {
  readonly store: LedgerStore;
  /** Opens what the first has kept once more, as after a restart; absent for a store that keeps nothing beyond its process. */
  reopen?(): LedgerStore | Promise<LedgerStore>;
  /** Gives back what the check used. */
  close(): void | Promise<void>;
}

/** How the store under test is made. */
export interface LedgerStoreContractOptions extends Patience {
  make(): LedgerStoreUnderTest | Promise<LedgerStoreUnderTest>;
}

const { mustEqual } = statementsAbout('ledger store');

const line = (text: string): string => JSON.stringify({ v: 1, text });

async function all(values: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const value of values) found.push(value);
  return found;
}

const checks: Readonly<Record<string, (under: LedgerStoreUnderTest) => Promise<void>>> = {
  'has nothing at first': async ({ store }) => {
    mustEqual(await all(store.read('weekly')), [], 'the lines of a meeting that is not there');
    mustEqual(await all(store.meetings()), [], 'the meetings');
  },
  'gives back the lines of all appends in order, to the character': async ({ store }) => {
    const first = [line('é 会議 👋 "\\ \u2028 \u0000'), line('x'.repeat(100_000))];
    await store.append('weekly', first);
    await store.append('weekly', [line('third')]);
    mustEqual(await all(store.read('weekly')), [...first, line('third')], 'the lines');
  },
  'keeps meetings apart, whatever they are called': async ({ store }) => {
    const meetings = ['weekly', 'Weekly', 'weekly/a', '../weekly', 'meeting 1', 'a%2fb', 'Ünïcode 会議', 'CON', '.'];
    for (const meeting of meetings) await store.append(meeting, [line(meeting)]);
    mustEqual((await all(store.meetings())).sort(), [...meetings].sort(), 'the meetings');
    for (const meeting of meetings) mustEqual(await all(store.read(meeting)), [line(meeting)], `lines of ${meeting}`);
  },
  'keeps nothing for an append of nothing': async ({ store }) => {
    await store.append('weekly', []);
    mustEqual(await all(store.meetings()), [], 'the meetings');
  },
  'keeps appends whole and in the order in which they were called': async ({ store }) => {
    const batches = Array.from({ length: 20 }, (_, batch) => [0, 1, 2].map((each) => line(`${batch}.${each}`)));
    await Promise.all(batches.map((batch) => store.append('weekly', batch)));
    mustEqual(await all(store.read('weekly')), batches.flat(), 'the lines');
  },
  'can be read more than once, and while it is appended to': async ({ store }) => {
    const lines = Array.from({ length: 1500 }, (_, each) => line(`${each}`));
    await store.append('weekly', lines);
    const reading = store.read('weekly')[Symbol.asyncIterator]();
    const first = await reading.next();
    await store.append('weekly', [line('later')]);
    const rest = await all({ [Symbol.asyncIterator]: () => reading });
    const seen = [...(first.done ? [] : [first.value]), ...rest];
    mustEqual(seen.slice(0, lines.length), lines, 'what was there as the reading began');
    mustEqual(await all(store.read('weekly')), [...lines, line('later')], 'the second reading');
  },
  'lets a reader stop early': async ({ store }) => {
    await store.append('weekly', [line('a'), line('b')]);
    for await (const each of store.read('weekly')) {
      mustEqual(each, line('a'), 'the first line');
      break;
    }
    await store.append('weekly', [line('c')]);
    mustEqual(await all(store.read('weekly')), ['a', 'b', 'c'].map(line), 'the lines');
  },
  'still has all that was acknowledged when it is opened again, and goes on after it': async ({ store, reopen }) => {
    await store.append('weekly', [line('a'), line('b')]);
    if (reopen === undefined) return;
    const again = await reopen();
    mustEqual(await all(again.read('weekly')), ['a', 'b'].map(line), 'the lines');
    await again.append('weekly', [line('c')]);
    mustEqual(await all(again.read('weekly')), ['a', 'b', 'c'].map(line), 'the lines after the next append');
  },
  'takes lines from two that have it open, each append whole': async ({ store, reopen }) => {
    const other = (await reopen?.()) ?? store;
    const batches = (of: string) => [0, 1, 2, 3].map((batch) => ['x', 'y'].map((each) => line(`${of}${batch}${each}`)));
    const [one, two] = [batches('one'), batches('two')];
    await Promise.all([
      ...one.map((batch) => store.append('weekly', batch)),
      ...two.map((batch) => other.append('weekly', batch)),
    ]);
    const found = await all(store.read('weekly'));
    const pairs = Array.from({ length: found.length / 2 }, (_, pair) => found.slice(pair * 2, pair * 2 + 2));
    for (const [of, own] of Object.entries({ one, two })) {
      mustEqual(
        pairs.filter(([first]) => first?.includes(`"${of}`)),
        own,
        `the appends of ${of}`,
      );
    }
    mustEqual(found.length, 16, 'how many lines there are');
  },
};

/**
 * What every store of a ledger must do, as named checks: hand each to your test framework
 * (`for (const { name, run } of ledgerStoreContract({ make })) test(name, run)`). Each check makes a store of its own.
 */
export function ledgerStoreContract(options: LedgerStoreContractOptions): readonly ContractCheck[] {
  const { inTime } = statementsAbout('ledger store', { patienceMs: 10_000, ...options });
  return Object.entries(checks).map(([name, check]) => ({
    name,
    async run() {
      const under = await options.make();
      try {
        await inTime(name, check(under));
      } finally {
        await under.close();
      }
    },
  }));
}
