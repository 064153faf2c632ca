import type { MeetingHistory } from './history.types.ts';
import { linesOf, Telling, type TellingOptions } from './record-lines.ts';

/** A cell that a spreadsheet would take for a formula begins with one of these, of whichever width (OWASP: CSV injection). */
const formula = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** What stands before a cell, so that a spreadsheet takes it for text. */
const guard = "'";

/** RFC 4180 §2: quoted where it must be, a quote in it doubled. */
function cell(text: string): string {
  const safe = formula.test(text) ? `${guard}${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * A history as CSV (RFC 4180, UTF-8 with a byte order mark, so that spreadsheets read it as such), one row for each thing
 * that happened, in the order of the records; headings and words in the language of the catalogue, times as RFC 3339.
 * A cell that a spreadsheet would take for a formula begins with an apostrophe.
 */
export function recordCsv(history: MeetingHistory, options: TellingOptions = {}): string {
  const telling = new Telling(history, options);
  const columns = [
    'number',
    'time',
    'recording',
    'purpose',
    'person',
    'name',
    'what',
    'by',
    'reason',
    'version',
    'language',
    'hash',
    'answer',
    'signature',
  ];
  const rows = linesOf(history, telling).map((line) => [
    String(line.n),
    line.at,
    line.recordingId,
    line.purpose && telling.purposes([line.purpose]),
    line.participantId,
    line.participantId && history.names.get(line.participantId),
    line.what,
    line.by,
    line.reason,
    line.text?.version,
    line.text?.locale,
    line.text?.hash,
    line.answerId,
    line.isSigned ? telling.say('signed.own') : '',
  ]);
  const table = [columns.map((column) => telling.say(column)), ...rows];
  return `\uFEFF${table.map((row) => `${row.map((text) => cell(text ?? '')).join(',')}\r\n`).join('')}`;
}
