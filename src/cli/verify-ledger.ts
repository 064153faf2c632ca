import { realpathSync } from 'node:fs';
import { isNoticeError } from '../core/errors.ts';
import type { LedgerHead, LedgerRecord, Receipt } from '../records/ledger.types.ts';
import { verifyLedger } from '../records/verify.ts';
import type { LedgerVerdict } from '../records/verify.types.ts';
import { jsonIn } from './given-file.ts';
import { type LedgerFile, ledgerFile } from './ledger-file.ts';
import { Mistake } from './mistake.ts';

/** What `meeting-notice verify` was called with. */
export interface VerifyCall {
  readonly files: readonly string[];
  /** `N:HASH`. */
  readonly head?: string | undefined;
  readonly receipts: readonly string[];
  readonly format: string;
}

/** What it answers: the text to print, and whether the ledger holds. */
export interface Verified {
  readonly text: string;
  readonly held: boolean;
}

const mostUnsigned = 20;

/** Verifies the ledger of one meeting, as one or more machines have kept it. @throws Mistake */
export async function verifyFiles({ files, head, receipts, format }: VerifyCall): Promise<Verified> {
  mustDiffer(files);
  const sources = files.map((path) => ledgerFile(path));
  const [source, ...others] = sources;
  if (source === undefined) throw new Mistake('verify: expected at least one ledger file; try --help.');
  const known = head === undefined ? {} : { head: headOf(head) };
  const copies = receipts.flatMap(receiptsIn);
  // All are looked at before anything is printed.
  const verdict = await verifyLedger(source, { others, ...known, receipts: copies }).catch(unreadable);
  if (verdict.records === 0) {
    const whole = sources.some(({ isTorn }) => isTorn) ? 'whole line' : 'line';
    throw new Mistake(`${files.join(', ')}: holds no ${whole}; is it a ledger?`);
  }
  if (verdict.meetingId === undefined && !verdict.head)
    throw new Mistake(`${files.join(', ')}: no line is a record; is it a ledger?`);
  const text = format === 'json' ? jsonOf(verdict, sources) : textOf(verdict, sources);
  return { text: `${text}\n`, held: verdict.held };
}

function unreadable(error: unknown): never {
  throw isNoticeError(error) ? new Mistake(error.message) : error;
}

/** A file that was given twice would be counted twice. */
function mustDiffer(files: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const path of files) {
    const real = existing(path);
    const first = seen.get(real);
    if (first !== undefined) throw new Mistake(`${path}: is the same file as ${first}; expected each machine's own.`);
    seen.set(real, path);
  }
}

/** The path itself, where there is nothing: whoever reads it says so. */
function existing(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function headOf(text: string): LedgerHead {
  const [, n, hash] = /^(\d{1,15}):([A-Za-z0-9_-]{43})$/.exec(text) ?? [];
  if (n !== undefined && hash !== undefined) return { n: Number(n), hash };
  throw new Mistake(`--head: expected N:HASH, such as 41:${'A'.repeat(43)}, got ${JSON.stringify(text)}.`);
}

/** One receipt, or a list of them. */
function receiptsIn(path: string): Receipt[] {
  const body = jsonIn(path);
  const all = Array.isArray(body) ? body : [body];
  if (all.length > 0 && all.every(isReceipt)) return all;
  throw new Mistake(`${path}: is no receipt: expected an object with receiptId, record and key, or a list of such.`);
}

function isReceipt(value: unknown): value is Receipt {
  if (typeof value !== 'object' || value === null) return false;
  const { receiptId, record, key } = value as Partial<Receipt>;
  const isRecord = ({ n, hash }: Partial<LedgerRecord>) => Number.isInteger(n) && typeof hash === 'string';
  return typeof receiptId === 'string' && typeof key === 'object' && !!key && !!record && isRecord(record);
}

/** The verdict, each finding with the name of its file. */
function jsonOf(verdict: LedgerVerdict, files: readonly LedgerFile[]): string {
  const findings = verdict.findings.map(({ source, ...finding }) => ({ ...finding, file: files[source]?.path }));
  const torn = files.filter(({ isTorn }) => isTorn).map(({ path }) => path);
  return printable(JSON.stringify({ ...verdict, findings, torn }, null, 2), unprintableInJson);
}

/** What moves a terminal's cursor, or turns its text around: a ledger may be anybody's, and so are the names in it. */
const unprintable = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;
const unprintableInJson = /(?!\n)[\p{Cc}\p{Bidi_Control}]/gu;

const printable = (text: string, without = unprintable): string =>
  text.replace(without, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);

function textOf(
  { held, records, meetingId, head, findings, answers }: LedgerVerdict,
  files: readonly LedgerFile[],
): string {
  const of = meetingId === undefined ? '' : ` of meeting ${JSON.stringify(meetingId)}`;
  const { signed, unsigned, invalid } = answers;
  return [
    held ? `held: ${records} records${of}` : `BROKEN: ${records} records${of}`,
    ...(head ? [`head: ${head.n}:${head.hash}`] : []),
    ...findings.map(
      ({ code, source, line, says }) => `${code} (${files[source]?.path}${line ? `:${line}` : ''}): ${says}`,
    ),
    ...files
      .filter(({ isTorn }) => isTorn)
      .map(({ path }) => `torn (${path}): the last line is not whole and was left out.`),
    `answers: ${signed} signed by their person, ${unsigned.length} not, ${invalid.length} with a signature that does not hold`,
    ...unsigned
      .slice(0, mostUnsigned)
      .map((each) => `  not signed: record ${each.n}, ${each.participantId} ${each.fact} ${each.purpose}`),
    ...(unsigned.length > mostUnsigned ? [`  and ${unsigned.length - mostUnsigned} more; --format json has all`] : []),
  ]
    .map((line) => printable(line))
    .join('\n');
}
