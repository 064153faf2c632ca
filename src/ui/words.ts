import { formatText } from '../notice/texts.ts';
import type { TextCatalogue } from '../notice/texts.types.ts';
import { uiEnglish } from './english.ts';

const english: TextCatalogue = { locale: 'en', dir: 'ltr', version: '1', texts: uiEnglish };

/** The words of `key` in this catalogue, else in English, else none. */
export function say(
  catalogue: TextCatalogue | undefined,
  key: string,
  params: Readonly<Record<string, string | number>> = {},
): string {
  if (catalogue && Object.hasOwn(catalogue.texts, key)) return formatText(catalogue, key, params);
  return Object.hasOwn(uiEnglish, key) ? formatText(english, key, params) : '';
}

/** The address of a link, if it is one that may be opened: `javascript:` and its like are not. */
export function safeUrl(url: string | undefined): string | undefined {
  if (!url || !URL.canParse(url, document.baseURI)) return undefined;
  const { protocol, href } = new URL(url, document.baseURI);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}
