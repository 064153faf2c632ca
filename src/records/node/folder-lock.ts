import { mkdir, readdir, readFile, stat, truncate, unlink, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../core/clock.ts';
import { checkText } from '../../core/misuse.ts';
import { pause } from '../in-time.ts';
import type { Lock } from '../lock.ts';
import { Queues } from '../queues.ts';
import { fileNameOf, makeFile, removeFile } from './durable-file.ts';

interface Holder {
  readonly pid: number;
  readonly host: string;
}

const lookEveryMs = 20;
const beatEveryMs = 5000;
/** A holder that was not heard of for so long has ended, wherever it was. */
const silentForMs = 60_000;

/**
 * A lock between processes that share a folder. Each holder has a number, one higher than the one before, and makes a
 * file of that name, which only one can do. Nobody removes the highest, so that none is held twice. A holder that was
 * killed is followed at once on the same machine, and after a minute of silence on another.
 */
export function folderLock(folder: string, { clock = systemClock }: { readonly clock?: Clock } = {}): Lock {
  checkText('folderLock: folder', folder, '/var/lib/meetings/locks');
  const queues = new Queues();
  return {
    hold: (name, task) => queues.run(name, () => held(clock, join(folder, fileNameOf(name)), task)),
  };
}

async function held<T>(clock: Clock, folder: string, task: () => Promise<T>): Promise<T> {
  const own = await taken(clock, folder);
  let timer: unknown;
  const beat = (): void => {
    const now = new Date(clock.now());
    utimes(own, now, now).catch(() => {});
    timer = clock.setTimeout(beat, beatEveryMs);
  };
  beat();
  try {
    return await task();
  } finally {
    clock.clearTimeout(timer);
    // Empty: it is free.
    await truncate(own, 0).catch(() => {});
  }
}

async function taken(clock: Clock, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (;;) {
    const last = Math.max(0, ...(await numbersIn(folder)));
    if (await isFree(clock, join(folder, `${last}`))) {
      const own = await made(folder, last + 1);
      if (own !== undefined) return own;
    }
    await pause(clock, lookEveryMs);
  }
}

const numbersIn = async (folder: string): Promise<readonly number[]> =>
  (await readdir(folder)).filter((name) => /^\d+$/.test(name)).map(Number);

async function isFree(clock: Clock, file: string): Promise<boolean> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    if (text === '' || clock.now() - mtimeMs > silentForMs) return true;
    const { pid, host } = JSON.parse(text) as Holder;
    return host === hostname() && !isAlive(pid);
  } catch (error) {
    // The very first, or removed meanwhile: then there is a higher one, which is seen once this one is made.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Takes this number, unless somebody has it or a higher one. */
async function made(folder: string, number: number): Promise<string | undefined> {
  const own = join(folder, `${number}`);
  const holder: Holder = { pid: process.pid, host: hostname() };
  if (!(await makeFile(own, new TextEncoder().encode(JSON.stringify(holder))))) return undefined;
  const numbers = await numbersIn(folder);
  if (numbers.some((other) => other > number)) {
    await removeFile(own);
    return undefined;
  }
  const before = numbers.filter((other) => other < number);
  await Promise.allSettled(before.map((other) => unlink(join(folder, `${other}`))));
  return own;
}
