import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/notice/catalogues.ts';
import { english } from '../../src/notice/english.ts';
import { german } from '../../src/notice/german.ts';
import { hostEnglish } from '../../src/notice/host-english.ts';
import { formatCount, formatList, formatPurposes, formatText } from '../../src/notice/texts.ts';
import type { TextCatalogue } from '../../src/notice/texts.types.ts';

const saying = (texts: Record<string, string>, dir: 'ltr' | 'rtl' = 'ltr', locale = 'en'): TextCatalogue => ({
  locale,
  dir,
  version: '7',
  texts,
});
const said = (text: string, params: Record<string, string | number>, dir?: 'ltr' | 'rtl') =>
  formatText(saying({ k: text }, dir), 'k', params);

describe('formatText', () => {
  test('takes the words of the catalogue, else the English ones, else the key', () => {
    const own = saying({ 'choice.agree': 'Ja', 'choice.refuse': ' ' });
    expect(
      ['choice.agree', 'choice.refuse', 'choice.continue', 'no.such.key', 'constructor'].map((key) =>
        formatText(own, key),
      ),
    ).toEqual(['Ja', 'Refuse', 'Continue', 'no.such.key', 'constructor']);
  });

  test('puts parameters in the place of their names, each as often as it stands there', () => {
    expect(said('{a} and {b} and {a}', { a: 'x', b: 2 })).toBe('x and 2 and x');
  });

  test('leaves a placeholder without a parameter as it is, inherited names too', () => {
    expect(said('{a} {constructor} {toString}', {})).toBe('{a} {constructor} {toString}');
  });

  test('takes a parameter as text: no markup, no patterns, no placeholders in it', () => {
    expect(said('by {a}.', { a: '<img src=x onerror=alert(1)> $& $1 {b}', b: 'never' })).toBe(
      'by <img src=x onerror=alert(1)> $& $1 {b}.',
    );
  });

  test('keeps a name to one line, so that it cannot pass for a line of the notice', () => {
    expect(said('by {a}.', { a: ' Bo\n\nNo answer is needed\u2028\u0000now ' })).toBe('by Bo No answer is needed now.');
  });

  test('keeps a name from turning the words around it', () => {
    expect(said('by {a}.', { a: '\u202eevil' })).toBe('by evil.');
    expect(said('by {a}.', { a: '\u2069\u2067evil' })).toBe('by \u2068\u2067evil\u2069\u2069.');
  });

  test('sets a name apart in a right-to-left catalogue, and a right-to-left name in any', () => {
    expect(said('‏من {a}.', { a: 'Bo' }, 'rtl')).toBe('‏من \u2068Bo\u2069.');
    expect(said('by {a}.', { a: 'בני' })).toBe('by \u2068בני\u2069.');
    expect(said('by {a}.', { a: 'Bo' })).toBe('by Bo.');
    expect(said('‏{n}', { n: 3 }, 'rtl')).toBe('‏3');
  });

  test('never lets a name open an embedding that does not end within it', () => {
    const marks = fc.string({
      unit: fc.constantFrom('a', 'א', '\u202a', '\u202e', '\u202c', '\u2066', '\u2067', '\u2068', '\u2069'),
    });
    fc.assert(
      fc.property(marks, fc.constantFrom('ltr', 'rtl'), (name, dir) => {
        let depth = 0;
        const within = said('[{a}]', { a: name }, dir as 'ltr' | 'rtl');
        expect(within.startsWith('[') && within.endsWith(']')).toBe(true);
        for (const mark of within) {
          expect('\u202a\u202b\u202c\u202d\u202e').not.toContain(mark);
          if ('\u2066\u2067\u2068'.includes(mark)) depth++;
          if (mark === '\u2069') depth--;
          expect(depth).toBeGreaterThanOrEqual(0);
        }
        expect(depth).toBe(0);
      }),
    );
  });
});

