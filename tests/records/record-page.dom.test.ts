import axe from 'axe-core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { historyOf, readHistory } from '../../src/records/history.ts';
import type { HistoryOptions, MeetingHistory } from '../../src/records/history.types.ts';
import { recordGerman } from '../../src/records/record-german.ts';
import { recordPage } from '../../src/records/record-page.ts';
import { first, german, ledgerOf, weeklyMeeting } from './meeting-ledger.ts';

const words: HistoryOptions['wordsOf'] = ({ hash }) =>
  hash === german.hash
    ? { title: 'Stimmen Sie der Aufzeichnung zu?', body: 'Hana Novak bittet darum.\nEs läuft noch nicht.' }
    : undefined;
const weekly = () =>
  readHistory(ledgerOf(weeklyMeeting), { nameOf: (id) => ({ bo: 'Bo Lind', cy: 'Cy Ito' })[id], wordsOf: words });

const read = (html: string): Document => new DOMParser().parseFromString(html, 'text/html');
const textsOf = (root: ParentNode, selector: string): string[] =>
  [...root.querySelectorAll(selector)].map((found) => found.textContent ?? '');

/** The rows of the table under the heading of that text. */
function rowsUnder(page: Document, heading: string): string[][] {
  const found = [...page.querySelectorAll('h2, h3')].find(({ textContent }) => textContent === heading);
  const table = page.querySelector(`table[aria-labelledby="${found?.id}"]`);
  if (!table) throw new Error(`no table under ${heading}`);
  return [...table.querySelectorAll('tbody tr')].map((row) => textsOf(row, 'th, td'));
}

function definitionsUnder(page: Document, heading: string): string[] {
  const found = [...page.querySelectorAll('h2, h3')].find(({ textContent }) => textContent === heading);
  const list = found?.parentElement?.querySelector('dl');
  return [...(list?.querySelectorAll('div') ?? [])].map((pair) => textsOf(pair, 'dt, dd').join(': '));
}

