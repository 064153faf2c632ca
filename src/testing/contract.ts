import { systemClock } from '../core/clock.ts';

/** One sentence that must be true of what is tested; `run` rejects where it is not. Fits any test framework. */
export interface ContractCheck {
  readonly name: string;
  run(): Promise<void>;
}

/** How long the checks of a contract wait. */
export interface Patience {
  /** How long a check waits for what must happen, in milliseconds; default 2000. */
  readonly patienceMs?: number;
  /** How long a check waits for what must not happen, in milliseconds; default 20. */
  readonly quietMs?: number;
}

/** What a check states, and how it waits. */
export interface Statements {
  must(holds: boolean, what: string): void;
  mustEqual(actual: unknown, expected: unknown, what: string): void;
  /** Waits until it holds, and fails where it does not in time. */
  until(what: string, holds: () => boolean): Promise<void>;
  /** The promise ends in time; where it rejects, so does this. */
  inTime<T>(what: string, promise: Promise<T>): Promise<T>;
  /** The promise rejects, in time. */
  mustReject(what: string, promise: Promise<unknown>): Promise<void>;
  quiet(): Promise<void>;
}

const pause = (ms: number): Promise<void> => new Promise((done) => void systemClock.setTimeout(done, ms));

export function statementsAbout(subject: string, { patienceMs = 2000, quietMs = 20 }: Patience = {}): Statements {
  function must(holds: boolean, what: string): void {
    if (!holds) throw new Error(`The ${subject} does not keep its contract: ${what}.`);
  }

  async function inTime<T>(what: string, promise: Promise<T>): Promise<T> {
    let timer: unknown;
    const late = new Promise<'late'>((done) => {
      timer = systemClock.setTimeout(() => done('late'), patienceMs);
    });
    const first = await Promise.race([promise.then((value) => ({ value })), late]);
    systemClock.clearTimeout(timer);
    if (first !== 'late') return first.value;
    throw new Error(`The ${subject} does not keep its contract: within ${patienceMs} ms, ${what}.`);
  }

  return {
    must,
    inTime,
    mustEqual(actual, expected, what) {
      const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
      must(a === e, `${what}: expected ${e}, got ${a}`);
    },
    async until(what, holds) {
      const endAt = systemClock.now() + patienceMs;
      while (!holds()) {
        must(systemClock.now() < endAt, `within ${patienceMs} ms, ${what}`);
        await pause(1);
      }
    },
    async mustReject(what, promise) {
      const settled = promise.then(
        () => 'resolved',
        () => 'rejected',
      );
      must((await inTime(what, settled)) === 'rejected', `${what}: it resolved`);
    },
    quiet: () => pause(quietMs),
  };
}
