import axe from 'axe-core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultDocument } from '../../src/notice/default-document.ts';
import type { NoticeDocument } from '../../src/notice/document.types.ts';
import { documentPage } from '../../src/notice/document-page.ts';
import { german } from '../../src/notice/german.ts';

const read = (html: string) => new DOMParser().parseFromString(html, 'text/html');
const textsOf = (root: ParentNode, selector: string) =>
  [...root.querySelectorAll(selector)].map((found) => found.textContent);

/** Text that tries to be markup, in every place that takes text. */
const hostile = fc.oneof(
  fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', '!', '-', '=', 'a', ' ', '\n', '`', '\0') }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '</title><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '<!--',
    ']]>',
    '&lt;script&gt;',
    'javascript:alert(1)',
    'https://x.example/"onclick="alert(1)',
    '</main></body></html>',
    '<svg/onload=alert(1)>',
  ),
);
/** What no page can hold, and the end of a line, is a space. */
const asShown = (text: string): string => text.replaceAll(/\p{Cc}/gu, ' ');
const texts = fc.array(hostile, { maxLength: 2 });
const documents: fc.Arbitrary<NoticeDocument> = fc.record({
  version: hostile,
  locale: hostile,
  dir: fc.constantFrom('ltr', 'rtl'),
  title: hostile,
  controller: fc.record({ name: hostile, contact: hostile }),
  intro: hostile,
  kinds: fc.array(
    fc.record({
      id: hostile,
      name: hostile,
      what: hostile,
      examples: texts,
      usedFor: texts,
      purposes: texts,
      source: fc.constantFrom('given', 'collected', 'chosen-to-give', 'obtained-from-others'),
      retention: hostile,
      recipients: texts,
    }),
    { maxLength: 2 },
  ),
  never: texts,
  keeping: texts,
  settings: texts,
  rights: fc.array(fc.record({ right: hostile, how: hostile }), { maxLength: 2 }),
});

/** What the page may consist of: everything else would have come out of a text. */
const elements = 'html head meta title link body main footer h1 h2 h3 p a ul li table thead tbody tr th td'.split(' ');
const attributes = 'lang dir charset name content rel href id aria-labelledby scope'.split(' ');

describe('documentPage', () => {
  test('is one complete page in the language and direction of its document', () => {
    const html = documentPage(defaultDocument);
    const page = read(html);
    expect(html.startsWith('<!doctype html>\n<html lang="en" dir="ltr">\n')).toBe(true);
    expect([page.title, textsOf(page, 'h1'), textsOf(page, 'h2')]).toEqual([
      defaultDocument.title,
      [defaultDocument.title],
      [
        'Who is responsible',
        'What data there is',
        'How long data is kept',
        'What is never done',
        'What you can set yourself',
        'Your rights',
      ],
    ]);
    expect(read(documentPage({ ...defaultDocument, locale: 'ar', dir: 'rtl' })).documentElement.dir).toBe('rtl');
  });

  test('has a table for each kind of data, named by its heading (R7)', () => {
    const page = read(documentPage(defaultDocument));
    expect(textsOf(page, 'h3')).toEqual(defaultDocument.kinds.map(({ name }) => name));
    const tables = [...page.querySelectorAll('table[aria-labelledby]')];
    expect(
      tables.map((table) => page.getElementById(table.getAttribute('aria-labelledby') ?? '')?.textContent),
    ).toEqual(defaultDocument.kinds.map(({ name }) => name));
    const [attention] = tables.filter((_, index) => defaultDocument.kinds[index]?.id === 'attention');
    expect(textsOf(attention as Element, 'th')).toEqual([
      'What it is',
      'Examples',
      'Used for',
      'Where it comes from',
      'How long it is kept',
      'Who gets it',
    ]);
    expect(textsOf(attention as Element, 'td').at(-1)).toBe('the hosts of the meeting, and nobody else');
  });

  test('carries no script and no style, and links a stylesheet only if told to', () => {
    expect(documentPage(defaultDocument)).not.toMatch(/<script|<style|<link|style=|\son\w+=/i);
    const page = read(documentPage(defaultDocument, { stylesheetHref: '/a.css?b=1&c="2"' }));
    expect([...page.querySelectorAll('link')].map((link) => [link.rel, link.getAttribute('href')])).toEqual([
      ['stylesheet', '/a.css?b=1&c="2"'],
    ]);
  });

  test('makes a contact that is an address one to follow, and any other text', () => {
    const linked = (contact: string) =>
      read(documentPage({ ...defaultDocument, controller: { name: 'Host Org', contact } }))
        .querySelector('a')
        ?.getAttribute('href');
    expect(
      [
        'https://host.example/p?a&b',
        'privacy@host-org.example',
        'Ask the host',
        'javascript:alert(1)',
        'x@y',
        'see https://a.example',
      ].map(linked),
    ).toEqual([
      'https://host.example/p?a&b',
      'mailto:privacy@host-org.example',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('has the headings of the catalogue, and its source of each kind', () => {
    const page = read(documentPage(defaultDocument, { catalogue: german }));
    expect(textsOf(page, 'h2')[0]).toBe('Wer verantwortlich ist');
    expect(textsOf(page, 'footer')).toEqual(['Fassung 1']);
  });

  test('shows any text as text: nothing in a document becomes markup', () => {
    fc.assert(
      fc.property(documents, hostile, (document, stylesheetHref) => {
        const page = read(documentPage(document, { stylesheetHref }));
        const found = [...page.querySelectorAll('*')];
        expect(found.filter(({ localName }) => !elements.includes(localName))).toEqual([]);
        expect(found.flatMap((each) => each.getAttributeNames()).filter((name) => !attributes.includes(name))).toEqual(
          [],
        );
        expect([...page.querySelectorAll('a')].filter(({ href }) => !/^(https?|mailto):/.test(href))).toEqual([]);
        expect(page.querySelectorAll('h3').length).toBe(document.kinds.length);
        expect(textsOf(page, 'h1')).toEqual([asShown(document.title)]);
        expect(textsOf(page, 'h3')).toEqual(document.kinds.map(({ name }) => asShown(name)));
        expect(page.documentElement.lang).toBe(asShown(document.locale));
      }),
      { numRuns: 60 },
    );
  });

  test('has no fault that axe can see', async () => {
    const page = read(documentPage(defaultDocument));
    document.documentElement.lang = page.documentElement.lang;
    document.title = page.title;
    document.body.innerHTML = page.body.innerHTML;
    const { violations } = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
});
