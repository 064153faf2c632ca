/**
 * The words of one language: plain text by key, with `{name}` placeholders. Every key of the default English
 * catalogue may be replaced; a missing one falls back to English.
 */
export interface TextCatalogue {
  readonly locale: string;
  readonly dir: 'ltr' | 'rtl';
  /** A consent names it, beside the hash of the words. Whether somebody is asked anew is the document's version alone. */
  readonly version: string;
  /** Where the layered notice document can be read in full. */
  readonly moreUrl?: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** A catalogue, or a loader by locale (it is called once per locale). */
export type TextSource = TextCatalogue | ((locale: string) => Promise<TextCatalogue>);
