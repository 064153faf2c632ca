import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { consentRecords } from '../../src/records/consent-record.ts';
import { recordCsv } from '../../src/records/csv.ts';
import { readHistory } from '../../src/records/history.ts';
import type { LedgerFact, RecordingCounts } from '../../src/records/ledger.types.ts';
import { recordGerman } from '../../src/records/record-german.ts';
import { recordPage } from '../../src/records/record-page.ts';
import { type Entry, first, keyOf, ledgerOf } from './meeting-ledger.ts';
import { details } from './record-details.ts';

const captions = 'live-captions';
const of = { recordingId: first };
const hana = { participantId: 'hana', name: 'Hana Novak' };

function part(participantId: string, fact: 'captured' | 'not-captured', because: 'clear' | 'withdrawn' | 'ended') {
  return { fact, ...of, participantId, because, purpose: captions } satisfies LedgerFact;
}

/** A recording with live captions: Bo is part of the captions from 20 to 40 s and again from 50 s until they end with it. */
const withCaptions: readonly Entry[] = [
  [0, { fact: 'opened', key: keyOf('the authority') }],
  [1, { fact: 'requested', ...of, purposes: ['recording', captions], by: hana, storage: 'cloud' }],
  [
    2,
    {
      fact: 'asked',
      ...of,
      participantId: 'bo',
      purposes: ['recording', captions],
      noticeId: 'n',
      consent: 'explicit',
    },
  ],
  [10, { fact: 'started', ...of, by: hana }],
  [10, { fact: 'captured', ...of, participantId: 'bo', because: 'clear' }],
  [20, part('bo', 'captured', 'clear')],
  [40, part('bo', 'not-captured', 'withdrawn')],
  [50, part('bo', 'captured', 'clear')],
  [60, { fact: 'ended', ...of, by: hana, outcome: 'stopped' }],
];

const counts: RecordingCounts = {
  durationMs: 61_500,
  segments: 12,
  words: 340,
  asked: 9,
  captured: 8,
  spoke: null,
  answers: { given: 8, refused: null, none: 1 },
};

const afterwards: readonly Entry[] = [
  ...withCaptions,
  [
    70,
    {
      fact: 'access-granted',
      ...of,
      grantId: 'g',
      to: 'support',
      reason: 'ticket 7',
      by: 'admin',
      until: '2026-11-25T15:00:00.000Z',
      forHold: true,
    },
  ],
  [71, { fact: 'access-ended', ...of, grantId: 'g', to: 'support', reason: 'ticket 7', by: 'dee' }],
  [
    80,
    { fact: 'right-received', participantId: 'bo', requestId: 'r', right: 'access', dueAt: '2026-12-24T15:01:20.000Z' },
  ],
  [
    81,
    {
      fact: 'right-identified',
      participantId: 'bo',
      requestId: 'r',
      right: 'access',
      dueAt: '2026-12-24T15:01:20.000Z',
      identifiedBy: 'passport',
    },
  ],
  [90, { fact: 'anonymised', ...of, kept: ['recording'], because: 'retention', counts }],
];

const told = async (entries: readonly Entry[]): Promise<string[][]> =>
  parse(recordCsv(await readHistory(ledgerOf(entries))), { bom: true });
const seconds = (at: string | undefined): number => (Date.parse(at ?? '') - Date.parse('2026-11-24T15:00:00Z')) / 1000;

