import type { Clock } from '../core/clock.ts';
import type { Purpose } from '../participants/participants.types.ts';
import { english } from './english.ts';
import type { TextCatalogue } from './texts.types.ts';

/** How long a loader may take for one locale; after that the next is tried, so that no notice waits for words (G9). */
const loadTimeoutMs = 3000;

type Params = Readonly<Record<string, string | number>>;

/**
 * The words of `key`: of this catalogue, else of `fallback` (English), else the key itself. Each `{name}` is replaced once by
 * its parameter, as text: never HTML, never looked at again for placeholders. A parameter is kept to one line and
 * cannot turn the direction of the words around it; in a right-to-left catalogue, and where it is itself right-to-left,
 * it stands between U+2068 and U+2069.
 */
export function formatText(
  catalogue: TextCatalogue,
  key: string,
  params: Params = {},
  fallback: TextCatalogue = english,
): string {
  const text = ownText(catalogue, key) ?? ownText(fallback, key);
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined) return placeholder;
    return typeof value === 'number' ? String(value) : isolated(catalogue, value);
  });
}

/** As `formatText`, in the plural form of `count`: `<key>.one`, `<key>.other`, or what else the language has. */
export function formatCount(
  catalogue: TextCatalogue,
  key: string,
  count: number,
  params: Params = {},
  fallback: TextCatalogue = english,
): string {
  const form = `${key}.${new Intl.PluralRules(localeFor(catalogue)).select(count)}`;
  const known = ownText(catalogue, form) !== undefined;
  if (known || ownText(catalogue, `${key}.other`) === undefined) {
    const inEnglish = `${key}.${count === 1 ? 'one' : 'other'}`;
    return formatText(catalogue, known ? form : inEnglish, { count, ...params }, fallback);
  }
  return formatText(catalogue, `${key}.other`, { count, ...params }, fallback);
}

/** How each catalogue's language lists things: dear to make, and the same each time. */
const listFormats = new WeakMap<TextCatalogue, Intl.ListFormat>();

/** Several things as the language lists them: "a, b and c". */
export function formatList(catalogue: TextCatalogue, items: readonly string[]): string {
  const format = listFormats.get(catalogue) ?? new Intl.ListFormat(localeFor(catalogue));
  listFormats.set(catalogue, format);
  return format.format(items.map((item) => isolated(catalogue, item)));
}

/** Purposes by name, listed; one without a name of its own by its id (`sign-language` is "sign language"). */
export function formatPurposes(catalogue: TextCatalogue, purposes: readonly Purpose[]): string {
  const named = (purpose: Purpose) => {
    const text = formatText(catalogue, `purpose.${purpose}`);
    return text === `purpose.${purpose}` ? purpose.replaceAll('-', ' ') : text;
  };
  return formatList(catalogue, purposes.map(named));
}

/** What `load` answers in time; `undefined` if it fails or is late. */
export async function answerOf<T>(load: () => Promise<T>, clock: Clock): Promise<T | undefined> {
  let timer: unknown;
  const late = new Promise<undefined>((resolve) => {
    timer = clock.setTimeout(() => resolve(undefined), loadTimeoutMs);
  });
  try {
    return await Promise.race([load(), late]);
  } catch {
    return undefined;
  } finally {
    clock.clearTimeout(timer);
  }
}

/** Whether this is what words are kept in. */
export function isCatalogue(value: unknown): value is TextCatalogue {
  if (typeof value !== 'object' || value === null) return false;
  const { locale, dir, version, texts } = value as Partial<Record<keyof TextCatalogue, unknown>>;
  const isNamed = typeof locale === 'string' && locale !== '' && typeof version === 'string';
  return isNamed && (dir === 'ltr' || dir === 'rtl') && typeof texts === 'object' && texts !== null;
}

function ownText(catalogue: TextCatalogue, key: string): string | undefined {
  const text: unknown = Object.hasOwn(catalogue.texts, key) ? catalogue.texts[key] : undefined;
  return typeof text === 'string' && text.trim() !== '' ? text : undefined;
}

/** A catalogue may be written with a locale that this machine does not know; its words are shown all the same. */
function localeFor(catalogue: TextCatalogue): string {
  try {
    return Intl.getCanonicalLocales(catalogue.locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

function isolated(catalogue: TextCatalogue, value: string): string {
  const text = contained(value);
  const hasDirection = /[\u2066-\u2069]/.test(text) || rightToLeft.test(text);
  return catalogue.dir === 'rtl' || hasDirection ? `\u2068${text}\u2069` : text;
}

/** One line, without overrides of direction, every isolate closed: nothing in it reaches beyond it (UAX #9). */
function contained(value: string): string {
  let open = 0;
  const text = value
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/[\u202a-\u202e]/g, '')
    .replace(/[\u2066-\u2069]/g, (mark) => {
      if (mark !== '\u2069') open++;
      else if (open === 0) return '';
      else open--;
      return mark;
    });
  return text + '\u2069'.repeat(open);
}
