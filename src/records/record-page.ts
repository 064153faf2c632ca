import { escaped } from '../core/xml.ts';
import type { TextShown } from '../notice/notice.types.ts';
import type { Purpose } from '../participants/participants.types.ts';
import type { CaptureSpan, ConsentStep, MeetingHistory, NoticeWords, PersonInRecording } from './history.types.ts';
import { isLanguage } from './json-ld.ts';
import {
  personLines,
  type RecordLine,
  recordingLines,
  rightStepWords,
  Telling,
  type TellingOptions,
} from './record-lines.ts';
import { type Section, sectionsOf } from './record-sections.ts';
import { recordStyle } from './record-style.ts';

/** One text that was on somebody's screen, and its number on the page. */
interface Shown {
  readonly number: number;
  readonly text: TextShown;
  readonly words?: NoticeWords;
}

/** What each part of the page is made with. */
interface Page {
  readonly telling: Telling;
  readonly shown: ReadonlyMap<string, Shown>;
  readonly say: (key: string, params?: Readonly<Record<string, string | number>>) => string;
}

/** How a record is told, and of whom. */
export interface RecordPageOptions extends TellingOptions {
  /** Whose copy it is, for the title; the history says what is in it (`historyOf`). */
  readonly participantId?: string;
}

/**
 * A history as one HTML page that a person can read and print: for each recording who asked for it, what became of it, and
 * for each person what they were asked, in which words, when, what they answered and when they were captured. Nothing in it
 * runs and nothing is loaded; every text is escaped; its style is its own, for the screen and for paper.
 */
