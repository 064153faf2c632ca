import { expect, test } from 'vitest';
import { answeredAnnouncement } from '../../src/notice/answered-text.ts';
import { english } from '../../src/notice/english.ts';
import { german } from '../../src/notice/german.ts';
import { everyAnswered } from './every-notice.ts';

test('[G3] each key that is named is one that the announcement gives a meaning, and no other', () => {
  const named = (text: string) => [...(text.match(/\b[12]\b/g) ?? []), ...(text.includes('star to hear') ? ['*'] : [])];
  for (const answered of everyAnswered()) {
    const { text, keys = {} } = answeredAnnouncement(answered, english);
    expect({ answered, keys: Object.keys(keys).sort() }).toEqual({ answered, keys: named(text).sort() });
  }
});

test('[G3] an agreement is always told with the key that takes it back', () => {
  const agreed = everyAnswered().filter(({ answer }) => answer === 'given' || answer === 'acknowledged');
  expect(agreed.filter((each) => answeredAnnouncement(each, english).keys?.['2'] !== 'refuse')).toEqual([]);
});

test('is said in the language of the catalogue', () => {
  const { text, locale } = answeredAnnouncement({ answer: 'given', purposes: ['recording'], running: false }, german);
  expect([locale, text]).toEqual([
    'de',
    'Sie haben zugestimmt. Drücken Sie die 2, wenn Sie es sich anders überlegen, und Stern, um dies noch einmal zu hören.',
  ]);
});
