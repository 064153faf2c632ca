import { documentInvalid, type NoticeError } from '../core/errors.ts';
import { frozen } from '../core/frozen.ts';
import { didYouMean } from '../core/nearest.ts';
import type { Purpose } from '../participants/participants.types.ts';
import { parseDocument } from './document.parse.ts';
import type { DataKind, NoticeDocument } from './document.types.ts';
import { documentEnglish } from './document-english.ts';
import { documentHash } from './document-hash.ts';
import { formatText } from './texts.ts';
import type { TextCatalogue } from './texts.types.ts';

/** What to change in a notice document: a kind of a known id is changed in part, one of a new id is added whole. */
export interface DocumentChanges extends Partial<Omit<NoticeDocument, 'kinds'>> {
  readonly kinds?: readonly (Pick<DataKind, 'id'> & Partial<DataKind>)[];
  /** Ids of kinds that do not apply. */
  readonly withoutKinds?: readonly string[];
}

/**
 * A document with what an integrator adds or changes, at least who is responsible. Without a version of its own it gets
 * `<base version>+<8 digits of its hash>`, so that a consent names these words and no others.
 * @throws NoticeError `document/invalid` if the result is none, or a kind is changed or left out that is not there.
 */
export function extendDocument(base: NoticeDocument, changes: DocumentChanges): NoticeDocument {
  const { kinds = [], withoutKinds = [], ...rest } = changes;
  const ids = base.kinds.map(({ id }) => id);
  withoutKinds.forEach((id, place) => {
    if (!ids.includes(id)) throw unknownKind(`/withoutKinds/${place}`, '', id, ids);
  });
  kinds.forEach(({ id, name }, place) => {
    if (name === undefined && !ids.includes(id))
      throw unknownKind(`/kinds/${place}`, ', and a new one is given whole', id, ids);
  });
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

function unknownKind(pointer: string, more: string, id: string, ids: readonly string[]): NoticeError {
  const meant = didYouMean(id, ids) || `; there are ${ids.join(', ')}`;
  return documentInvalid(pointer, `there is no kind ${JSON.stringify(id)}${more}${meant}`);
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
