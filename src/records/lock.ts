import type { Ledger } from './ledger.types.ts';
import { Queues } from './queues.ts';

/**
 * Lets one task at a time do what bears a name, in whichever process: what writes to the ledger of a meeting that is over
 * takes its lock first. A lock whose holder has crashed becomes free by itself. Fits `navigator.locks.request`.
 */
export interface Lock {
  /** Resolves to what the task does, once it has had its turn and is done. */
  hold<T>(name: string, task: () => Promise<T>): Promise<T>;
}

/** A lock between the tasks of one process. */
export function memoryLock(): Lock {
  const queues = new Queues();
  return { hold: (name, task) => queues.run(name, task) };
}

const locks = /* @__PURE__ */ new WeakMap<Ledger, Lock>();

/** One lock for all that uses a ledger in this process without having been given one. */
export function lockOf(ledger: Ledger): Lock {
  const lock = locks.get(ledger) ?? memoryLock();
  locks.set(ledger, lock);
  return lock;
}