describe('when somebody was part of a purpose that lives with a recording', () => {
  test('[G6] is in the history beside when they were in the recording', async () => {
    const [recording] = (await readHistory(ledgerOf(withCaptions))).recordings;
    const bo = recording?.people.find(({ participantId }) => participantId === 'bo');
    const lines = (spans: NonNullable<typeof bo>['captured'] = []) =>
      spans.map(({ from, to }) => `${seconds(from.at)} ${from.because} – ${seconds(to?.at)} ${to?.because}`);
    expect(lines(bo?.captured)).toEqual(['10 clear – 60 ended']);
    expect(bo?.parts.map(({ purpose, spans }) => ({ purpose, spans: lines(spans) }))).toEqual([
      { purpose: captions, spans: ['20 clear – 40 withdrawn', '50 clear – 60 ended'] },
    ]);
  });

  test('[G6] is in the CSV, each turn with its purpose', async () => {
    const rows = (await told(withCaptions)).filter(
      (row) => row[6]?.includes('Part of it') || row[6]?.includes('No longer'),
    );
    expect(rows.map(([n, , , purpose, person, , what, , reason]) => [n, purpose, person, what, reason])).toEqual([
      ['5', 'live captions', 'bo', 'Part of it from here on', 'as answered'],
      ['6', 'live captions', 'bo', 'No longer part of it from here on', 'withdrew'],
      ['7', 'live captions', 'bo', 'Part of it from here on', 'as answered'],
      ['8', 'live captions', 'bo', 'No longer part of it from here on', 'it ended'],
    ]);
  });

  test('[G6] is on the page as the spans of that purpose', async () => {
    const page = recordPage(await readHistory(ledgerOf(withCaptions)));
    expect(page).toContain(
      '<dt>Part of live captions</dt><dd><ul><li>from Nov 24, 2026, 15:00:20 to Nov 24, 2026, 15:00:40</li>' +
        '<li>from Nov 24, 2026, 15:00:50 to Nov 24, 2026, 15:01:00</li></ul></dd>',
    );
  });

  test('[G6] is in the consent record of that purpose, and when they were recorded in that of the recording', async () => {
    const { '@graph': graph } = consentRecords(await readHistory(ledgerOf(withCaptions)), details);
    const periods = (
      graph as { 'dpv:hasProcess': Record<string, unknown>; 'dpv:hasDataSubject': { 'dct:identifier': string } }[]
    )
      .filter((record) => record['dpv:hasDataSubject']['dct:identifier'] === 'bo')
      .map((record) => [
        (record['dpv:hasProcess']['dct:identifier'] as string).split(': ')[1],
        ((record['dpv:hasProcess']['dct:temporal'] ?? []) as Record<string, { '@value': string }>[]).map((period) =>
          ['dcat:startDate', 'dcat:endDate'].map((name) => seconds(period[name]?.['@value'])),
        ),
      ]);
    expect(periods).toEqual([
      ['recording', [[10, 60]]],
      [
        captions,
        [
          [20, 40],
          [50, 60],
        ],
      ],
    ]);
  });
});

const captioned = { recordingId: 'c1b2c3d4e5f60718' };
const turn = (fact: 'captured' | 'not-captured', because: 'clear' | 'withdrawn') =>
  ({ fact, ...captioned, participantId: 'bo', because }) satisfies LedgerFact;

/** Live captions without a recording, between two recordings, and live captions once more: Bo is part of the first, twice. */
const captionsAlone: readonly Entry[] = [
  ...withCaptions,
  [70, { fact: 'requested', ...captioned, purposes: [captions], by: hana }],
  [71, { fact: 'started', ...captioned, by: hana }],
  [80, turn('captured', 'clear')],
  [90, turn('not-captured', 'withdrawn')],
  [100, turn('captured', 'clear')],
  [110, { fact: 'ended', ...captioned, by: hana, outcome: 'stopped' }],
  [120, { fact: 'requested', recordingId: 'd1b2c3d4e5f60718', purposes: [captions], by: hana }],
  [130, { fact: 'requested', recordingId: 'e1b2c3d4e5f60718', purposes: ['recording'], by: hana, storage: 'local' }],
];

