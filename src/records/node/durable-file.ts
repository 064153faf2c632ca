import { link, mkdir, open, readFile, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomId } from '../../core/ids.ts';
import type { Bytes } from '../vault.types.ts';

/** A file's name for any text: no two texts have one name, and none leads out of its folder. */
export const fileNameOf = (text: string): string => `_${encodeURIComponent(text)}`;

const hasCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;

/** The bytes of a file; `undefined` where there is none. */
export async function bytesOf(file: string): Promise<Bytes | undefined> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Resolves once no crash undoes what was done to the names in a folder. */
async function synced(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function written(file: string, bytes: Bytes): Promise<string> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const own = join(dirname(file), `${randomId()}.new`);
  const handle = await open(own, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return own;
}

/** Puts bytes in place of a file, all or nothing; they outlive a crash once it resolves. */
export async function replaceFile(file: string, bytes: Bytes): Promise<void> {
  await rename(await written(file, bytes), file);
  await synced(dirname(file));
}

/** Makes a file that is not there yet, whole from the first moment; `false` where there is one. */
export async function makeFile(file: string, bytes: Bytes): Promise<boolean> {
  const own = await written(file, bytes);
  try {
    await link(own, file);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await unlink(own);
  }
  await synced(dirname(file));
  return true;
}

/** Removes a file, if it is there. */
export async function removeFile(file: string): Promise<void> {
  try {
    await unlink(file);
    await synced(dirname(file));
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}
