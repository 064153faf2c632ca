import { link, mkdir, readdir, readFile, stat, truncate, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../core/clock.ts';
import { randomId } from '../../core/ids.ts';
import { pause } from '../in-time.ts';

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When its process began, in milliseconds: numbers of processes come again. */
  readonly since: number;
}

/** How a lock is waited for. */
export interface LockOptions {
  readonly clock?: Clock;
  /** So long is waited for a holder that lives; by default without end. */
  readonly patienceMs?: number;
}

const lookEveryMs = 5;
const beatEveryMs = 5000;
/** A holder that cannot be asked (on another machine, or its number was given away) and is silent for so long has ended. */
const silentForMs = 30_000;

const since = (): number => Math.round(systemClock.now() - process.uptime() * 1000);
const self = (): Holder => ({ pid: process.pid, host: hostname(), since: since() });

/**
 * Runs a task while no other process, nor another part of this one, runs one under the same lock. A lock whose holder
 * was killed is taken over: each holder has a number, one higher than the one before, and makes a file of that name,
 * which only one can do. Nobody removes the highest, so that none can be held twice.
 */
export async function withLock<T>(
  folder: string,
  task: () => Promise<T>,
  { clock = systemClock, patienceMs = Number.POSITIVE_INFINITY }: LockOptions = {},
): Promise<T> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const held = await acquired(folder, clock, patienceMs);
  let timer: unknown;
  const beat = (): void => {
    timer = clock.setTimeout(() => {
      const now = new Date(clock.now());
      utimes(held, now, now).catch(() => {});
      beat();
    }, beatEveryMs);
  };
  beat();
  try {
    return await task();
  } finally {
    clock.clearTimeout(timer);
    // Empty: it is free. Who was silent for too long has lost it, which is no fault of what was done.
    await truncate(held, 0).catch(() => {});
  }
}

async function acquired(folder: string, clock: Clock, patienceMs: number): Promise<string> {
  const until = clock.now() + patienceMs;
  for (;;) {
    const last = Math.max(0, ...(await numbersIn(folder)));
    const holder = last === 0 ? undefined : await holderOf(join(folder, String(last)), clock);
    if (holder === undefined) {
      const held = await taken(folder, last + 1);
      if (held !== undefined) return held;
    } else if (clock.now() > until) {
      throw new Error(`process ${holder.pid} on ${holder.host} has held ${folder} for ${patienceMs / 1000} s`);
    }
    await pause(clock, lookEveryMs);
  }
}

const numbersIn = async (folder: string): Promise<number[]> =>
  (await readdir(folder)).filter((name) => /^\d+$/.test(name)).map(Number);

/** Who holds it, if they live. */
async function holderOf(file: string, clock: Clock): Promise<Holder | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    if (text === '') return undefined;
    const holder = JSON.parse(text) as Holder;
    const isOld = clock.now() - mtimeMs > silentForMs;
    return isOld || (holder.host === hostname() && hasEnded(holder)) ? undefined : holder;
  } catch {
    // It was removed meanwhile: there is a higher one, which the next look finds.
    return undefined;
  }
}

function hasEnded({ pid, since: theirs }: Holder): boolean {
  if (pid === process.pid) return Math.abs(theirs - since()) > 2000;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Takes this number, unless somebody has: with its holder's name in it from the first moment. */
async function taken(folder: string, number: number): Promise<string | undefined> {
  const file = join(folder, String(number));
  const own = join(folder, `${randomId()}.new`);
  await writeFile(own, JSON.stringify(self()));
  try {
    await link(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return undefined;
  } finally {
    await unlink(own);
  }
  const numbers = await numbersIn(folder);
  if (numbers.some((other) => other > number)) {
    await unlink(file);
    return undefined;
  }
  const before = numbers.filter((other) => other < number);
  await Promise.allSettled(before.map((other) => unlink(join(folder, String(other)))));
  return file;
}
