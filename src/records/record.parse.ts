import { misuse } from '../core/misuse.ts';
import type { LedgerFact, LedgerRecord } from './ledger.types.ts';

const texts = ['at', 'meetingId', 'prev', 'hash', 'jws'] as const;

/** The facts that are of no use without a key. */
const keyed: readonly string[] = ['opened', 'continued', 'signed'] satisfies LedgerFact['fact'][];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A record as it is, or undefined for what is none. Of a fact only its name is looked at: later versions have more. */
export function asRecord(value: unknown): LedgerRecord | undefined {
  if (!isObject(value) || value['v'] !== 1) return undefined;
  const { n, epoch, fact } = value;
  if (!Number.isSafeInteger(n) || (n as number) < 0) return undefined;
  if (!isObject(epoch) || !isObject(fact) || typeof fact['fact'] !== 'string') return undefined;
  if (!texts.every((name) => typeof value[name] === 'string')) return undefined;
  if (keyed.includes(fact['fact']) && !isObject(fact['key'])) return undefined;
  return value as unknown as LedgerRecord;
}

/** @throws TypeError for what gives no records: nothing at all, or the text or path of a file in place of its lines. */
export function checkSource(what: string, value: unknown): void {
  const source = Object(value) as Partial<Iterable<unknown> & AsyncIterable<unknown>>;
  if (typeof value !== 'string' && (source[Symbol.iterator] || source[Symbol.asyncIterator])) return;
  throw misuse(what, 'a list or a stream, such as ledger.records(meetingId)', value);
}

/** The record of a line, or undefined for a line that is none. */
export function recordOf(line: string): LedgerRecord | undefined {
  try {
    return asRecord(JSON.parse(line));
  } catch {
    return undefined;
  }
}