describe('recordPage', () => {
  test('[G6] tells of each person what they were asked, when, in which words, and what they answered', async () => {
    const page = read(recordPage(await weekly()));
    expect(rowsUnder(page, 'Bo Lind in recording 1')).toEqual([
      ['2', 'Nov 24, 2026, 15:00:01', 'recording', 'Asked to agree', ''],
      ['2', 'Nov 24, 2026, 15:00:01', 'transcript', 'Asked to agree', ''],
      ['5', 'Nov 24, 2026, 15:00:02', 'recording', 'The notice was on screen', 'Text 1'],
      ['5', 'Nov 24, 2026, 15:00:02', 'transcript', 'The notice was on screen', 'Text 1'],
      ['8', 'Nov 24, 2026, 15:00:10', 'recording', 'AgreedSigned: Yes, by the person’s own client', 'Text 1'],
      ['9', 'Nov 24, 2026, 15:00:10', 'transcript', 'Agreed', 'Text 1'],
      ['18', 'Nov 24, 2026, 15:01:02', '', 'In the recording from here on: as answered', ''],
      ['21', 'Nov 24, 2026, 15:05:00', 'recording', 'Withdrew', 'Text 1'],
      ['22', 'Nov 24, 2026, 15:05:00', 'transcript', 'Withdrew', 'Text 1'],
      ['23', 'Nov 24, 2026, 15:05:01', '', 'Not in the recording from here on: withdrew', ''],
    ]);
    expect(definitionsUnder(page, 'Cy Ito in recording 1')).toEqual([
      'Person: cy',
      'In the recording: from Nov 24, 2026, 15:01:02 to Nov 24, 2026, 15:10:00from Nov 24, 2026, 15:11:00 to Nov 24, 2026, 15:30:00',
    ]);
    expect(definitionsUnder(page, 'dee in recording 1')).toEqual(['Person: dee', 'In the recording: At no time']);
    expect(definitionsUnder(page, 'Recording 1')).toEqual([
      `Recording: ${first}`,
      'Asked for: recording and transcript, Nov 24, 2026, 15:00:01',
      'By whom: Hana Novak',
      'Reason: For those who are on leave',
      'Stored: In the meeting provider’s cloud',
      'Began: Nov 24, 2026, 15:01:02',
      'Ended: Nov 24, 2026, 15:30:00, stopped',
    ]);
    expect(rowsUnder(page, 'What else happened to recording 1').map((row) => row.slice(2))).toEqual([
      ['The recording began', 'Hana Novak', ''],
      ['The transcript: is being made', '', ''],
      ['The recording was paused', 'Hana Novak', ''],
      ['The recording went on', 'Hana Novak', ''],
      ['It ended: stopped', 'Hana Novak', ''],
      ['The transcript: ready', '', ''],
      ['Erasure was asked for: recording and transcript (of Bo Lind alone)', '', 'somebody exercised their right'],
      ['Access was opened until Nov 25, 2026, 15:00:00', 'Support of the provider', 'The sound is missing'],
      ['Erased: recording, transcript, and notes', '', 'the time of keeping is over'],
    ]);
    expect(rowsUnder(page, 'Rights that were exercised').map((row) => row.slice(2))).toEqual([
      ['Bo Lind', 'Deletion (GDPR Art. 17)', 'Received: I did not want this kept', 'Dec 24, 2026, 15:43:20'],
      ['Bo Lind', 'Deletion (GDPR Art. 17)', 'Done', 'Dec 24, 2026, 15:43:20'],
    ]);
  });

  test('shows each text once, in its own language, and each mention leads to it', async () => {
    const page = read(recordPage(await weekly()));
    const quotes = [...page.querySelectorAll('blockquote')].map((quote) => [quote.lang, ...textsOf(quote, 'p')]);
    expect(quotes).toEqual([
      ['de', 'Stimmen Sie der Aufzeichnung zu?', 'Hana Novak bittet darum.', 'Es läuft noch nicht.'],
    ]);
    expect(textsOf(page, '#words ~ h3')).toEqual(['Text 1', 'Text 2']);
    const links = [...page.querySelectorAll('a')].map((link) => [
      link.textContent,
      page.querySelector(link.getAttribute('href') ?? '')?.textContent,
    ]);
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter(([said, led]) => said !== led)).toEqual([]);
  });

  test('of one person is their own copy', async () => {
    const page = read(recordPage(historyOf(await weekly(), 'cy'), { participantId: 'cy' }));
    expect(page.title).toBe('What was asked of Cy Ito, answered and recorded in meeting weekly');
    expect(textsOf(page, 'h3').filter((heading) => heading.includes(' in recording '))).toEqual([
      'Cy Ito in recording 1',
      'Cy Ito in recording 2',
    ]);
    expect(page.body.textContent).not.toMatch(/Bo Lind|dee|room-7/);
  });

  test('is in the language, direction and time zone that are wanted', async () => {
    const html = recordPage(await weekly(), { catalogue: recordGerman, timeZone: 'Europe/Berlin' });
    const page = read(html);
    expect(html.startsWith('<!doctype html>\n<html lang="de" dir="ltr">\n')).toBe(true);
    expect(rowsUnder(page, 'Bo Lind in Aufzeichnung 1')[4]).toEqual([
      '8',
      '24. Nov. 2026, 16:00:10',
      'Aufzeichnung',
      'ZugestimmtUnterschrieben: Ja, vom Client der Person selbst',
      'Wortlaut 1',
    ]);
    expect(page.querySelector('time')?.getAttribute('datetime')).toBe('2026-11-24T15:00:01.000Z');
    const turned = recordPage(await weekly(), { catalogue: { ...recordGerman, locale: 'ar', dir: 'rtl' } });
    expect(read(turned).documentElement.dir).toBe('rtl');
  });

  test('says so where nothing was recorded', async () => {
    const empty = await readHistory(ledgerOf(weeklyMeeting.slice(0, 1)));
    expect(textsOf(read(recordPage(empty)), 'main')).toEqual(['\nNothing was recorded or asked for.\n']);
  });

  test('runs nothing and loads nothing', async () => {
    const page = read(recordPage(await weekly()));
    expect(page.querySelectorAll('script, link, img, iframe, object, embed, form').length).toBe(0);
    const attributes = [...page.querySelectorAll('*')].flatMap((each) => each.getAttributeNames());
    expect(attributes.filter((name) => name.startsWith('on') || name === 'style' || name === 'src')).toEqual([]);
    expect(page.querySelector('meta[http-equiv]')?.getAttribute('content')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'",
    );
  });

  test('turns around no words but a name’s own', async () => {
    const nameOf = (id: string) => (id === 'bo' ? '\u2067Bo\u202E Lind' : undefined);
    const page = read(recordPage(await readHistory(ledgerOf(weeklyMeeting), { nameOf })));
    expect(rowsUnder(page, 'Bo Lind in recording 1')).toHaveLength(10);
  });

  test('shows any text as text: nothing in a ledger becomes markup', { timeout: 60_000 }, async () => {
    const hostile = fc.constantFrom(
      '<script>alert(1)</script>',
      '</style><script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' onmouseover='alert(1)",
      '<!--',
      ']]>',
      '&lt;b&gt;',
      '</main></body></html>',
      '<svg/onload=alert(1)>',
      '\u202Eevil\u0000',
      '{name}',
      '$&',
    );
    const allowed =
      'html head meta title style body header main footer section h1 h2 h3 p dl div dt dd ul li table thead tbody tr th td time code a br small blockquote'.split(
        ' ',
      );
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (a, b, c) => {
        const person = { recordingId: c, participantId: a };
        const text = { version: a, locale: b, hash: c };
        const records = ledgerOf(
          [
            [0, { fact: 'requested', recordingId: c, purposes: [b], by: { participantId: a, name: b }, reason: c }],
            [1, { ...person, fact: 'asked', purposes: [b], noticeId: 'n', consent: a }],
            [2, { ...person, fact: 'shown', noticeId: 'n', text }],
            [3, { ...person, fact: 'captured', because: a as 'clear' }],
            [4, { fact: 'access-granted', recordingId: c, grantId: 'g', to: a, reason: b }],
            [
              5,
              {
                fact: 'right-received',
                participantId: a,
                requestId: 'r',
                right: b as 'access',
                dueAt: '2026-12-24T15:00:00Z',
                reason: c,
              },
            ],
          ],
          a,
        );
        const history = await readHistory(records, { wordsOf: () => ({ title: a, body: b }) });
        const page = read(recordPage(history, { participantId: a }));
        const found = [...page.querySelectorAll('*')];
        expect(found.filter(({ localName }) => !allowed.includes(localName))).toEqual([]);
        expect(found.flatMap((each) => each.getAttributeNames()).filter((name) => name.startsWith('on'))).toEqual([]);
        expect(
          [...page.querySelectorAll('a')].filter((link) => !/^#text-\d+$/.test(link.getAttribute('href') ?? '')),
        ).toEqual([]);
        expect(textsOf(page, 'blockquote p')).toEqual([a, b].map((each) => each.replaceAll('\0', ' ')));
      }),
      { numRuns: 80 },
    );
  });

  test('has no fault that axe can see: landmarks, headings, table headers, language', { timeout: 60_000 }, async () => {
    const histories: readonly (readonly [MeetingHistory, object])[] = [
      [await weekly(), {}],
      [historyOf(await weekly(), 'bo'), { participantId: 'bo', catalogue: recordGerman }],
    ];
    for (const [history, options] of histories) {
      const page = read(recordPage(history, options));
      document.documentElement.lang = page.documentElement.lang;
      document.title = page.title;
      document.body.innerHTML = page.body.innerHTML;
      // Colours are looked at in a real browser.
      const { violations, passes } = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      expect(passes.map(({ id }) => id)).toEqual(
        expect.arrayContaining(['document-title', 'html-has-lang', 'landmark-main-is-top-level', 'region']),
      );
    }
    for (const table of document.querySelectorAll('table')) {
      expect([...table.querySelectorAll('th')].filter((each) => !['col', 'row'].includes(each.scope))).toEqual([]);
    }
  });
});
