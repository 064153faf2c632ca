import type { Clock } from '../core/clock.ts';
import type { Transport, TransportListener } from '../transport/transport.types.ts';

/** What a program has set on its clock; no task once it is cleared. */
interface Alarm {
  task: (() => void) | undefined;
  handle: unknown;
}

/**
 * One run of a client's program: its clock, and what reaches it. An end stops all that it had set; while its machine
 * sleeps nothing of it runs, and what was due or was sent meanwhile comes when it wakes.
 */
export class SimulatedProcess {
  /** The clock of its machine, which goes on while it sleeps. */
  readonly outside: Clock;
  #aheadMs = 0;
  #isEnded = false;
  #wakesAt: number | undefined;
  #late: (() => void)[] = [];

  constructor(outside: Clock) {
    this.outside = { ...outside, now: () => outside.now() + this.#aheadMs };
  }

  get isAsleep(): boolean {
    return this.#wakesAt !== undefined;
  }

  get #runs(): boolean {
    return !this.#isEnded && this.#wakesAt === undefined;
  }

  end(): void {
    this.#isEnded = true;
    this.#late = [];
  }

  /** The clock of its machine goes on at once; what is due comes when it would have. */
  jump(ms: number): void {
    this.#aheadMs += ms;
  }

  sleep(ms: number, woken: () => void): void {
    this.#wakesAt = this.outside.now() + ms;
    this.outside.setTimeout(() => {
      this.#wakesAt = undefined;
      if (this.#isEnded) return;
      woken();
      for (const task of this.#late.splice(0)) this.run(task);
    }, ms);
  }

  /** Runs a task now, or when the machine wakes; never once the program has ended. */
  run(task: () => void): void {
    if (this.#isEnded) return;
    if (this.isAsleep) this.#late.push(task);
    else task();
  }

  #ring(alarm: Alarm): void {
    if (this.#runs) alarm.task?.();
    else this.run(() => alarm.task?.());
  }

  /** The clock as this program sees it: it counts on through sleep. */
  get clock(): Clock {
    const clock = this.outside;
    return {
      now: clock.now,
      setTimeout: (task, timeoutMs) => {
        const alarm: Alarm = { task, handle: undefined };
        alarm.handle = clock.setTimeout(() => this.#ring(alarm), timeoutMs);
        return alarm;
      },
      clearTimeout(alarm: Alarm | undefined) {
        if (!alarm) return;
        alarm.task = undefined;
        clock.clearTimeout(alarm.handle);
      },
    };
  }

  /** A transport that delivers to this program. */
  transport(transport: Transport): Transport {
    const listening = (l: TransportListener): TransportListener => ({
      // These are many: nothing is kept of one that comes at once.
      message: (data, from) => (this.#runs ? l.message(data, from) : this.run(() => l.message(data, from))),
      joined: (id, facts) => (this.#runs ? l.joined(id, facts) : this.run(() => l.joined(id, facts))),
      left: (id) => this.run(() => l.left(id)),
      state: (state) => this.run(() => l.state(state)),
    });
    return { ...transport, receive: (listener) => transport.receive(listening(listener)) };
  }
}
