import type { Clock } from '../core/clock.ts';

/** A clock that stands still until it is told to go on; what is due at one time runs in the order it was set. */
export interface SimulatedClock extends Clock {
  /** Runs the next timer that is due now; `false` if there is none. */
  runOne(): boolean;
  /** When the next timer is due; `undefined` if none is set. */
  nextAt(): number | undefined;
  /** When each timer that is set is due, the earliest first. */
  dueTimes(): readonly number[];
  /** Goes on to an instant without running what is due there. Time never goes back. */
  advanceTo(at: number): void;
  /** Runs everything due within a time, synchronously: for what needs no promise. */
  runFor(ms: number): void;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  run: (() => void) | undefined;
}

const isBefore = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** A binary heap: the earliest first. */
class Timers {
  readonly #heap: Timer[] = [];

  get all(): readonly Timer[] {
    return this.#heap;
  }

  get first(): Timer | undefined {
    return this.#heap[0];
  }

  add(timer: Timer): void {
    const heap = this.#heap;
    let index = heap.push(timer) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfBefore(index, parent)) return;
      index = parent;
    }
  }

  takeFirst(): Timer | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    heap[0] = last;
    let index = 0;
    for (;;) {
      const left = index * 2 + 1;
      const right = left + 1;
      const [a, b] = [heap[left], heap[right]];
      if (!a) return first;
      const child = b && isBefore(b, a) ? right : left;
      if (!this.#swapIfBefore(child, index)) return first;
      index = child;
    }
  }

  #swapIfBefore(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a], this.#heap[b]];
    if (!one || !other || !isBefore(one, other)) return false;
    this.#heap[a] = other;
    this.#heap[b] = one;
    return true;
  }
}

/** @see SimulatedClock */
export function simulatedClock(startAt = 0): SimulatedClock {
  const timers = new Timers();
  let now = startAt;
  let order = 0;

  function next(): Timer | undefined {
    while (timers.first && !timers.first.run) timers.takeFirst();
    return timers.first;
  }

  const clock: SimulatedClock = {
    now: () => now,
    setTimeout(fn, timeoutMs) {
      const timer: Timer = { at: now + Math.max(0, timeoutMs || 0), order, run: () => fn() };
      order += 1;
      if (timer.at < Number.POSITIVE_INFINITY) timers.add(timer);
      return timer;
    },
    clearTimeout(timer: Timer | undefined) {
      if (timer) timer.run = undefined;
    },
    runOne() {
      const timer = next();
      if (!timer || timer.at > now) return false;
      timers.takeFirst();
      const { run } = timer;
      timer.run = undefined;
      run?.();
      return true;
    },
    nextAt: () => next()?.at,
    dueTimes: () =>
      timers.all
        .filter(({ run }) => run !== undefined)
        .map(({ at }) => at)
        .sort((a, b) => a - b),
    advanceTo(at) {
      now = Math.max(now, at);
    },
    runFor(ms) {
      const end = now + ms;
      for (let at = next()?.at; at !== undefined && at <= end; at = next()?.at) {
        clock.advanceTo(at);
        clock.runOne();
      }
      clock.advanceTo(end);
    },
  };
  return clock;
}
