import { describe, expect, test } from 'vitest';
import { answeredAnnouncement, sayToCaller } from '../../src/notice/answered-text.ts';
import { withAttention } from '../../src/notice/attention-english.ts';
import { defaultDocument } from '../../src/notice/default-document.ts';
import { shortDocument } from '../../src/notice/document.ts';
import { documentPage } from '../../src/notice/document-page.ts';
import { german } from '../../src/notice/german.ts';
import { hostSummary } from '../../src/notice/host-text.ts';
import { noticeChoices, noticeText } from '../../src/notice/notice-text.ts';
import { openWords } from '../../src/notice/open-words.ts';
import type { TextCatalogue } from '../../src/notice/texts.types.ts';
import { wholeEnglish as english } from '../../src/notice/whole-english.ts';
import { uiEnglish } from '../../src/ui/english.ts';
import { everyAnswered, everyCue, everyNews, everyNotice, oneNotice, spoken } from './every-notice.ts';

const placeholdersOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

/** All that can be shown in one language. */
function* everythingShown(catalogue: TextCatalogue): Generator<string> {
  for (const data of [...everyNotice(), { ...oneNotice, kind: 'banner', side: 'other' } as const]) {
    const { title, body, consequences } = noticeText(data, catalogue, undefined, openWords);
    yield* [title, body, ...Object.values(consequences), ...noticeChoices(data, catalogue).map(({ label }) => label)];
  }
  for (const cue of everyCue()) yield spoken(cue, catalogue).text;
  for (const answered of everyAnswered()) yield answeredAnnouncement(answered, catalogue).text;
  for (const side of ['own', 'other']) yield sayToCaller(`cue.side.${side}`, catalogue);
  for (const news of everyNews()) yield hostSummary(news, catalogue);
  for (const source of ['given', 'collected', 'chosen-to-give', 'obtained-from-others'] as const) {
    const document = { ...defaultDocument, kinds: defaultDocument.kinds.map((kind) => ({ ...kind, source })) };
    yield documentPage(document, { catalogue });
    yield shortDocument(document, ['recording'], catalogue);
  }
}

/** The English catalogue with each text replaced by its key and its placeholders. */
const marked: TextCatalogue = {
  ...english,
  texts: Object.fromEntries(
    Object.entries(english.texts).map(([key, text]) => [
      key,
      `⟦${key}⟧${placeholdersOf(text)
        .map((name) => `{${name}}`)
        .join('')}`,
    ]),
  ),
};

describe('the English catalogue', () => {
  const shown = [...everythingShown(marked)];

  test('has every text that is used, and no text that is not', () => {
    const used = new Set(shown.flatMap((text) => [...text.matchAll(/⟦([^⟧]+)⟧/g)].map(([, key]) => key)));
    // Purposes of other products; named here so that they read well.
    used.add('purpose.live-streaming').add('purpose.live-captions');
    expect(Object.keys(english.texts).filter((key) => !used.has(key))).toEqual([]);
    const area = /(?<![\w⟦./-])(purpose|title|body|choice|consequence|cue|host|document)\.[a-z][a-z.-]*/;
    expect([...new Set(shown.flatMap((text) => area.exec(text.replace(/⟦[^⟧]+⟧/g, ''))?.[0] ?? []))]).toEqual([]);
  });

  test('is given every parameter that its texts name', () => {
    expect([...new Set(shown.flatMap(placeholdersOf))]).toEqual([]);
  });

  test('says nothing vague and pushes nobody (EDPB Guidelines 03/2022)', () => {
    const pushing =
      /\b(may|might|improve|experience|partners|recommended|simply|just|enjoy|sorry|unfortunately|etc)\b|!/i;
    const allowed = new Set(['document.source.chosen-to-give']);
    const found = Object.entries(english.texts).filter(([key, text]) => !allowed.has(key) && pushing.test(text));
    expect(found).toEqual([]);
  });

  test('is written in short sentences', () => {
    const sentences = Object.entries(english.texts).flatMap(([key, text]) =>
      text.split(/[.:?] /).map((sentence) => [key, sentence] as const),
    );
    const long = sentences.filter(
      ([key, sentence]) => key !== 'body.what.attention' && sentence.split(' ').length > 25,
    );
    expect(long).toEqual([]);
  });
});

describe('the German catalogue', () => {
  const expected = { ...english.texts, ...uiEnglish };

  test('has every text of the English one and of the web components, and no other', () => {
    expect(Object.keys(german.texts).sort()).toEqual(Object.keys(expected).sort());
  });

  test('names the same parameters in each text', () => {
    const differing = Object.keys(expected).filter(
      (key) => String(placeholdersOf(german.texts[key] ?? '')) !== String(placeholdersOf(expected[key] ?? '')),
    );
    expect(differing).toEqual([]);
  });

  test('is German throughout', () => {
    const same = Object.keys(expected).filter((key) => german.texts[key] === expected[key]);
    expect(same.sort()).toEqual(['ui.channel.bot', 'ui.purpose.other', 'ui.role.host']);
  });
});

test('a catalogue that lacks texts shows the English ones', () => {
  const empty = withAttention({ ...english, texts: {} });
  const wanted = [...everythingShown(english)];
  expect([...everythingShown(empty)].filter((text, index) => text !== wanted[index])).toEqual([]);
});
