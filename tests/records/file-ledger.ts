import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ledger, LedgerFact, LedgerRecord, LedgerWriter } from '../../src/records/ledger.types.ts';

/** A ledger in a folder, a JSON line a record, without hashes: enough to see what several processes do to it. */
export class FileLedger implements Ledger {
  readonly #folder: string;
  readonly #now: () => number;

  constructor(folder: string, now: () => number) {
    this.#folder = folder;
    this.#now = now;
  }

  async open({ meetingId, epoch }: Parameters<Ledger['open']>[0]): Promise<LedgerWriter> {
    const file = join(this.#folder, `${meetingId}.jsonl`);
    let last: LedgerRecord | undefined;
    for await (const record of this.records(meetingId)) last = record;
    const key = { kty: 'OKP', crv: 'Ed25519', x: 'x' };
    const waiting: { record: LedgerRecord; told: (record: LedgerRecord) => void }[] = [];
    const record = (fact: LedgerFact): Promise<LedgerRecord> =>
      new Promise((told) => {
        const n = (last?.n ?? -1) + 1;
        const at = new Date(this.#now()).toISOString();
        last = { v: 1, n, at, meetingId, epoch, prev: last?.hash ?? '', fact, hash: `h${n}`, jws: '' };
        waiting.push({ record: last, told });
      });
    const append = (fact: LedgerFact): void => void record(fact);
    const kept = async (): Promise<void> => {
      const now = waiting.splice(0);
      if (now.length > 0) await appendFile(file, now.map((each) => `${JSON.stringify(each.record)}\n`).join(''));
      for (const each of now) each.told(each.record);
    };
    append({ fact: last === undefined ? 'opened' : 'continued', key });
    return {
      get head() {
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
    };
  }

  async *records(meetingId: string): AsyncGenerator<LedgerRecord> {
    const text = await readFile(join(this.#folder, `${meetingId}.jsonl`), 'utf8').catch(() => '');
    for (const line of text.split('\n').filter(Boolean)) yield JSON.parse(line) as LedgerRecord;
  }

  async *meetings(): AsyncGenerator<string> {
    for (const file of await readdir(this.#folder)) yield file.replace(/\.jsonl$/, '');
  }
}
