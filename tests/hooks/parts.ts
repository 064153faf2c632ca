import { isDeepStrictEqual } from 'node:util';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A value, and every object in it. */
export function partsOf(value: unknown): object[] {
  return isObject(value) ? [value, ...Object.values(value).flatMap(partsOf)] : [];
}

/** Where a part of `now` is another object than the same part of `before`, and says the same. Entries of a list have no place. */
export function copiesIn(before: unknown, now: unknown, path = ''): string[] {
  if (!isObject(before) || !isObject(now) || before === now) return [];
  if (isDeepStrictEqual(before, now)) return [path];
  if (Array.isArray(before) && Array.isArray(now)) {
    return now.flatMap((entry, place) =>
      isObject(entry) && !before.includes(entry) && before.some((each) => isDeepStrictEqual(each, entry))
        ? [`${path}/${place}`]
        : [],
    );
  }
  return Object.entries(now).flatMap(([key, value]) =>
    copiesIn((before as Record<string, unknown>)[key], value, `${path}/${key}`),
  );
}
