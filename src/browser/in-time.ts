import type { Clock } from '../core/clock.ts';
import { aborted } from '../core/errors.ts';

export interface TimeLimit {
  readonly clock: Clock;
  readonly withinMs: number;
  /** What it is rejected with when the time is over. */
  readonly late: () => Error;
  readonly signal?: AbortSignal;
}

/**
 * What `promise` comes to, if it does within the time (G9).
 *
 * @throws `late()` after that, `session/aborted` when the signal says so before; the promise itself goes on unheard.
 */
export function inTime<T>(promise: Promise<T>, { clock, withinMs, late, signal }: TimeLimit): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => settle(() => reject(aborted(signal?.reason)));
    const timer = clock.setTimeout(() => settle(() => reject(late())), withinMs);
    const settle = (how: () => void): void => {
      clock.clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      how();
    };
    signal?.addEventListener('abort', abort);
    promise.then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error)),
    );
    if (signal?.aborted) abort();
  });
}

/** Resolves at the first event of one of these names. */
export function firstEvent(target: EventTarget, ...names: readonly string[]): Promise<Event> {
  return new Promise((resolve) => {
    for (const name of names) target.addEventListener(name, resolve, { once: true });
  });
}
