import { HtmlValidate } from 'html-validate';
import { describe, expect, test } from 'vitest';
import { english } from '../../src/notice/english.ts';
import { german } from '../../src/notice/german.ts';
import { readHistory } from '../../src/records/history.ts';
import { recordEnglish } from '../../src/records/record-english.ts';
import { recordGerman } from '../../src/records/record-german.ts';
import { recordPage } from '../../src/records/record-page.ts';
import { ledgerOf, weeklyMeeting } from './meeting-ledger.ts';

const placeholdersOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test('the page is valid HTML to an independent validator', async () => {
  const validator = new HtmlValidate({ extends: ['html-validate:standard', 'html-validate:a11y'] });
  for (const catalogue of [recordEnglish, recordGerman]) {
    const history = await readHistory(ledgerOf(weeklyMeeting), {
      wordsOf: () => ({ title: 'Do you agree?', body: 'It has not started yet.' }),
    });
    const report = await validator.validateString(recordPage(history, { catalogue }));
    expect(
      report.results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => [ruleId, message, line])),
    ).toEqual([]);
  }
});

describe('the words of a record', () => {
  const expected = recordEnglish.texts;

  test('are there in German, with the same parameters, and none besides', () => {
    const own = Object.keys(recordGerman.texts).filter((key) => !Object.hasOwn(german.texts, key));
    expect(own.sort()).toEqual(
      Object.keys(expected)
        .filter((key) => !Object.hasOwn(english.texts, key))
        .sort(),
    );
    const differing = own.filter(
      (key) => String(placeholdersOf(recordGerman.texts[key] ?? '')) !== String(placeholdersOf(expected[key] ?? '')),
    );
    expect(differing).toEqual([]);
  });

  test('are German throughout', () => {
    const own = Object.keys(expected).filter((key) => key.startsWith('record.'));
    expect(own.filter((key) => recordGerman.texts[key] === expected[key])).toEqual(['record.person']);
  });

  test('[G4] name nothing of attention', () => {
    const own = [recordEnglish, recordGerman].flatMap(({ texts }) =>
      Object.entries(texts).filter(([key]) => key.startsWith('record.')),
    );
    expect(own.filter((each) => /attention|aufmerksam|focus|fokus/i.test(each.join(' ')))).toEqual([]);
  });
});
