import type { RecordingId } from '../participants/participants.types.ts';
import type { Kept } from './ledger.types.ts';

/** Bytes as they are stored. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** What of a recording is kept as text, in a vault; its media are with the provider (`RecordingStorage`). */
export type KeptText = Exclude<Kept, 'recording'>;

/** A key that is there, one that is gone for ever, or none yet. */
export type FoundKey = Bytes | 'destroyed' | undefined;

/**
 * Where the keys of a vault are kept: apart from what they open, and from every backup of it. A name that was destroyed
 * never has a key again, whoever asks and whenever.
 */
export interface KeyStore {
  /** Keeps a key under a name that has none. Answers with the key that is there then: whichever was first, for everyone. */
  keep(name: string, key: Bytes): Promise<Bytes | 'destroyed'>;
  find(name: string): Promise<FoundKey>;
  /** Also of a name that never had one. Resolves once no crash brings the key back. */
  destroy(name: string): Promise<void>;
}

/** Where sealed text is kept; it may be copied and backed up at will, for it opens with its key alone. */
export interface BlobStore {
  /** Replaces what was there, all or nothing. */
  put(recordingId: RecordingId, kind: KeptText, bytes: Bytes): Promise<void>;
  get(recordingId: RecordingId, kind: KeptText): Promise<Bytes | undefined>;
  /** Also of what is not there. */
  delete(recordingId: RecordingId, kind: KeptText): Promise<void>;
}

/**
 * What is kept of recordings as text, each under its own key. Every method rejects with `vault/store-failed` where a store
 * does. One writer at a time for one recording; what writes from several processes takes a `Lock` first.
 */
export interface Vault {
  /**
   * Encrypts and keeps a text in place of the one before.
   * @throws NoticeError `vault/destroyed` for a recording whose key is destroyed: nothing is ever kept of it again.
   */
  seal(recordingId: RecordingId, kind: KeptText, text: string): Promise<void>;
  /**
   * The text; `undefined` where none is kept.
   * @throws NoticeError `vault/destroyed`, `vault/key-missing`, `vault/wrong-key`, `vault/corrupt`.
   */
  open(recordingId: RecordingId, kind: KeptText): Promise<string | undefined>;
  /**
   * Keeps what `change` makes of each text, `undefined` for nothing, under a new key, and destroys the one before: of what
   * was taken out no old copy opens, not in a backup either. Safe to do again after a crash.
   */
  rewrite(recordingId: RecordingId, change: (text: string, kind: KeptText) => string | undefined): Promise<void>;
  /** Destroys the key for ever, then deletes the text. Safe to do again, and of a recording of which nothing is kept. */
  destroy(recordingId: RecordingId): Promise<void>;
}
