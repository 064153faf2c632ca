import type { Clock } from './clock.ts';
import type { Mailbox } from './mailbox.ts';

/** Named alarms on one clock, each run through the mailbox. Setting a name again replaces its alarm. */
export class Timers {
  readonly #clock: Clock;
  readonly #mailbox: Mailbox;
  readonly #running = new Map<string, unknown>();

  constructor(clock: Clock, mailbox: Mailbox) {
    this.#clock = clock;
    this.#mailbox = mailbox;
  }

  set(name: string, inMs: number, task: () => void): void {
    this.clear(name);
    const handle = this.#clock.setTimeout(
      () =>
        this.#mailbox.post(() => {
          if (this.#running.get(name) !== handle) return;
          this.#running.delete(name);
          task();
        }),
      Math.max(0, inMs),
    );
    this.#running.set(name, handle);
  }

  has(name: string): boolean {
    return this.#running.has(name);
  }

  clear(name: string): void {
    const handle = this.#running.get(name);
    if (handle === undefined) return;
    this.#running.delete(name);
    this.#clock.clearTimeout(handle);
  }

  clearAll(): void {
    for (const name of [...this.#running.keys()]) this.clear(name);
  }
}
