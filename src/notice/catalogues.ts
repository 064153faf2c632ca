import { type Clock, systemClock } from '../core/clock.ts';
import { english } from './english.ts';
import { answerOf, isCatalogue } from './texts.ts';
import type { TextCatalogue, TextSource } from './texts.types.ts';

/** The languages that come with the library, loaded only where they are wanted. */
const shipped: Readonly<Record<string, () => Promise<TextCatalogue>>> = {
  en: async () => english,
  de: async () => (await import('./german.ts')).german,
};

/**
 * The catalogue for `locale`. A loader is asked for `de-CH`, then `de`, then `en`, once each, until one answers with a
 * catalogue; whatever it does (throws, hangs, answers rubbish), the English one comes in the end, so that no notice is
 * hidden for lack of words. Without a source it is the shipped one of that language, else English. Never rejects.
 */
export async function loadCatalogue(
  source: TextSource | undefined,
  locale: string,
  clock: Clock = systemClock,
): Promise<TextCatalogue> {
  if (typeof source === 'object') return source;
  const load = source ?? (async (wanted: string) => shipped[wanted]?.());
  for (const wanted of localesFrom(locale)) {
    const found = await answerOf(() => load(wanted), clock);
    if (isCatalogue(found)) return found;
  }
  return english;
}

/** `de-CH` → `de-CH`, `de`, `en`. */
function localesFrom(locale: string): readonly string[] {
  const parts = locale.replaceAll('_', '-').split('-');
  const wanted = parts.map((_, at) => parts.slice(0, parts.length - at).join('-')).filter(Boolean);
  return [...new Set([...wanted, 'en'])];
}
