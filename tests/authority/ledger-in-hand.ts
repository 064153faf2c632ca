import type { Ledger, LedgerFact, LedgerHead, LedgerRecord, LedgerWriter } from '../../src/records/ledger.types.ts';

type Call = 'open' | 'record' | 'kept' | 'close' | 'abandon';

interface UnderWay {
  readonly name: Call;
  readonly by: number;
  readonly fact: LedgerFact | undefined;
  resolve(value: unknown): void;
  reject(cause: unknown): void;
}

/**
 * A ledger whose calls end when the test says so. Its writers are numbered from 1 as they are opened; each call is written
 * down as a few words.
 */
export function ledgerInHand() {
  const calls: string[] = [];
  const underWay: UnderWay[] = [];
  const opened: Parameters<Ledger['open']>[0][] = [];
  let count = 0;
  let records = 0;

  const call = <T>(name: Call, by: number, fact?: LedgerFact): Promise<T> => {
    calls.push([by, name, fact?.fact].filter(Boolean).join(' '));
    return new Promise((resolve, reject) => void underWay.push({ name, by, fact, resolve: resolve as never, reject }));
  };
  const taken = (name: Call): UnderWay => {
    const place = underWay.findIndex((each) => each.name === name);
    const [one] = place < 0 ? [] : underWay.splice(place, 1);
    if (!one) throw new Error(`no ${name} is under way`);
    return one;
  };
  const turns = async () => {
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };

  const writerOf = (by: number): LedgerWriter & { head: LedgerHead | undefined } => ({
    head: undefined,
    key: { kid: `key of ${by}` },
    append: (fact) => void calls.push(`${by} append ${fact.fact}`),
    record: (fact) => call('record', by, fact),
    kept: () => call('kept', by),
    close: () => call('close', by),
    abandon: () => call('abandon', by),
  });
  let latest: ReturnType<typeof writerOf> | undefined;

  const ledger: Ledger = {
    open(start) {
      opened.push(start);
      return call('open', 0);
    },
    async *records() {},
    async *meetings() {},
  };

  const recordOf = (fact: LedgerFact): LedgerRecord => {
    const n = records;
    records += 1;
    const epoch = { number: 1, id: 'hana', incarnation: 'a' };
    const at = '2026-01-01T00:00:00.000Z';
    return { v: 1, n, at, meetingId: 'weekly', epoch, prev: '', fact, hash: `h${n}`, jws: 'jws' };
  };

  return {
    ledger,
    /** How each was opened. */
    opened,
    /** Every call since the last look. */
    told: () => calls.splice(0),
    /** The oldest call of this name ends well: `open` with the next writer. */
    async does(name: Call): Promise<LedgerWriter> {
      const one = taken(name);
      if (name === 'open') {
        count += 1;
        latest = writerOf(count);
      }
      const record = name === 'record' && one.fact ? recordOf(one.fact) : undefined;
      if (record && latest) latest.head = { n: record.n, hash: record.hash };
      one.resolve(name === 'open' ? latest : record);
      await turns();
      return latest as LedgerWriter;
    },
    /** The oldest fact that was handed in is no ledger's to keep. */
    async leavesOut(): Promise<void> {
      taken('record').resolve(undefined);
      await turns();
    },
    async fails(name: Call, cause: unknown = new Error('disk full')): Promise<void> {
      taken(name).reject(cause);
      await turns();
    },
  };
}
