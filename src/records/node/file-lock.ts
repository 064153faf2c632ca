import { link, mkdir, readdir, readFile, stat, truncate, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../core/clock.ts';
import { randomId } from '../../core/ids.ts';

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When its process began, in milliseconds: numbers of processes come again. */
  readonly since: number;
}

/** A holder that cannot be asked (on another machine, or its number was given away) is taken to have ended after this. */
const longestHoldMs = 30_000;
/** So long is waited for a holder that lives. */
const patienceMs = 10_000;
const pauseMs = 5;

const pause = (): Promise<void> => new Promise((done) => void systemClock.setTimeout(done, pauseMs));
const since = (): number => Math.round(systemClock.now() - process.uptime() * 1000);
const self = (): Holder => ({ pid: process.pid, host: hostname(), since: since() });

/**
 * Runs a task while no other process, nor another part of this one, runs one under the same lock. A lock whose holder
 * was killed is taken over: each holder has a number, one higher than the one before, and makes a file of that name,
 * which only one can do. Nobody removes the highest, so that none can be held twice.
 */
export async function withLock<T>(folder: string, task: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true });
  const held = await acquired(folder);
  try {
    return await task();
  } finally {
    // Empty: it is free.
    await truncate(held, 0);
  }
}

async function acquired(folder: string): Promise<string> {
  const until = systemClock.now() + patienceMs;
  for (;;) {
    const last = Math.max(0, ...(await numbersIn(folder)));
    const holder = last === 0 ? undefined : await holderOf(join(folder, String(last)));
    if (holder === undefined) {
      const held = await taken(folder, last + 1);
      if (held !== undefined) return held;
    } else if (systemClock.now() > until) {
      throw new Error(`process ${holder.pid} on ${holder.host} has held ${folder} for ${patienceMs / 1000} s`);
    }
    await pause();
  }
}

const numbersIn = async (folder: string): Promise<number[]> =>
  (await readdir(folder)).filter((name) => /^\d+$/.test(name)).map(Number);

/** Who holds it, if they live. */
async function holderOf(file: string): Promise<Holder | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    if (text === '') return undefined;
    const holder = JSON.parse(text) as Holder;
    const isOld = systemClock.now() - mtimeMs > longestHoldMs;
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