export function recordPage(history: MeetingHistory, options: RecordPageOptions = {}): string {
  const telling = new Telling(history, options);
  const { locale, dir } = telling.catalogue;
  const say: Page['say'] = (key, params) => escaped(telling.say(key, params));
  const page: Page = { telling, shown: textsOf(history), say };
  const { participantId } = options;
  const meeting = history.meetingId;
  const title =
    participantId === undefined
      ? say('title', { meeting })
      : say('title.person', { meeting, name: telling.name(participantId) });
  const { n, at, hash } = history.head;
  const parts = [
    ...sectionsOf(history, telling).map((section) => sectionPart(section, page)),
    ...(history.rights.length > 0 ? [rightsPart(history, page)] : []),
    ...(page.shown.size > 0 ? [wordsPart(page)] : []),
  ];
  const lines = [
    '<!doctype html>',
    `<html lang="${escaped(locale)}" dir="${dir === 'rtl' ? 'rtl' : 'ltr'}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
    `<title>${title}</title>`,
    `<style>${recordStyle}</style>`,
    '</head>',
    '<body>',
    '<header>',
    `<h1>${title}</h1>`,
    `<p>${say('intro', { n, time: telling.when(at) })} ${say('intro.times', { zone: telling.zone })}</p>`,
    '</header>',
    '<main>',
    ...(parts.length > 0 ? parts : [`<p>${say('nothing')}</p>`]),
    '</main>',
    '<footer>',
    `<p>${say('head')}: <code>${escaped(hash)}</code></p>`,
    '</footer>',
    '</body>',
    '</html>',
  ];
  return `${lines.join('\n')}\n`;
}

/** Each text once, in the order in which it was first shown. */
function textsOf({ recordings }: MeetingHistory): ReadonlyMap<string, Shown> {
  const shown = new Map<string, Shown>();
  const steps: readonly ConsentStep[] = recordings.flatMap(({ people }) =>
    people.flatMap(({ consents }) => consents.flatMap((consent) => consent.steps)),
  );
  for (const { text, words } of [...steps].sort((a, b) => a.n - b.n)) {
    if (text === undefined || shown.has(keyOf(text))) continue;
    shown.set(keyOf(text), { number: shown.size + 1, text, ...(words && { words }) });
  }
  return shown;
}

const keyOf = ({ version, locale, hash }: TextShown): string => JSON.stringify([version, locale, hash]);

function sectionPart(section: Section, page: Page): string {
  const { recording, place, heading } = section;
  const more = recordingLines(recording, page.telling);
  return [
    `<section aria-labelledby="recording-${place}">`,
    `<h2 id="recording-${place}">${heading}</h2>`,
    facts(section, page),
    ...recording.people.map((person, index) => personPart(section, person, `${place}-${index + 1}`, page)),
    ...(more.length > 0 ? [moreTable(more, section, page)] : []),
    '</section>',
  ].join('\n');
}

function facts({ recording, alone }: Section, page: Page): string {
  const { recordingId, requests, storage, startedAt, endedAt, outcome } = recording;
  const { telling, say } = page;
  const ended = endedAt === undefined ? [] : [time(endedAt, telling), escaped(telling.word('outcome', outcome ?? ''))];
  const pairs = [
    [alone === undefined ? 'recording' : 'id', `<code>${escaped(recordingId)}</code>`],
    ...requests.flatMap(({ at, by, purposes, reason }) => [
      ['request', `${escaped(telling.purposes(purposes))}, ${time(at, telling)}`],
      ['by', escaped(telling.by(by))],
      ...(reason === undefined ? [] : [['reason', escaped(reason)]]),
    ]),
    ...(storage === undefined ? [] : [['stored', say(`storage.${storage}`)]]),
    ...(startedAt === undefined ? [] : [['started', time(startedAt, telling)]]),
    ...(ended.length === 0 ? [] : [['ended', ended.join(', ')]]),
  ];
  return definitions(pairs.map(([key = '', content = '']) => [say(key), content]));
}

const definitions = (pairs: readonly (readonly string[])[]): string =>
  `<dl>\n${pairs.map(([term, content]) => `<div><dt>${term}</dt><dd>${content}</dd></div>`).join('\n')}\n</dl>`;

const time = (at: string, telling: Telling): string =>
  `<time datetime="${escaped(at)}">${escaped(telling.when(at))}</time>`;

function personPart(section: Section, person: PersonInRecording, place: string, page: Page): string {
  const { recording, alone } = section;
  const { telling, say } = page;
  const part = (purpose: Purpose) => say('part', { purpose: telling.purposes([purpose]) });
  const name = telling.name(person.participantId);
  return [
    `<section aria-labelledby="person-${place}">`,
    `<h3 id="person-${place}">${section.person(name)}</h3>`,
    definitions([
      [say('person'), `<code>${escaped(person.participantId)}</code>`],
      [alone === undefined ? say('captured') : part(alone), spansList(person.captured, page)],
      ...person.parts.map(({ purpose, spans }) => [part(purpose), spansList(spans, page)]),
    ]),
    table(
      `person-${place}`,
      ['number', 'time', 'purpose', 'what', 'words'],
      personLines(recording, person, telling).map((line) => [
        String(line.n),
        time(line.at, telling),
        line.purpose === undefined ? '' : escaped(telling.purposes([line.purpose])),
        whatCell(line, page),
        wordsCell(line.text, page),
      ]),
      page,
    ),
    '</section>',
  ].join('\n');
}

function spansList(spans: readonly CaptureSpan[], page: Page): string {
  const items = spans.map((span) => `<li>${spanWords(span, page)}</li>`);
  return items.length > 0 ? `<ul>${items.join('')}</ul>` : page.say('captured.never');
}

function spanWords({ from, to }: CaptureSpan, { telling, say }: Page): string {
  const begin = telling.when(from.at);
  return to ? say('captured.span', { from: begin, to: telling.when(to.at) }) : say('captured.open', { from: begin });
}

function whatCell({ what, reason, isSigned }: RecordLine, { say }: Page): string {
  const told = reason === undefined ? escaped(what) : `${escaped(what)}: ${escaped(reason)}`;
  return isSigned ? `${told}<br><small>${say('signature')}: ${say('signed.own')}</small>` : told;
}

function wordsCell(text: TextShown | undefined, { shown, say }: Page): string {
  const found = text && shown.get(keyOf(text));
  return found ? `<a href="#text-${found.number}">${say('text.link', { number: found.number })}</a>` : '';
}

function moreTable(lines: readonly RecordLine[], { place, more }: Section, page: Page): string {
  const { telling } = page;
  return [
    `<h3 id="more-${place}">${more}</h3>`,
    table(
      `more-${place}`,
      ['number', 'time', 'what', 'by', 'reason'],
      lines.map(({ n, at, what, by = '', reason = '' }) => [
        String(n),
        time(at, telling),
        escaped(what),
        escaped(by),
        escaped(reason),
      ]),
      page,
    ),
  ].join('\n');
}

function table(
  labelledBy: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  page: Page,
): string {
  const head = columns.map((column) => `<th scope="col">${page.say(column)}</th>`).join('');
  const body = rows.map(
    ([first, ...others]) =>
      `<tr><th scope="row">${first}</th>${others.map((content) => `<td>${content}</td>`).join('')}</tr>`,
  );
  return [
    // On a narrow screen a table is wider than the page: it scrolls by itself, also by keyboard.
    `<div class="wide" role="group" aria-labelledby="${labelledBy}" tabindex="0">`,
    `<table aria-labelledby="${labelledBy}">`,
    `<thead><tr>${head}</tr></thead>`,
    `<tbody>\n${body.join('\n')}\n</tbody>`,
    '</table>',
    '</div>',
  ].join('\n');
}

function rightsPart({ rights }: MeetingHistory, page: Page): string {
  const { telling, say } = page;
  const rows = rights.flatMap(({ participantId, right, dueAt, steps }) =>
    steps.map((step) => [
      String(step.n),
      time(step.at, telling),
      escaped(telling.name(participantId)),
      escaped(telling.word('right', right)),
      escaped([rightStepWords(step, telling), step.reason].filter(Boolean).join(': ')),
      time(dueAt, telling),
    ]),
  );
  return [
    '<section aria-labelledby="rights">',
    `<h2 id="rights">${say('heading.rights')}</h2>`,
    table('rights', ['number', 'time', 'person', 'right', 'what', 'due'], rows, page),
    '</section>',
  ].join('\n');
}

function wordsPart({ shown, say }: Page): string {
  const texts = [...shown.values()].flatMap(({ number, text, words }) => [
    `<h3 id="text-${number}">${say('heading.words.one', { number })}</h3>`,
    definitions([
      [say('version'), escaped(text.version)],
      [say('language'), escaped(text.locale)],
      [say('hash'), `<code>${escaped(text.hash)}</code>`],
    ]),
    words
      ? `<blockquote${langOf(text.locale)} dir="auto">${[words.title, ...words.body.split('\n')]
          .map((line) => `<p>${escaped(line)}</p>`)
          .join('')}</blockquote>`
      : `<p>${say('text.unknown')}</p>`,
  ]);
  return [
    '<section aria-labelledby="words">',
    `<h2 id="words">${say('heading.words')}</h2>`,
    ...texts,
    '</section>',
  ].join('\n');
}

/** A client names the language of its words; what is none is left out. */
const langOf = (locale: string): string => (isLanguage(locale) ? ` lang="${escaped(locale)}"` : '');
