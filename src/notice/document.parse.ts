import * as v from 'valibot';
import { documentInvalid } from '../core/errors.ts';
import { frozen } from '../core/frozen.ts';
import type { NoticeDocument } from './document.types.ts';

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
