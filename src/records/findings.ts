import type { FindingCode, LedgerFinding } from './verify.types.ts';

/** So many are told of; the first are what matters. */
const most = 100;

/** What is found, each once. */
export class Findings {
  readonly #found = new Map<string, LedgerFinding>();

  add(code: FindingCode, n: number, at: { readonly source: number; readonly line?: number }, says: string): void {
    const key = `${code} ${n}`;
    if (this.#found.has(key)) return;
    const { source, line } = at;
    this.#found.set(key, { code, n, source, ...(line !== undefined && { line }), says });
  }

  /** By number of the record, what was done to it before what follows from that; what only may be comes last. */
  inOrder(): LedgerFinding[] {
    const byRecord = [...this.#found.values()].sort(
      (a, b) => rank(a) - rank(b) || a.n - b.n || follows(a) - follows(b),
    );
    return byRecord.slice(0, most);
  }
}

const rank = ({ code }: LedgerFinding): number => Number(code === 'may-be-cut-off');
const follows = ({ code }: LedgerFinding): number => Number(code === 'answer-invalid' || code === 'receipt-invalid');

/** `record 7`, or `records 7 to 9`. */
export const recordsFrom = (from: number, to: number): string =>
  from === to ? `record ${from}` : `records ${from} to ${to}`;

/** The same, at the beginning of a sentence. */
export const RecordsFrom = (from: number, to: number): string => recordsFrom(from, to).replace('r', 'R');
