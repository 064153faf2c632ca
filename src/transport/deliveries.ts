import { type Clock, systemClock } from '../core/clock.ts';

/**
 * What is under way on a network inside one process. What is due together and was set together is one alarm on a clock that
 * is given, in its order: a word to a thousand people sets no thousand alarms. Without a clock, what is due at once comes in
 * microtasks, one at a time.
 */
export class Deliveries<Delivery> {
  readonly #clock: Clock | undefined;
  readonly #arrived: (delivery: Delivery) => void;
  readonly #queue: Delivery[] = [];
  #together: Delivery[] = [];
  #inMs = 0;

  constructor(clock: Clock | undefined, arrived: (delivery: Delivery) => void) {
    this.#clock = clock;
    this.#arrived = arrived;
  }

  /** Sets one; what was set before is on its way once `send` is called. */
  add(delivery: Delivery, inMs: number): void {
    if (inMs !== this.#inMs) this.send();
    this.#inMs = inMs;
    this.#together.push(delivery);
  }

  /** Nothing more is set together with what was added. */
  send(): void {
    const together = this.#together;
    if (together.length === 0) return;
    this.#together = [];
    if (this.#clock) this.#clock.setTimeout(() => this.#arriveFrom(together, 0), this.#inMs);
    else for (const each of together) this.#sendAlone(each, this.#inMs);
  }

  #arriveFrom(together: readonly Delivery[], first: number): void {
    let place = first;
    try {
      for (; place < together.length; place += 1) this.#arrived(together[place] as Delivery);
    } finally {
      // One that threw takes none of the others along.
      if (place + 1 < together.length) this.#clock?.setTimeout(() => this.#arriveFrom(together, place + 1), 0);
    }
  }

  #sendAlone(delivery: Delivery, inMs: number): void {
    if (inMs > 0) systemClock.setTimeout(() => this.#arrived(delivery), inMs);
    else if (this.#queue.push(delivery) === 1) queueMicrotask(() => this.#runOne());
  }

  #runOne(): void {
    const delivery = this.#queue.shift();
    if (this.#queue.length > 0) queueMicrotask(() => this.#runOne());
    if (delivery !== undefined) this.#arrived(delivery);
  }
}
