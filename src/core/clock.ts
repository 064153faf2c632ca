/**
 * Time as this library sees it. `now()` is in milliseconds and never compared between two machines.
 * Fits XState's clock, so that one clock drives sessions and machines.
 */
export interface Clock {
  now(): number;
  // biome-ignore lint/suspicious/noExplicitAny: handles are opaque and differ by platform, as in XState's Clock
  setTimeout(fn: (...args: any[]) => void, timeoutMs: number): any;
  // biome-ignore lint/suspicious/noExplicitAny: see above
  clearTimeout(id: any): void;
}

/** The wall clock may gain this much on the running one between two readings before that counts as sleep. */
const leastSleepMs = 1000;

/**
 * Tells milliseconds that only ever go forward, from 1970 as the wall clock had it at first. They advance with
 * `runningMs`, which may stand still while the machine sleeps, and by what `wallMs` has gained on it since the last
 * reading if that is more than a second: then the machine slept. A wall clock that is set back changes nothing.
 */
export function steadyNow(runningMs: () => number, wallMs: () => number): () => number {
  let running = runningMs();
  let wall = wallMs();
  let now = wall;
  return () => {
    const ran = Math.max(0, runningMs() - running);
    const passed = wallMs() - wall;
    running += ran;
    wall += passed;
    now += passed - ran > leastSleepMs ? passed : ran;
    return Math.floor(now);
  };
}

/** The clock of this machine: it goes on through sleep, and not by a wall clock that is set back. */
export const systemClock: Clock = {
  now: steadyNow(
    () => performance.now(),
    () => Date.now(),
  ),
  setTimeout: (fn, timeoutMs) => setTimeout(fn, timeoutMs),
  clearTimeout: (id) => clearTimeout(id),
};
