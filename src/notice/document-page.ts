import { escaped } from '../core/xml.ts';
import type { DataKind, NoticeDocument } from './document.types.ts';
import { documentEnglish } from './document-english.ts';
import { formatText } from './texts.ts';
import type { TextCatalogue } from './texts.types.ts';

/** How a notice document is laid out as a page. */
export interface PageOptions {
  /** A stylesheet to link. The page carries none of its own, so that it stands under any content security policy. */
  readonly stylesheetHref?: string;
  /** The headings, in the document's language. Default English. */
  readonly catalogue?: TextCatalogue;
}

/**
 * A notice document as one complete HTML page: headings, one table for each kind of data, nothing to load and nothing
 * that runs. Every text is escaped. Without styles it reads and prints in order.
 */
export function documentPage(document: NoticeDocument, options: PageOptions = {}): string {
  const { stylesheetHref, catalogue = documentEnglish } = options;
  const say = (key: string) =>
    escaped(formatText(catalogue, `document.${key}`, { version: document.version }, documentEnglish));
  const part = (key: string, ...content: readonly string[]) => `<h2>${say(key)}</h2>\n${content.join('\n')}`;
  const { locale, dir, title, controller, intro, kinds, never, keeping = [], settings = [], rights } = document;
  const lines = [
    '<!doctype html>',
    `<html lang="${escaped(locale)}" dir="${escaped(dir)}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    ...(stylesheetHref === undefined ? [] : [`<link rel="stylesheet" href="${escaped(stylesheetHref)}">`]),
    '</head>',
    '<body>',
    '<main>',
    `<h1>${escaped(title)}</h1>`,
    ...intro.split('\n').map((paragraph) => `<p>${escaped(paragraph)}</p>`),
    part(
      'controller',
      `<p>${escaped(controller.name)}</p>`,
      `<p>${say('contact')}: ${contactLink(controller.contact)}</p>`,
    ),
    part('kinds', ...kinds.map((each, index) => kindTable(each, index + 1, say))),
    ...(keeping.length > 0 ? [part('keeping', list(keeping))] : []),
    ...(never.length > 0 ? [part('never', list(never))] : []),
    ...(settings.length > 0 ? [part('settings', list(settings))] : []),
    ...(rights.length > 0 ? [part('rights', rightsTable(rights, say))] : []),
    '</main>',
    `<footer><p>${say('version')}</p></footer>`,
    '</body>',
    '</html>',
  ];
  return `${lines.join('\n')}\n`;
}

type Say = (key: string) => string;

function kindTable(kind: DataKind, number: number, say: Say): string {
  const rows = [
    ['what', escaped(kind.what)],
    ['examples', list(kind.examples)],
    ['used-for', list(kind.usedFor)],
    ['source', say(`source.${kind.source}`)],
    ['retention', escaped(kind.retention)],
    ['recipients', list(kind.recipients)],
  ] as const;
  return [
    `<h3 id="kind-${number}">${escaped(kind.name)}</h3>`,
    `<table aria-labelledby="kind-${number}">`,
    '<tbody>',
    ...rows
      .filter(([, content]) => content !== '')
      .map(([key, content]) => `<tr><th scope="row">${say(key)}</th><td>${content}</td></tr>`),
    '</tbody>',
    '</table>',
  ].join('\n');
}

function rightsTable(rights: NoticeDocument['rights'], say: Say): string {
  return [
    '<table>',
    `<thead><tr><th scope="col">${say('right')}</th><th scope="col">${say('how')}</th></tr></thead>`,
    '<tbody>',
    ...rights.map(({ right, how }) => `<tr><th scope="row">${escaped(right)}</th><td>${escaped(how)}</td></tr>`),
    '</tbody>',
    '</table>',
  ].join('\n');
}

function list(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;
}

/** A contact that is nothing but a web or mail address can be followed; any other is text. */
function contactLink(contact: string): string {
  const isWeb = /^https?:\/\/[^\s"'<>\\]+$/.test(contact);
  const isMail = /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(contact);
  if (!isWeb && !isMail) return escaped(contact);
  return `<a href="${escaped(isMail ? `mailto:${contact}` : contact)}">${escaped(contact)}</a>`;
}