describe('formatCount', () => {
  const polish = saying({ 'k.one': '{count} osoba', 'k.few': '{count} osoby', 'k.many': '{count} osób' }, 'ltr', 'pl');

  test('takes the plural form of the language', () => {
    expect([1, 2, 5].map((count) => formatCount(polish, 'k', count))).toEqual(['1 osoba', '2 osoby', '5 osób']);
  });

  test('takes "other" where the catalogue has no more, and English where it has nothing', () => {
    const short = saying({ 'k.other': '{count} osób' }, 'ltr', 'pl');
    expect([1, 2].map((count) => formatCount(short, 'k', count))).toEqual(['1 osób', '2 osób']);
    expect(formatCount(polish, 'host.refused', 2, { names: 'Bo' }, hostEnglish)).toBe('2 people refused: Bo.');
    expect(formatCount(polish, 'host.refused', 1, { names: 'Bo' }, hostEnglish)).toBe('Bo refused.');
  });
});

describe('lists', () => {
  test('are written as the language writes them', () => {
    expect(formatList(english, ['a', 'b', 'c'])).toBe('a, b, and c');
    expect(formatPurposes(german, ['recording', 'transcription'])).toBe('Aufzeichnung und Transkript');
  });

  test('name a purpose that nobody has words for by its id', () => {
    expect(formatPurposes(english, ['ai-notes', 'sign-language', '__proto__'])).toBe(
      'AI notes, sign language, and __proto__',
    );
  });

  test('are written even where the locale is none', () => {
    expect(formatList(saying({}, 'ltr', 'xx_not a locale'), ['a', 'b'])).toBe('a and b');
    expect(formatCount(saying({}, 'ltr', '!'), 'host.refused', 2, { names: 'Bo' }, hostEnglish)).toBe(
      '2 people refused: Bo.',
    );
  });
});

describe('loadCatalogue', () => {
  /** Hands out every timer to the test, which decides when it is due. */
  function handClock() {
    const due = new Set<() => void>();
    const clock = {
      now: () => 0,
      setTimeout: (fn: () => void) => {
        due.add(fn);
        return fn;
      },
      clearTimeout: (fn: () => void) => void due.delete(fn),
    };
    return { clock, due };
  }

  test('is English by default, and the shipped language where there is one', async () => {
    const loaded = await Promise.all(
      ['en', 'en-GB', 'fr', '', 'de', 'de-CH', 'de_AT'].map((locale) => loadCatalogue(undefined, locale)),
    );
    expect(loaded).toEqual([english, english, english, english, german, german, german]);
  });

  test('is the given catalogue, whatever the locale', async () => {
    const own = saying({});
    expect(await loadCatalogue(own, 'de')).toBe(own);
  });

  test('asks a loader for the locale, then the language, then English, once each', async () => {
    const asked: string[] = [];
    const loader = async (locale: string) => {
      asked.push(locale);
      throw new Error('none');
    };
    expect(await loadCatalogue(loader, 'zh-Hant-TW')).toBe(english);
    expect(asked).toEqual(['zh-Hant-TW', 'zh-Hant', 'zh', 'en']);
    asked.length = 0;
    await loadCatalogue(loader, 'en');
    expect(asked).toEqual(['en']);
  });

  test('stops at the first that answers', async () => {
    const swiss = saying({}, 'ltr', 'de');
    expect(
      await loadCatalogue(
        (locale) => (locale === 'de' ? Promise.resolve(swiss) : Promise.reject(new Error('none'))),
        'de-CH',
      ),
    ).toBe(swiss);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
    ['answers nothing', async () => undefined],
    ['answers rubbish', async () => ({ locale: 'de', texts: 'none' })],
    ['answers a catalogue without words', async () => ({ locale: 'de', dir: 'ltr', version: '1' })],
  ])('[G9] is English where a loader %s: a notice is never hidden for lack of words', async (_, loader) => {
    expect(await loadCatalogue(loader as never, 'de')).toBe(english);
  });

  test('[G9] is English where a loader never answers', async () => {
    const { clock, due } = handClock();
    const loading = loadCatalogue(() => new Promise(() => {}), 'de', clock);
    for (let tries = 0; tries < 2; tries++) {
      expect(due.size).toBe(1);
      for (const fn of due) fn();
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    expect(await loading).toBe(english);
    expect(due.size).toBe(0);
  });

  test('leaves no timer behind when a loader answers', async () => {
    const { clock, due } = handClock();
    await loadCatalogue(async () => saying({}), 'de', clock);
    expect(due.size).toBe(0);
  });
});
