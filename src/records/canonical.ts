import { libraries } from './libraries.ts';

/** A lone surrogate, which is no character: nothing outside a UTF-16 text can hold it. */
const loneSurrogate = /\p{Surrogate}/gu;

/**
 * The one JSON text of a value (RFC 8785), by a kept library.
 * @throws TypeError for what JSON cannot hold.
 */
export function canonicalText(value: unknown): string {
  const { canonicalize } = libraries();
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (cause) {
    throw new TypeError(`JSON cannot hold this: ${(cause as Error).message}.`, { cause });
  }
  if (text === undefined) throw new TypeError(`JSON cannot hold ${String(value)}.`);
  return text;
}

/** A copy in which half characters are U+FFFD, as whatever writes UTF-8 has them, and what is no number is null. */
export function wellFormed<T>(value: T): T {
  const mended = (_: string, each: unknown) =>
    typeof each === 'string' ? each.replace(loneSurrogate, '\uFFFD') : each;
  return JSON.parse(JSON.stringify(value, mended)) as T;
}
