import { frozen } from '../core/frozen.ts';
import type { SessionSnapshot } from './session.types.ts';

/** The snapshot of a session that has not joined, or runs on a server: all unknown, nothing to show. */
export function idleSnapshot(self: SessionSnapshot['self']): SessionSnapshot {
  return frozen({
    connection: 'idle',
    authorityId: undefined,
    vouches: undefined,
    admission: 'admitted',
    notices: [],
    prompt: null,
    indicators: { recording: 'unknown', transcription: 'unknown' },
    recordings: [],
    hold: null,
    restorable: [],
    self,
    attention: { enabled: false, active: false, inattentive: false },
    policy: undefined,
    counts: null,
  });
}

/** `next` with every part of `before` that is the same kept as it is; `before` itself if all is. */
export function sharedSnapshot(before: SessionSnapshot, next: SessionSnapshot): SessionSnapshot {
  return frozen(share(before, next));
}

function share<T>(before: T, next: T): T {
  if (Object.is(before, next)) return before;
  if (typeof before !== 'object' || typeof next !== 'object' || before === null || next === null) return next;
  if (Object.isFrozen(next) && !isPlain(next)) return next;
  if (Array.isArray(before) !== Array.isArray(next)) return next;
  const old = before as Record<string, unknown>;
  const fresh = next as Record<string, unknown>;
  const keys = Object.keys(fresh);
  let isSame = keys.length === Object.keys(old).length;
  const shared: Record<string, unknown> | unknown[] = Array.isArray(next) ? [] : {};
  for (const key of keys) {
    const value = share(old[key], fresh[key]);
    if (!Object.hasOwn(old, key) || !Object.is(value, old[key])) isSame = false;
    (shared as Record<string, unknown>)[key] = value;
  }
  return isSame ? before : (shared as T);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype;
}
