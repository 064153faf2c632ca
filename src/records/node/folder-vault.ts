import { join } from 'node:path';
import { checkText } from '../../core/misuse.ts';
import type { BlobStore, Bytes, KeyStore } from '../vault.types.ts';
import { bytesOf, fileNameOf, makeFile, removeFile, replaceFile } from './durable-file.ts';

const keyLength = 32;
/** An empty file in a key's place says that it is destroyed, for ever. */
const destroyed: Bytes = new Uint8Array(0);

function keyIn(bytes: Bytes, file: string): Bytes | 'destroyed' {
  if (bytes.length === 0) return 'destroyed';
  if (bytes.length === keyLength) return bytes;
  throw new Error(`${file} holds no key of ${keyLength} bytes`);
}

/**
 * Keys in a folder of their own, one file each, which its user alone can read; for several processes at once. Leave the
 * folder out of backups: a copy of a key outlives its erasure. On a disk that keeps what was overwritten, encrypt the disk.
 */
export function folderKeys(folder: string): KeyStore {
  checkText('folderKeys: folder', folder, '/var/lib/meetings/keys');
  const fileOf = (name: string) => join(folder, fileNameOf(name));
  const find: KeyStore['find'] = async (name) => {
    const bytes = await bytesOf(fileOf(name));
    return bytes && keyIn(bytes, fileOf(name));
  };
  return {
    find,
    keep: async (name, key) => {
      const there = await find(name);
      if (there !== undefined) return there;
      return (await makeFile(fileOf(name), key)) ? key : ((await find(name)) ?? 'destroyed');
    },
    destroy: (name) => replaceFile(fileOf(name), destroyed),
  };
}

/** Sealed text in a folder, one file each; copy and back it up at will. */
export function folderBlobs(folder: string): BlobStore {
  checkText('folderBlobs: folder', folder, '/var/lib/meetings/texts');
  const fileOf = (...parts: readonly string[]) => join(folder, parts.map(fileNameOf).join('.'));
  return {
    put: (recordingId, kind, bytes) => replaceFile(fileOf(recordingId, kind), bytes),
    get: (recordingId, kind) => bytesOf(fileOf(recordingId, kind)),
    delete: (recordingId, kind) => removeFile(fileOf(recordingId, kind)),
  };
}
