import type { AboutRecording, ChunkStore } from './chunk-store.ts';

const root = 'meeting-notice-recordings';
const aboutFile = 'about.json';

/** One recording found in the origin's private file system. */
export interface StoredRecording {
  readonly about: AboutRecording;
  readonly store: ChunkStore;
  readonly sizeBytes: number;
}

/** `undefined` where the origin has no private file system that a page can write to. */
async function rootFolder(view: Window & typeof globalThis): Promise<FileSystemDirectoryHandle | undefined> {
  const canWrite = 'FileSystemFileHandle' in view && 'createWritable' in view.FileSystemFileHandle.prototype;
  if (!canWrite || !view.navigator.storage?.getDirectory) return undefined;
  try {
    return await (await view.navigator.storage.getDirectory()).getDirectoryHandle(root, { create: true });
  } catch {
    return undefined;
  }
}

/** A page that writes holds this lock, so that another page's `recover` does not take a living recording for a lost one. */
const lockOf = (folder: string): string => `${root}/${folder}`;

/**
 * Keeps each chunk as a file of its own in the origin's private file system: an open file there would only become
 * readable when closed, and a page that crashed would leave nothing. `undefined` where there is none.
 */
export async function originStore(
  view: Window & typeof globalThis,
  about: AboutRecording,
): Promise<ChunkStore | undefined> {
  const folders = await rootFolder(view);
  if (!folders) return undefined;
  const name = `${about.startedAt}-${encodeURIComponent(about.recordingId)}`;
  const unlock = await takeLock(view, lockOf(name));
  try {
    const folder = await folders.getDirectoryHandle(name, { create: true });
    await write(folder, aboutFile, JSON.stringify(about));
    return storeIn(folders, folder, [], unlock);
  } catch {
    unlock();
    await folders.removeEntry(name, { recursive: true }).catch(() => undefined);
    return undefined;
  }
}

/** What is there of recordings that no page is writing now, oldest first. */
export async function storedRecordings(view: Window & typeof globalThis): Promise<readonly StoredRecording[]> {
  const folders = await rootFolder(view);
  if (!folders) return [];
  const held = new Set(((await view.navigator.locks?.query())?.held ?? []).map((lock) => lock.name));
  const found: StoredRecording[] = [];
  for await (const [name, folder] of folders.entries()) {
    if (folder.kind !== 'directory' || held.has(lockOf(name))) continue;
    const about = await aboutIn(folder as FileSystemDirectoryHandle);
    if (!about) continue;
    const store = storeIn(folders, folder as FileSystemDirectoryHandle, [], () => undefined);
    const sizeBytes = (await store.parts()).reduce((total, { size }) => total + size, 0);
    found.push({ about, store, sizeBytes });
  }
  return found.sort((a, b) => a.about.startedAt - b.about.startedAt);
}

function storeIn(
  folders: FileSystemDirectoryHandle,
  folder: FileSystemDirectoryHandle,
  unwritten: Blob[],
  unlock: () => void,
): ChunkStore {
  let count = 0;
  return {
    keptIn: 'origin',
    async append(chunk) {
      if (unwritten.length > 0) {
        unwritten.push(chunk);
        return;
      }
      try {
        await write(folder, `${String(count).padStart(8, '0')}.chunk`, chunk);
        count += 1;
      } catch (error) {
        unwritten.push(chunk);
        throw error;
      }
    },
    async close(about) {
      try {
        await write(folder, aboutFile, JSON.stringify(about));
      } finally {
        unlock();
      }
    },
    async parts() {
      const names: string[] = [];
      for await (const name of folder.keys()) if (name.endsWith('.chunk')) names.push(name);
      const files = names.sort().map(async (name) => (await folder.getFileHandle(name)).getFile());
      return [...(await Promise.all(files)), ...unwritten];
    },
    async remove() {
      unwritten.length = 0;
      unlock();
      await folders.removeEntry(folder.name, { recursive: true }).catch((error: unknown) => {
        if (!(error instanceof Error && error.name === 'NotFoundError')) throw error;
      });
    },
  };
}

async function write(folder: FileSystemDirectoryHandle, name: string, data: Blob | string): Promise<void> {
  const file = await (await folder.getFileHandle(name, { create: true })).createWritable();
  try {
    await file.write(data);
    await file.close();
  } catch (error) {
    await file.abort().catch(() => undefined);
    throw error;
  }
}

async function aboutIn(folder: FileSystemDirectoryHandle): Promise<AboutRecording | undefined> {
  try {
    const about: unknown = JSON.parse(await (await (await folder.getFileHandle(aboutFile)).getFile()).text());
    return isAbout(about) ? about : undefined;
  } catch {
    return undefined;
  }
}

function isAbout(value: unknown): value is AboutRecording {
  if (typeof value !== 'object' || value === null) return false;
  const about = value as Partial<Record<keyof AboutRecording, unknown>>;
  return (
    typeof about.recordingId === 'string' &&
    typeof about.mimeType === 'string' &&
    typeof about.startedAt === 'number' &&
    typeof about.durationMs === 'number' &&
    (about.ended === undefined || typeof about.ended === 'string')
  );
}

/** Held until the function returned is called. Without Web Locks nothing is held. */
async function takeLock(view: Window & typeof globalThis, name: string): Promise<() => void> {
  const { locks } = view.navigator;
  if (!locks) return () => undefined;
  return new Promise((resolve) => {
    const hold = (): Promise<void> => new Promise((unlock) => resolve(unlock));
    locks.request(name, { ifAvailable: true }, hold).catch(() => resolve(() => undefined));
  });
}
