/**
 * `next` with every part of `before` that is the same kept as it is; `before` itself if all is. Entries of a list are
 * told apart by their `noticeId` or `recordingId`, where they have one, otherwise by their place. What is frozen and not
 * the same is taken as it is.
 */
export function keepIdentity<T>(before: T | undefined, next: T): T {
  if (Object.is(before, next)) return next;
  if (typeof before !== 'object' || typeof next !== 'object' || before === null || next === null) return next;
  if (Array.isArray(before) !== Array.isArray(next)) return next;
  const old = before as Record<string, unknown>;
  const fresh = next as Record<string, unknown>;
  const keys = Object.keys(fresh);
  let isSame = keys.length === Object.keys(old).length;
  const kept: Record<string, unknown> | unknown[] = Array.isArray(next) ? [] : {};
  for (const key of keys) {
    const value = keepIdentity(Array.isArray(before) ? entryLike(before, fresh[key], key) : old[key], fresh[key]);
    if (!Object.hasOwn(old, key) || !Object.is(value, old[key])) isSame = false;
    (kept as Record<string, unknown>)[key] = value;
  }
  if (isSame) return before as T;
  return Object.isFrozen(next) ? next : (kept as T);
}

function entryLike(before: readonly unknown[], entry: unknown, place: string): unknown {
  const id = idOf(entry);
  return id === undefined ? before[Number(place)] : before.find((each) => idOf(each) === id);
}

function idOf(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { noticeId, recordingId } = entry as { noticeId?: unknown; recordingId?: unknown };
  return noticeId ?? recordingId;
}
