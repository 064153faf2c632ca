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

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (fn, timeoutMs) => setTimeout(fn, timeoutMs),
  clearTimeout: (id) => clearTimeout(id),
};
