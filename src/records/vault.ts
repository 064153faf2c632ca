import { isNoticeError } from '../core/errors.ts';
import { randomBytes } from '../core/ids.ts';
import { checkMethods } from '../core/misuse.ts';
import type { RecordingId } from '../participants/participants.types.ts';
import { Queues } from './queues.ts';
import { vaultDestroyed, vaultKeyMissing, vaultStoreFailed } from './records-errors.ts';
import { generationOf, type SealingKey, sealed, sealingKey, unsealed } from './sealed-blob.ts';
import type { BlobStore, Bytes, FoundKey, KeptText, KeyStore, Vault } from './vault.types.ts';

const kinds: readonly KeptText[] = ['transcript', 'notes'];
const keyLength = 32;

/** A name of a key store: a recording has one key, and one more for each time that it was rewritten. */
const generationName = (recordingId: RecordingId, generation: number): string => `${recordingId}.${generation}`;

/** Nothing of a store's own errors passes through but as their cause. */
async function asked<T>(what: string, answer: () => Promise<T>): Promise<T> {
  try {
    return await answer();
  } catch (cause) {
    throw isNoticeError(cause) ? cause : vaultStoreFailed(what, cause);
  }
}

class OpenVault implements Vault {
  readonly #keys: KeyStore;
  readonly #blobs: BlobStore;
  readonly #queues = new Queues();

  constructor(keys: KeyStore, blobs: BlobStore) {
    this.#keys = keys;
    this.#blobs = blobs;
  }

  seal(recordingId: RecordingId, kind: KeptText, text: string): Promise<void> {
    return this.#queues.run(recordingId, async () => {
      const root = await this.#root(recordingId);
      const { generation, key } = await this.#current(recordingId, root);
      await this.#put(recordingId, kind, generation, key, text);
    });
  }

  async open(recordingId: RecordingId, kind: KeptText): Promise<string | undefined> {
    return (await this.#opened(recordingId, kind))?.text;
  }

  rewrite(recordingId: RecordingId, change: (text: string, kind: KeptText) => string | undefined): Promise<void> {
    return this.#queues.run(recordingId, async () => {
      const root = await this.#root(recordingId);
      const { generation, key } = await this.#fresh(recordingId, root);
      for (const kind of kinds) {
        const before = await this.#opened(recordingId, kind);
        if (before === undefined) continue;
        const text = change(before.text, kind);
        if (text !== undefined) await this.#put(recordingId, kind, generation, key, text);
        else await asked('delete a text', () => this.#blobs.delete(recordingId, kind));
      }
      for (let gone = 0; gone < generation; gone++) await this.#destroyKey(generationName(recordingId, gone));
    });
  }

  destroy(recordingId: RecordingId): Promise<void> {
    return this.#queues.run(recordingId, async () => {
      // Every other key of it is nothing without this one.
      await this.#destroyKey(recordingId);
      for (const kind of kinds) await asked('delete a text', () => this.#blobs.delete(recordingId, kind));
    });
  }

  /** The recording's key, made where there is none. */
  async #root(recordingId: RecordingId): Promise<Bytes> {
    const root = await this.#made(recordingId);
    if (root === 'destroyed') throw vaultDestroyed(recordingId);
    return root;
  }

  /** The first key that is not destroyed, made where there is none. */
  async #current(recordingId: RecordingId, root: Bytes): Promise<{ generation: number; key: SealingKey }> {
    for (let generation = 0; ; generation++) {
      const key = await this.#made(generationName(recordingId, generation));
      if (key !== 'destroyed') return { generation, key: await sealingKey(root, key) };
    }
  }

  /** A key under which nothing was ever sealed: not even by a rewrite that was cut off, whose copies must go too. */
  async #fresh(recordingId: RecordingId, root: Bytes): Promise<{ generation: number; key: SealingKey }> {
    let generation = 0;
    while ((await this.#found(generationName(recordingId, generation))) !== undefined) generation += 1;
    const key = await this.#made(generationName(recordingId, generation));
    if (key === 'destroyed') throw vaultDestroyed(recordingId);
    return { generation, key: await sealingKey(root, key) };
  }

  async #opened(recordingId: RecordingId, kind: KeptText): Promise<{ text: string } | undefined> {
    const root = await this.#found(recordingId);
    if (root === 'destroyed') throw vaultDestroyed(recordingId);
    const blob = await asked('read a text', () => this.#blobs.get(recordingId, kind));
    if (blob === undefined) return undefined;
    const generation = generationOf(blob, { recordingId, kind });
    const own = await this.#found(generationName(recordingId, generation));
    if (own === 'destroyed') throw vaultDestroyed(recordingId);
    if (root === undefined || own === undefined) throw vaultKeyMissing(recordingId, kind);
    return { text: await unsealed({ recordingId, kind, generation }, await sealingKey(root, own), blob) };
  }

  async #put(recordingId: RecordingId, kind: KeptText, generation: number, key: SealingKey, text: string) {
    const blob = await sealed({ recordingId, kind, generation }, key, text);
    await asked('keep a text', () => this.#blobs.put(recordingId, kind, blob));
  }

  async #made(name: string): Promise<Bytes | 'destroyed'> {
    return await asked('keep a key', () => this.#keys.keep(name, randomBytes(keyLength)));
  }

  async #found(name: string): Promise<FoundKey> {
    return await asked('read a key', () => this.#keys.find(name));
  }

  async #destroyKey(name: string): Promise<void> {
    await asked('destroy a key', () => this.#keys.destroy(name));
  }
}

/**
 * A vault over a store of keys and a store of texts. Two stores, so that a backup of the texts never holds what opens them.
 * @throws TypeError for what is no store, or one store for both.
 */
export function createVault({ keys, blobs }: { readonly keys: KeyStore; readonly blobs: BlobStore }): Vault {
  checkMethods('createVault: keys', ['keep', 'find', 'destroy'], keys ?? null);
  checkMethods('createVault: blobs', ['put', 'get', 'delete'], blobs ?? null);
  if ((keys as unknown) === blobs) throw new TypeError('createVault: keys must be another store than blobs.');
  return new OpenVault(keys, blobs);
}
