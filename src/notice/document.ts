import * as v from 'valibot';
import { documentInvalid } from '../core/errors.ts';
import { frozen } from '../core/frozen.ts';
import type { Purpose } from '../participants/participants.types.ts';
import type { DataKind, NoticeDocument } from './document.types.ts';
import { documentEnglish } from './document-english.ts';
import { documentHash } from './document-hash.ts';

import { formatText } from './texts.ts';
import type { TextCatalogue } from './texts.types.ts';

export { documentHash } from './document-hash.ts';
export { documentPage } from './document-page.ts';

const text = v.pipe(v.string(), v.regex(/[^\s\p{C}]/u, 'Expected words'), v.maxLength(10_000));
const texts = v.array(text);
const short = v.pipe(v.string(), v.regex(/^[^\s\p{C}]{1,64}$/u, 'Expected 1 to 64 characters without spaces'));

const kind = v.strictObject({
  id: short,
  name: text,
  what: text,
  examples: texts,
  usedFor: v.pipe(texts, v.minLength(1, 'Expected at least one use')),
  purposes: v.array(short),
  source: v.picklist(['given', 'collected', 'chosen-to-give', 'obtained-from-others']),
  retention: text,
  recipients: texts,
});

const schema = v.strictObject({
  version: short,
  locale: v.pipe(
    v.string(),
    v.regex(/^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i, 'Expected a language tag such as "en" or "de-CH"'),
  ),
  dir: v.picklist(['ltr', 'rtl']),
  title: text,
  controller: v.strictObject({ name: text, contact: text }),
  intro: text,
  kinds: v.pipe(
    v.array(kind),
    v.minLength(1, 'Expected at least one kind of data'),
    v.check((kinds) => new Set(kinds.map(({ id }) => id)).size === kinds.length, 'Expected each id once'),
  ),
  never: texts,
  keeping: v.exactOptional(texts),
  settings: v.exactOptional(texts),
  rights: v.array(v.strictObject({ right: text, how: text })),
});

/** What to change in a notice document: a kind of a known id is changed in part, one of a new id is added whole. */
export interface DocumentChanges extends Partial<Omit<NoticeDocument, 'kinds'>> {
  readonly kinds?: readonly (Pick<DataKind, 'id'> & Partial<DataKind>)[];
  /** Ids of kinds that do not apply. */
  readonly withoutKinds?: readonly string[];
}

/**
 * A notice document out of unknown input, deep-frozen. Unknown fields are refused, as they may be misspelt.
 * @throws NoticeError `document/invalid` with the JSON pointer of the first fault.
 */
export function parseDocument(input: unknown): NoticeDocument {
  const result = v.safeParse(schema, input, { abortEarly: true });
  if (result.success) return frozen(result.output);
  const [issue] = result.issues;
  throw documentInvalid(pointerTo(issue.path), issue.message);
}

function pointerTo(path: readonly { readonly key: unknown }[] = []): string {
  return path.map(({ key }) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/**
 * A document with what an integrator adds or changes, at least who is responsible. Without a version of its own it gets
 * `<base version>+<8 digits of its hash>`, so that a consent names these words and no others.
 * @throws NoticeError `document/invalid` if the result is none.
 */
export function extendDocument(base: NoticeDocument, changes: DocumentChanges): NoticeDocument {
  const { kinds = [], withoutKinds = [], ...rest } = changes;
  const changed = new Map(kinds.map((each) => [each.id, each]));
  const known = base.kinds.filter(({ id }) => !withoutKinds.includes(id));
  const added = kinds.filter(({ id }) => !known.some((each) => each.id === id));
  const document = parseDocument({
    ...base,
    ...rest,
    kinds: [...known.map((each) => ({ ...each, ...changed.get(each.id) })), ...added],
  });
  if (changes.version !== undefined) return document;
  return frozen({ ...document, version: `${base.version}+${documentHash(document).slice(0, 8)}` });
}

/**
 * The first layer: what of the document matters to these purposes, as plain text of a few lines. `catalogue` gives
 * the headings; it should be of the document's language.
 */
export function shortDocument(
  document: NoticeDocument,
  purposes: readonly Purpose[],
  catalogue: TextCatalogue = documentEnglish,
): string {
  const say = (key: string) => formatText(catalogue, `document.${key}`, {}, documentEnglish);
  const line = (key: string, value: string) => `${say(key)}: ${value}`;
  const kinds = document.kinds.filter((each) => each.purposes.some((purpose) => purposes.includes(purpose)));
  const paragraphs = kinds.map(({ name, what, usedFor, source, retention, recipients }) =>
    [
      `${name}: ${what}`,
      line('used-for', usedFor.join('; ')),
      line('source', say(`source.${source}`)),
      line('retention', retention),
      ...(recipients.length > 0 ? [line('recipients', recipients.join('; '))] : []),
    ].join('\n'),
  );
  const { name, contact } = document.controller;
  return [line('controller', `${name} (${contact})`), ...paragraphs, document.never.join('\n')]
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}
