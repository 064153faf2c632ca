import * as v from 'valibot';
import { documentInvalid } from '../core/errors.ts';
import { frozen } from '../core/frozen.ts';
import { listOf, oneOf, read, shape, text, textUpTo } from '../core/shape.ts';
import type { NoticeDocument } from './document.types.ts';

const words = v.pipe(textUpTo(10_000), v.regex(/[^\s\p{C}]/u, 'expected words'));
const texts = listOf(words);
const short = v.pipe(text, v.regex(/^[^\s\p{C}]{1,64}$/u, 'expected 1 to 64 characters without spaces'));

const kind = shape({
  id: short,
  name: words,
  what: words,
  examples: texts,
  usedFor: v.pipe(texts, v.minLength(1, 'expected at least one use')),
  purposes: listOf(short),
  source: oneOf(['given', 'collected', 'chosen-to-give', 'obtained-from-others']),
  retention: words,
  recipients: texts,
});

const schema = shape({
  version: short,
  locale: v.pipe(text, v.regex(/^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i, 'expected a language tag such as "en" or "de-CH"')),
  dir: oneOf(['ltr', 'rtl']),
  title: words,
  controller: shape({ name: words, contact: words }),
  intro: words,
  kinds: v.pipe(
    listOf(kind),
    v.minLength(1, 'expected at least one kind of data'),
    v.check((kinds) => new Set(kinds.map(({ id }) => id)).size === kinds.length, 'expected each id once'),
  ),
  never: texts,
  keeping: v.exactOptional(texts),
  settings: v.exactOptional(texts),
  rights: listOf(shape({ right: words, how: words })),
});

/**
 * A notice document out of unknown input, deep-frozen. Unknown fields are refused, as they may be misspelt.
 * @throws NoticeError `document/invalid` with the JSON pointer of the first fault, and what was expected there.
 */
export const parseDocument = (input: unknown): NoticeDocument => frozen(read(schema, input, documentInvalid));
