import * as v from 'valibot';
import { durationMs } from './durations.ts';
import type { NoticeError } from './errors.ts';
import { didYouMean } from './nearest.ts';

const quoted = (words: readonly string[]): string => words.map((word) => JSON.stringify(word)).join(', ');

function shown(value: unknown): string {
  // JSON has no word for these.
  const isOther = typeof value === 'number' || typeof value === 'bigint';
  const text = (isOther ? String(value) : written(value)) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function written(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // It holds itself, goes too deep, or has in it what JSON has no word for.
    return Array.isArray(value) ? 'a list' : 'an object';
  }
}

/** A plain object, of whatever realm: no list, no date, no map. */
const isObject = (value: unknown): boolean => Object.prototype.toString.call(value) === '[object Object]';
const notAnObject = ({ input }: { readonly input: unknown }): string => `expected an object, got ${shown(input)}`;

/** An object of these fields and no others; a mistyped field is named with the one that was meant. */
export function shape<const E extends v.ObjectEntries>(entries: E) {
  const keys = Object.keys(entries);
  return v.pipe(
    v.custom<v.InferInput<v.StrictObjectSchema<E, undefined>>>(isObject, notAnObject),
    v.strictObject(entries, ({ expected, received }) =>
      expected === 'never'
        ? `unknown field${didYouMean(received.slice(1, -1), keys)} (known: ${keys.join(', ')})`
        : 'is missing',
    ),
  );
}

/** One of these words. */
export function oneOf<const W extends readonly string[]>(words: W) {
  return v.picklist(words, ({ input }) => {
    const meant = typeof input === 'string' ? didYouMean(input, words) : '';
    return `expected one of ${quoted(words)}, got ${shown(input)}${meant}`;
  });
}

/** A text that is not empty. */
export const text = v.pipe(
  v.string(({ input }) => `expected a text, got ${shown(input)}`),
  v.minLength(1, 'expected a text that is not empty'),
);

/** A text that is not empty, and no longer than this in UTF-16 units. */
export const textUpTo = (most: number) =>
  v.pipe(
    text,
    v.maxLength(most, ({ input }) => `expected at most ${most} letters, got ${input.length}`),
  );

export const flag = v.boolean(({ input }) => `expected true or false, got ${shown(input)}`);

/** A time as it is written. */
export const duration = v.pipe(
  v.string(({ input }) => wrongTime(input)),
  v.check(
    (written) => durationMs(written) !== undefined,
    ({ input }) => wrongTime(input),
  ),
);

const wrongTime = (input: unknown): string =>
  `expected a time such as "1500ms", "30s", "2m" or "1h", got ${shown(input)}`;

/** A time as it is written, read as milliseconds. */
export const time = v.pipe(
  v.string(({ input }) => wrongTime(input)),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const ms = durationMs(dataset.value);
    if (ms !== undefined) return ms;
    addIssue({ message: wrongTime(dataset.value) });
    return NEVER;
  }),
);

/** A whole number from `least`. */
export const count = (least = 0) =>
  v.pipe(
    v.number(({ input }) => `expected a whole number, got ${shown(input)}`),
    v.integer(({ input }) => `expected a whole number, got ${shown(input)}`),
    v.minValue(least, ({ input }) => `expected a whole number from ${least}, got ${shown(input)}`),
  );

/** The longest that a timer of any platform waits, in milliseconds; a longer one would end at once. */
const longestMs = 2 ** 31 - 1;

/** A duration in milliseconds, from `least`. */
export const milliseconds = (least = 0) =>
  v.pipe(
    count(least),
    v.maxValue(longestMs, ({ input }) => `expected at most ${longestMs} ms, which is 24 days, got ${shown(input)}`),
  );

export const share = v.pipe(
  v.number(({ input }) => `expected a number from 0 to 1, got ${shown(input)}`),
  v.minValue(0, ({ input }) => `expected a number from 0 to 1, got ${shown(input)}`),
  v.maxValue(1, ({ input }) => `expected a number from 0 to 1, got ${shown(input)}`),
);

/** The least and the most, in milliseconds. */
export const range = v.pipe(
  v.strictTuple([count(), count()], ({ input }) => `expected the least and the most, as [5, 50], got ${shown(input)}`),
  v.check(([least, most]) => least <= most, 'expected the least before the most'),
  v.readonly(),
);

export const listOf = <S extends v.GenericSchema>(entry: S) =>
  v.pipe(
    v.array(entry, ({ input }) => `expected a list, got ${shown(input)}`),
    v.readonly(),
  );

/** Any object, as it is. */
export const record = v.custom<Readonly<Record<string, unknown>>>(isObject, notAnObject);

/** A key as it stands in a JSON pointer (RFC 6901). */
export const pointerKey = (key: unknown): string => String(key).replaceAll('~', '~0').replaceAll('/', '~1');

/** What is wrong first, as a JSON pointer (RFC 6901) and what was expected; or what the schema reads. */
export type Read<T> = { readonly value: T } | { readonly pointer: string; readonly expected: string };

export function tryRead<S extends v.GenericSchema>(schema: S, value: unknown): Read<v.InferOutput<S>> {
  const result = v.safeParse(schema, value, { abortPipeEarly: true });
  if (result.success) return { value: result.output };
  const [issue] = result.issues;
  const pointer = (issue.path ?? []).map(({ key }) => `/${pointerKey(key)}`).join('');
  return { pointer, expected: issue.message };
}

/**
 * `value` as the schema reads it.
 *
 * @throws NoticeError that `refuse` makes of the JSON pointer of what is wrong first, and of what was expected.
 */
export function read<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  refuse: (pointer: string, expected: string) => NoticeError,
): v.InferOutput<S> {
  const result = tryRead(schema, value);
  if ('value' in result) return result.value;
  throw refuse(result.pointer, result.expected);
}
