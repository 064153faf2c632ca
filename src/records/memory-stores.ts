import type { BlobStore, Bytes, KeyStore } from './vault.types.ts';

/** Keys in memory: for tests, and for what is not to outlive its process. */
export function memoryKeys(): KeyStore {
  const keys = new Map<string, Bytes | 'destroyed'>();
  return {
    keep: async (name, key) => {
      const there = keys.get(name) ?? key.slice();
      keys.set(name, there);
      return there === 'destroyed' ? there : there.slice();
    },
    find: async (name) => {
      const there = keys.get(name);
      return typeof there === 'object' ? there.slice() : there;
    },
    destroy: async (name) => {
      const there = keys.get(name);
      if (typeof there === 'object') there.fill(0);
      keys.set(name, 'destroyed');
    },
  };
}

/** Sealed text in memory. */
export function memoryBlobs(): BlobStore {
  const blobs = new Map<string, Bytes>();
  const nameOf = (...parts: readonly string[]) => JSON.stringify(parts);
  return {
    put: async (recordingId, kind, bytes) => void blobs.set(nameOf(recordingId, kind), bytes.slice()),
    get: async (recordingId, kind) => blobs.get(nameOf(recordingId, kind))?.slice(),
    delete: async (recordingId, kind) => void blobs.delete(nameOf(recordingId, kind)),
  };
}
