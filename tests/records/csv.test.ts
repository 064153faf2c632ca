import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordCsv } from '../../src/records/csv.ts';
import { historyOf, readHistory } from '../../src/records/history.ts';
import type { LedgerFact } from '../../src/records/ledger.types.ts';
import { recordGerman } from '../../src/records/record-german.ts';
import { english, first, ledgerOf, seen, weeklyMeeting } from './meeting-ledger.ts';

const records = ledgerOf(weeklyMeeting);
const weekly = () => readHistory(records, { nameOf: (id) => ({ bo: 'Bo Lind' })[id] });

/** What an independent reader of RFC 4180 makes of it: strict about quotes, widths and line ends. */
const read = (csv: string): string[][] =>
  parse(csv, { bom: true, record_delimiter: '\r\n', relax_column_count: false, relax_quotes: false });

/** A cell as it was before it was guarded. */
const unguarded = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, '');

describe('recordCsv', () => {
  test('[G6] has a row for each thing that happened, in the order of the records', async () => {
    const [head, ...rows] = read(recordCsv(await weekly()));
    expect(head).toEqual([
      'Record',
      'When',
      'Recording',
      'What for',
      'Person',
      'Name',
      'What happened',
      'By whom',
      'Reason',
      'Version of the words',
      'Language',
      'Checksum of the words (SHA-256)',
      'Answer',
      'Signed',
    ]);
    const numbers = rows.map(([n]) => Number(n));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    const told = (n: number) => rows.filter((row) => row[0] === String(n));
    const nOf = (wanted: (fact: LedgerFact) => boolean) => records.findIndex(({ fact }) => wanted(fact));
    const of = (participantId: string, name: string) => (fact: LedgerFact) =>
      fact.fact === name && 'participantId' in fact && fact.participantId === participantId;
    expect(told(nOf(of('bo', 'given')))).toEqual([
      [
        '8',
        '2026-11-24T15:00:10.000Z',
        first,
        'recording',
        'bo',
        'Bo Lind',
        'Agreed',
        '',
        '',
        '1+2',
        'en',
        english.hash,
        'bo-given-recording',
        'Yes, by the person’s own client',
      ],
    ]);
    const short = (n: number) => told(n).map((row) => [3, 4, 6, 7, 8].map((place) => row[place]));
    expect(short(1)).toEqual([
      ['recording', '', 'Asked for', 'Hana Novak', 'For those who are on leave'],
      ['transcript', '', 'Asked for', 'Hana Novak', 'For those who are on leave'],
      ['recording', 'hana', 'Asked for it, and so agreed', '', ''],
      ['transcript', 'hana', 'Asked for it, and so agreed', '', ''],
    ]);
    expect(short(nOf(of('bo', 'not-captured')))).toEqual([
      ['', 'bo', 'Not in the recording from here on', '', 'withdrew'],
    ]);
    expect(short(nOf((fact) => fact.fact === 'erased'))).toEqual([
      ['', '', 'Erased: recording, transcript, and notes', '', 'the time of keeping is over'],
    ]);
    expect(short(nOf(of('dee', 'given')))).toEqual([
      ['recording', 'dee', 'Agreed (kept as evidence, it changed nothing)', '', ''],
    ]);
    expect(short(nOf((fact) => fact.fact === 'started' && fact.recordingId === seen))).toEqual([
      ['', '', 'The recording began', 'The meeting platform', ''],
    ]);
    expect(short(nOf((fact) => fact.fact === 'access-granted'))).toEqual([
      ['', '', 'Access was opened until Nov 25, 2026, 15:00:00', 'Support of the provider', 'The sound is missing'],
    ]);
    expect(short(nOf((fact) => fact.fact === 'right-done'))).toEqual([
      ['', 'bo', 'Deletion (GDPR Art. 17): Done', '', ''],
    ]);
  });

  test('[G6] leaves no record out but those of the ledger itself and of signatures', async () => {
    const rows = read(recordCsv(await weekly())).slice(1);
    const told = new Set(rows.map(([n]) => Number(n)));
    const silent = records.filter(({ n }) => !told.has(n)).map(({ fact }) => fact.fact);
    expect(silent).toEqual(['opened', 'signed', 'signed', 'closed']);
  });

  test('of one person has nobody else in it; in another language it is of that language', async () => {
    const own = read(recordCsv(historyOf(await weekly(), 'cy'), { catalogue: recordGerman })).slice(1);
    expect(new Set(own.map((row) => row[4]))).toEqual(new Set(['', 'cy']));
    expect(own.map((row) => row[6])).toContain('Von hier an in der Aufzeichnung');
  });

  test('begins with a byte order mark and ends each line as RFC 4180 has it', async () => {
    const csv = recordCsv(await weekly());
    expect(csv.startsWith('\uFEFFRecord,')).toBe(true);
    expect(csv.endsWith('\r\n')).toBe(true);
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('gives back any text, and never a cell that a spreadsheet takes for a formula', async () => {
    const hostile = fc.oneof(
      fc.string({
        unit: fc.constantFrom('=', '+', '-', '@', '"', "'", ',', '\r', '\n', '\t', 'a', ' ', 'é', '\u{1F600}'),
      }),
      fc.constantFrom(
        '=HYPERLINK("https://x.example";"a")',
        '+1',
        '-1',
        '@SUM(A1)',
        '\t=1',
        "'=1",
        '=1,"2"',
        '＝1+1',
        '\n@1',
      ),
    );
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (reason, name, participantId) => {
        const asking = ledgerOf([
          [
            0,
            {
              fact: 'requested',
              recordingId: first,
              purposes: ['recording'],
              by: { participantId: 'hana', name },
              reason,
            },
          ],
          [1, { fact: 'cannot-be-asked', recordingId: first, participantId, purpose: 'recording' }],
        ]);
        const rows = read(recordCsv(await readHistory(asking))).slice(1);
        expect(rows.flat().filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell))).toEqual([]);
        expect(unguarded(rows[0]?.[8] ?? '')).toBe(unguarded(reason));
        expect(unguarded(rows[1]?.[5] ?? '')).toBe(unguarded(name));
        expect(rows.map((row) => unguarded(row[4] ?? ''))).toEqual(['', 'hana', unguarded(participantId)]);
      }),
      { numRuns: 200 },
    );
  });
});
