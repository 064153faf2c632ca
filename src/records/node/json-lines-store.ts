import { mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkText } from '../../core/misuse.ts';
import type { LedgerStore } from '../ledger.types.ts';
import { ledgerStoreFailed } from '../ledger-errors.ts';
import { committedLines, committedSize, togetherText } from './committed-lines.ts';
import { withLock } from './file-lock.ts';

/** A store of files, and where each of them is. */
export interface JsonLinesStore extends LedgerStore {
  /** The file of a meeting: one JSON record a line, as `meeting-notice verify` reads it. */
  fileOf(meetingId: string): string;
}

const ending = '.jsonl';
/** Most file systems take 255 bytes. */
const longestName = 200;
/** So long is waited for another process that writes. */
const lockPatienceMs = 10_000;

/**
 * Keeps one file a meeting in `folder`: a line a record, on the disk before `append` resolves. What a crash has torn is
 * cut off before the next line; several processes may write, one after the other. Reads and writes no other files there.
 * @throws TypeError
 */
export function jsonLinesStore(folder: string): JsonLinesStore {
  checkText('folder', folder, './ledgers');
  const fileOf = (meetingId: string): string => join(folder, `${nameOf(meetingId)}${ending}`);
  /** What this store still writes, by file: the next comes after it without looking. */
  const under = new Map<string, Promise<void>>();

  return {
    fileOf,
    async append(meetingId, lines) {
      if (lines.length === 0) return;
      const file = fileOf(meetingId);
      const before = under.get(file) ?? Promise.resolve();
      const own = before.catch(() => undefined).then(() => appended(folder, file, lines));
      under.set(file, own);
      try {
        await own;
      } catch (cause) {
        throw ledgerStoreFailed(`write to ${file}${hintFor(cause)}`, cause);
      } finally {
        if (under.get(file) === own) under.delete(file);
      }
    },
    read: (meetingId) => ({ [Symbol.asyncIterator]: () => readFrom(fileOf(meetingId)) }),
    async *meetings() {
      for (const name of await namesIn(folder)) {
        const meetingId = meetingOf(name.slice(0, -ending.length));
        if (meetingId === undefined) continue;
        const { done } = await readFrom(join(folder, name)).next();
        if (!done) yield meetingId;
      }
    },
  };
}

async function appended(folder: string, file: string, lines: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const write = async (): Promise<void> => {
    const handle = await open(file, 'a+', 0o600);
    try {
      const size = await committedSize(handle);
      await handle.truncate(size);
      try {
        await handle.appendFile(togetherText(lines));
        await handle.sync();
      } catch (error) {
        // All or none: what is told to have failed is not there when it is tried again.
        await handle.truncate(size);
        throw error;
      }
      if (size === 0) await syncFolder(folder);
    } finally {
      await handle.close();
    }
  };
  await withLock(`${file}.lock`, write, { patienceMs: lockPatienceMs });
}

/** A new file's name is on the disk once its folder is. Windows knows no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function* readFrom(file: string): AsyncGenerator<string> {
  try {
    yield* committedLines(file);
  } catch (cause) {
    throw ledgerStoreFailed(`read ${file}${hintFor(cause)}`, cause);
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith(ending)).sort();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw ledgerStoreFailed(`list ${folder}${hintFor(cause)}`, cause);
  }
}

/** A name of small letters, digits, `-` and `_`, and of `%` with two digits for any other byte: the same on every file system. */
function nameOf(meetingId: string): string {
  const encoded = [...new TextEncoder().encode(meetingId)].map((byte) => {
    const letter = String.fromCharCode(byte);
    return /[a-z0-9_-]/.test(letter) ? letter : `%${byte.toString(16).padStart(2, '0')}`;
  });
  const name = encoded.join('');
  if (name === '' || name.length > longestName) {
    throw ledgerStoreFailed(
      `name a file for the meeting ${JSON.stringify(meetingId)}: use a shorter id, of a letter at least`,
    );
  }
  return name;
}

/** The meeting of a name that is one of these; of a file that somebody else has put there, none. */
function meetingOf(name: string): string | undefined {
  try {
    const meetingId = decodeURIComponent(name);
    return nameOf(meetingId) === name ? meetingId : undefined;
  } catch {
    return undefined;
  }
}

const hints: Readonly<Record<string, string>> = {
  ENOSPC: ' (the disk is full: make room)',
  EDQUOT: ' (the quota is used up: make room)',
  EACCES: ' (no permission: let this process write there)',
  EROFS: ' (the disk is read-only)',
};

const hintFor = (cause: unknown): string => hints[(cause as NodeJS.ErrnoException).code ?? ''] ?? '';
