import { setImmediate as turn } from 'node:timers/promises';
import { Mailbox } from '../../src/core/mailbox.ts';
import { Timers } from '../../src/core/timers.ts';
import type { CaptureCapabilities, CaptureController, CaptureFact } from '../../src/recording/capture.types.ts';
import type { RecordingRequest } from '../../src/recording/recording.types.ts';
import { simulatedClock } from '../../src/simulator/simulated-clock.ts';

type Call = 'start' | 'renew' | 'pause' | 'resume' | 'stop' | 'include' | 'exclude' | 'fence';

/** A recorder that writes down what it is told and does it at once, except the calls that the test keeps or fails. */
export function recorderInHand(can: Partial<CaptureCapabilities> = {}) {
  const calls: string[] = [];
  const kept = new Set<Call>();
  const failing = new Map<Call, unknown>();
  const open: { readonly name: Call; resolve(): void; reject(error: unknown): void }[] = [];
  const listeners = new Set<(fact: CaptureFact) => void>();
  let signal: AbortSignal | undefined;

  const call = (name: Call, ...words: readonly unknown[]): Promise<void> => {
    calls.push([name, ...words].join(' '));
    if (kept.has(name)) {
      return new Promise((resolve, reject) => void open.push({ name, resolve, reject }));
    }
    if (failing.has(name)) return Promise.reject(failing.get(name));
    return name === 'fence' ? atOnce(undefined) : Promise.resolve();
  };
  const take = (name: Call) => {
    const place = open.findIndex((each) => each.name === name);
    const [taken] = place < 0 ? [] : open.splice(place, 1);
    if (!taken) throw new Error(`no ${name} is under way`);
    return taken;
  };

  const capture: CaptureController = {
    capabilities: { exclude: true, pause: true, lease: false, storage: ['cloud', 'local'], ...can },
    snapshot: () => atOnce({ captures: [] }),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    fence: ({ number }) => call('fence', number),
    start(command) {
      signal = command.signal;
      return call('start', command.recordingId, command.storage, command.epoch.number, command.leaseMs);
    },
    renew: (id, { number }, leaseMs) => call('renew', id, number, leaseMs),
    pause: (id) => call('pause', id),
    resume: (id) => call('resume', id),
    stop: (id) => call('stop', id),
    include: (id, who) => call('include', id, ...who),
    exclude: (id, who) => call('exclude', id, ...who),
  };

  return {
    capture,
    calls,
    /** Every call since the last look. */
    told: () => calls.splice(0),
    /** From now on these calls end only when the test says so. */
    keeps: (...names: readonly Call[]) => names.forEach((name) => void kept.add(name)),
    /** From now on these calls end at once again. */
    frees: (...names: readonly Call[]) => names.forEach((name) => void kept.delete(name)),
    /** From now on these calls are rejected with this. */
    fails: (name: Call, error: unknown = new Error(`${name} fails`)) => void failing.set(name, error),
    works: (name: Call) => void failing.delete(name),
    /** The oldest call of this name that is under way has worked, or has not. */
    does: (name: Call) => take(name).resolve(),
    refuses: (name: Call, error: unknown = new Error(`${name} refused`)) => take(name).reject(error),
    says: (fact: CaptureFact) => listeners.forEach((listener) => void listener(fact)),
    listenerCount: () => listeners.size,
    wasGivenUp: () => signal?.aborted ?? false,
    signal: () => signal,
  };
}

/** A promise that does not wait for its turn: an authority speaks once its recorder has said what it runs. */
function atOnce<T>(value: T): Promise<T> {
  const then = <U>(next: (value: T) => U | Promise<U>): Promise<U> => {
    const answer = next(value);
    return typeof answer === 'object' && answer !== null && 'then' in answer ? answer : atOnce(answer as U);
  };
  return { then, catch: () => atOnce(value) } as unknown as Promise<T>;
}

/** A clock that stands still, and a mailbox whose tasks must not throw. */
export function desk() {
  const clock = simulatedClock();
  const errors: unknown[] = [];
  const mailbox = new Mailbox((error) => void errors.push(error));
  const timers = new Timers(clock, mailbox);
  return {
    clock,
    mailbox,
    timers,
    errors,
    post: (task: () => void) => mailbox.post(task),
    /** Lets everything happen that is due within a time. */
    async passes(ms = 0): Promise<void> {
      const end = clock.now() + ms;
      for (;;) {
        await turn();
        if (clock.runOne()) continue;
        const next = clock.nextAt();
        if (next === undefined || next > end) break;
        clock.advanceTo(next);
      }
      clock.advanceTo(end);
    },
  };
}

export const requestOf = (more: Partial<RecordingRequest> = {}): RecordingRequest => ({
  recordingId: 'r',
  storage: 'cloud',
  by: { participantId: 'hana' },
  captureTimeoutMs: 10_000,
  holdWaitMs: 3000,
  leaseMs: 10_000,
  stopAgainMs: 5000,
  isReachable: true,
  canExclude: true,
  hasLease: false,
  ...more,
});