describe('a purpose that lives without a recording', () => {
  const headings = (page: string, level: string) =>
    [...page.matchAll(new RegExp(`<${level} id="([^"]*)">(.*?)</${level}>`, 'g'))].map(([, id, text]) => [id, text]);

  test('[G6] is headed on the page by its own name, and recordings alone are numbered as such', async () => {
    const history = await readHistory(ledgerOf(captionsAlone));
    expect(headings(recordPage(history), 'h2')).toEqual([
      ['recording-1', 'Recording 1'],
      ['recording-2', 'live captions'],
      ['recording-3', 'live captions 2'],
      ['recording-4', 'Recording 2'],
    ]);
    expect(headings(recordPage(history), 'h3').map(([, text]) => text)).toEqual([
      'Hana Novak in recording 1',
      'bo in recording 1',
      'What else happened to recording 1',
      'Hana Novak in live captions',
      'bo in live captions',
      'What else happened: live captions',
      'Hana Novak in live captions 2',
      'Hana Novak in recording 2',
    ]);
    expect(headings(recordPage(history, { catalogue: recordGerman }), 'h3')[4]?.[1]).toBe(
      'bo, Teil von: Live-Untertitel',
    );
  });

  test('[G6] has on the page the spans of whoever was part of it, and speaks of no recording', async () => {
    const page = recordPage(await readHistory(ledgerOf(captionsAlone)));
    const section = page.slice(page.indexOf('<h2 id="recording-2">'), page.indexOf('<h2 id="recording-3">'));
    expect(section).toContain(
      '<dt>Part of live captions</dt><dd><ul><li>from Nov 24, 2026, 15:01:20 to Nov 24, 2026, 15:01:30</li>' +
        '<li>from Nov 24, 2026, 15:01:40 to Nov 24, 2026, 15:01:50</li></ul></dd>',
    );
    expect(section.replaceAll(/<[^>]*>/g, ' ')).not.toMatch(/recording/i);
  });

  test('[G6] is in the CSV by its name in each line', async () => {
    const rows = (await told(captionsAlone)).filter((row) => row[2] === captioned.recordingId);
    expect(rows.map(([, , , purpose, person, , what, , reason]) => [purpose, person, what, reason])).toEqual([
      ['live captions', '', 'Asked for', ''],
      ['live captions', 'hana', 'Asked for it, and so agreed', ''],
      ['live captions', '', 'It began', ''],
      ['live captions', 'bo', 'Part of it from here on', 'as answered'],
      ['live captions', 'bo', 'No longer part of it from here on', 'withdrew'],
      ['live captions', 'bo', 'Part of it from here on', 'as answered'],
      ['live captions', 'bo', 'No longer part of it from here on', 'it ended'],
      ['live captions', '', 'It ended: stopped', ''],
    ]);
  });
});

describe('what is done afterwards', () => {
  test('[G12] is told with what is left of an anonymised recording; what too few stand behind is withheld', async () => {
    const [recording] = (await readHistory(ledgerOf(afterwards))).recordings;
    expect(recording?.steps.at(-1)?.counts).toEqual(counts);
    const what =
      'Anonymised: recording. What is left: Length in seconds: 62, Segments: 12, Words: 340, Asked: 9, In the recording: 8, ' +
      'Spoke: too few to say, Agreed: 8, Refused: too few to say, and Not answered: 1';
    expect((await told(afterwards)).at(-1)?.[6]).toBe(what);
    expect(recordPage(await readHistory(ledgerOf(afterwards)))).toContain(what);
  });

  test('[G6] names who opened and who ended an access, and that it is for a legal hold', async () => {
    const [recording] = (await readHistory(ledgerOf(afterwards))).recordings;
    const access = recording?.steps.filter(({ fact }) => fact.startsWith('access'));
    expect(access?.map(({ who, by, forHold }) => ({ who, by, forHold }))).toEqual([
      { who: 'support', by: 'admin', forHold: true },
      { who: 'support', by: 'dee', forHold: undefined },
    ]);
    const rows = (await told(afterwards)).filter(
      ([, , , , , , what]) => what?.startsWith('Access ') && !what.includes('GDPR'),
    );
    expect(rows.map(([, , , , , , what, by]) => [what, by])).toEqual([
      ['Access was opened until Nov 25, 2026, 15:00:00 (for a legal hold), by admin', 'support'],
      ['Access ended, by dee', 'support'],
    ]);
  });

  test('[G6] tells how it was made sure who a person is', async () => {
    const history = await readHistory(ledgerOf(afterwards));
    expect(history.rights[0]?.steps.map(({ status, identifiedBy }) => [status, identifiedBy])).toEqual([
      ['received', undefined],
      ['identified', 'passport'],
    ]);
    expect((await told(afterwards)).map((row) => row[6])).toContain(
      'Access (GDPR Art. 15): The person was identified: passport',
    );
    expect(recordPage(history)).toContain('<td>The person was identified: passport</td>');
  });
});
