import * as v from 'valibot';
import { durationMs } from '../core/durations.ts';
import { NoticeError } from '../core/errors.ts';
import { didYouMean } from './nearest.ts';

const quoted = (words: readonly string[]): string => words.map((word) => JSON.stringify(word)).join(', ');

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** An object of these fields and no others; a mistyped field is named with the one that was meant. */
export function shape<const E extends v.ObjectEntries>(entries: E) {
  const keys = Object.keys(entries);
  return v.strictObject(entries, ({ expected, received, input }) => {
    if (expected === 'never')
      return `unknown field${didYouMean(JSON.parse(received), keys)} (known: ${keys.join(', ')})`;
    return expected === 'Object' ? `expected an object, got ${shown(input)}` : 'is missing';
  });
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

export const flag = v.boolean(({ input }) => `expected true or false, got ${shown(input)}`);

/** A time as it is written, read as milliseconds. */
export const time = v.pipe(
  v.string(({ input }) => `expected a time such as "1500ms", "30s", "2m" or "1h", got ${shown(input)}`),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const ms = durationMs(dataset.value);
    if (ms !== undefined) return ms;
    addIssue({ message: `expected a time such as "1500ms", "30s", "2m" or "1h", got ${shown(dataset.value)}` });
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

export const record = v.pipe(
  v.record(v.string(), v.unknown(), ({ input }) => `expected an object, got ${shown(input)}`),
  v.readonly(),
);

const escaped = (key: unknown): string => String(key).replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * `value` as the schema reads it.
 *
 * @throws NoticeError `scenario/invalid` with the JSON pointer of what is wrong first.
 */
export function read<S extends v.GenericSchema>(schema: S, value: unknown, pointer: string): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortPipeEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = (issue.path ?? []).map(({ key }) => `/${escaped(key)}`).join('');
  throw NoticeError.scenarioInvalid(`${pointer}${path}`, issue.message);
}
