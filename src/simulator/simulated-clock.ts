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
  run: (() => void) | undefined;
}

/** What is due at one time, in the order it was set. */
class Instant {
  readonly at: number;
  readonly #timers: (Timer | undefined)[] = [];
  #place = 0;

  constructor(at: number) {
    this.at = at;
  }

  add(timer: Timer): void {
    this.#timers.push(timer);
  }

  /** The next that is still set. */
  get first(): Timer | undefined {
    while (this.#place < this.#timers.length && !this.#timers[this.#place]?.run) this.#leave();
    return this.#timers[this.#place];
  }

  get size(): number {
    return this.#timers.filter((timer) => timer?.run).length;
  }

  /** What has run is not kept until the others have. */
  #leave(): void {
    this.#timers[this.#place] = undefined;
    this.#place += 1;
  }
}

/** All that is to come, the earliest first: a binary heap of instants, as most things are due together with others. */
class Instants {
  readonly #heap: Instant[] = [];
  readonly #known = new Map<number, Instant>();

  get all(): readonly Instant[] {
    return this.#heap;
  }

  get first(): Instant | undefined {
    return this.#heap[0];
  }

  at(time: number): Instant {
    const known = this.#known.get(time);
    if (known) return known;
    const instant = new Instant(time);
    this.#known.set(time, instant);
    this.#add(instant);
    return instant;
  }

  #add(instant: Instant): void {
    const heap = this.#heap;
    let index = heap.push(instant) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfBefore(index, parent)) return;
      index = parent;
    }
  }

  leaveFirst(): void {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last) return;
    this.#known.delete(first.at);
    if (heap.length === 0) return;
    heap[0] = last;
    let index = 0;
    for (;;) {
      const left = index * 2 + 1;
      const right = left + 1;
      const [a, b] = [heap[left], heap[right]];
      if (!a) return;
      const child = b && b.at < a.at ? right : left;
      if (!this.#swapIfBefore(child, index)) return;
      index = child;
    }
  }

  #swapIfBefore(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a], this.#heap[b]];
    if (!one || !other || one.at >= other.at) return false;
    this.#heap[a] = other;
    this.#heap[b] = one;
    return true;
  }
}

/** @see SimulatedClock */
export function simulatedClock(startAt = 0): SimulatedClock {
  const instants = new Instants();
  let now = startAt;

  /** When the next is due that is still set. */
  function next(): Instant | undefined {
    while (instants.first && !instants.first.first) instants.leaveFirst();
    return instants.first;
  }

  const clock: SimulatedClock = {
    now: () => now,
    setTimeout(fn, timeoutMs) {
      const timer: Timer = { run: fn };
      const at = now + Math.max(0, timeoutMs || 0);
      if (at < Number.POSITIVE_INFINITY) instants.at(at).add(timer);
      return timer;
    },
    clearTimeout(timer: Timer | undefined) {
      if (timer) timer.run = undefined;
    },
    runOne() {
      const instant = next();
      const timer = instant?.first;
      if (!timer || instant.at > now) return false;
      const { run } = timer;
      timer.run = undefined;
      run?.();
      return true;
    },
    nextAt: () => next()?.at,
    dueTimes: () => instants.all.flatMap(({ at, size }) => Array<number>(size).fill(at)).sort((a, b) => a - b),
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
