import type { Clock } from '../../src/core/clock.ts';
import type { Ledger, LedgerFact, LedgerRecord, LedgerWriter } from '../../src/records/ledger.types.ts';

/** A ledger in memory, without hashes: what was kept outlives a crash, what was only appended does not. */
export class FakeLedger implements Ledger {
  readonly kept = new Map<string, LedgerRecord[]>();
  readonly #clock: Pick<Clock, 'now'>;
  /** Throws where the process is to die, or the store is to fail. */
  beforeKeep: (facts: readonly LedgerFact[]) => void = () => {};
  /** Throws where the process is to die before it hears that they are kept. */
  afterKeep: () => void = () => {};

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  async open({ meetingId, epoch }: Parameters<Ledger['open']>[0]): Promise<LedgerWriter> {
    const records = this.kept.get(meetingId) ?? [];
    this.kept.set(meetingId, records);
    const waiting: { at: string; fact: LedgerFact; kept: (record: LedgerRecord | undefined) => void }[] = [];
    const record = (fact: LedgerFact): Promise<LedgerRecord | undefined> =>
      new Promise((kept) => void waiting.push({ at: new Date(this.#clock.now()).toISOString(), fact, kept }));
    const append = (fact: LedgerFact): void => void record(fact);
    const kept = async (): Promise<void> => {
      await Promise.resolve();
      this.beforeKeep(waiting.map(({ fact }) => fact));
      for (const { at, fact, kept: told } of waiting.splice(0)) {
        const n = records.length;
        const prev = records.at(-1)?.hash ?? '';
        records.push({ v: 1, n, at, meetingId, epoch, prev, fact, hash: `hash-${n}`, jws: '' });
        told(records[n] as LedgerRecord);
      }
      this.afterKeep();
    };
    const key = { kty: 'OKP', crv: 'Ed25519', x: epoch.id };
    append({ fact: records.length === 0 ? 'opened' : 'continued', key });
    return {
      get head() {
        const last = records.at(-1);
        return last && { n: last.n, hash: last.hash };
      },
      key,
      append,
      record,
      kept,
      close: async () => {
        append({ fact: 'closed' });
        await kept();
      },
      async abandon() {
        for (const { kept: told } of waiting.splice(0)) told(undefined);
      },
    };
  }

  async *records(meetingId: string): AsyncGenerator<LedgerRecord> {
    yield* [...(this.kept.get(meetingId) ?? [])];
  }

  async *meetings(): AsyncGenerator<string> {
    yield* [...this.kept.keys()];
  }

  /** What has happened in a meeting, without times: the facts alone. */
  facts(meetingId: string): readonly LedgerFact[] {
    return (this.kept.get(meetingId) ?? []).map(({ fact }) => fact);
  }
}
