import { derivedUuid } from '../core/ids.ts';

/** A node of JSON-LD. */
export interface JsonLdNode {
  readonly [key: string]: JsonLdValue | undefined;
}

/** What may stand in a node of JSON-LD. */
export type JsonLdValue = string | number | boolean | null | JsonLdNode | readonly JsonLdValue[];

/** The prefixes of the exports: inline, so that a reader needs no network. */
export const jsonLdContext: JsonLdNode = {
  dpv: 'https://w3id.org/dpv#',
  pd: 'https://w3id.org/dpv/pd#',
  loc: 'https://w3id.org/dpv/loc#',
  'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

/** An instant as RFC 3339 has it. */
export const dateTime = (at: string): JsonLdNode => ({ '@value': at, '@type': 'xsd:dateTime' });

/** A name for a thing of one meeting: the same in each export of it, and another in the next meeting. */
export const iriOf = (...parts: readonly string[]): string => `urn:uuid:${derivedUuid(...parts)}`;

/** The IRI of a person in one meeting. */
export const personIri = (meetingId: string, participantId: string): string =>
  iriOf('person', meetingId, participantId);

/** Whether that has the form of a language (BCP 47): clients name theirs. */
export const isLanguage = (locale: string): boolean => /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(locale);

/** A text in its language, where what a client named is one. */
export const inLanguage = (text: string, locale: string): JsonLdValue =>
  isLanguage(locale) ? { '@value': text, '@language': locale } : text;

/** A name for words that whoever has them can check (RFC 6920 §7); a hash that is none names nothing beyond itself. */
export const wordsIri = (hash: string): string =>
  /^[0-9a-f]{64}$/.test(hash) ? `nih:sha-256;${hash}` : iriOf('words', hash);
