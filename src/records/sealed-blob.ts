import { randomBytes } from '../core/ids.ts';
import type { RecordingId } from '../participants/participants.types.ts';
import { vaultCorrupt, vaultWrongKey } from './records-errors.ts';
import type { Bytes, KeptText } from './vault.types.ts';

/** What a blob is of; all of it is bound to the text by the encryption, so that no blob passes for another. */
export interface BlobOf {
  readonly recordingId: RecordingId;
  readonly kind: KeptText;
  /** Which of the recording's keys, from 0. */
  readonly generation: number;
}

const version = 1;
const checkLength = 8;
const ivLength = 12;
/** Version, generation, what tells one key from another, initialisation vector. */
const headerLength = 1 + 4 + checkLength + ivLength;

const encoder = new TextEncoder();

/** A key that encrypts, and eight bytes that tell it from another without telling it. */
export interface SealingKey {
  readonly key: CryptoKey;
  readonly check: Bytes;
}

/** The key that only both together make (HKDF, RFC 5869): destroying either destroys it. */
export async function sealingKey(ofRecording: Bytes, ofGeneration: Bytes): Promise<SealingKey> {
  const source = await crypto.subtle.importKey('raw', ofRecording, 'HKDF', false, ['deriveBits']);
  const info = encoder.encode('meeting-notice/vault/1');
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: ofGeneration, info };
  const bits = new Uint8Array(await crypto.subtle.deriveBits(derivation, source, (32 + checkLength) * 8));
  const key = await crypto.subtle.importKey('raw', bits.slice(0, 32), 'AES-GCM', false, ['encrypt', 'decrypt']);
  return { key, check: bits.slice(32) };
}

const algorithm = (of: BlobOf, iv: Bytes) => ({
  name: 'AES-GCM',
  iv,
  additionalData: encoder.encode(JSON.stringify([version, of.recordingId, of.kind, of.generation])),
});

/** Encrypts (AES-256-GCM) with a fresh initialisation vector. */
export async function sealed(of: BlobOf, { key, check }: SealingKey, text: string): Promise<Bytes> {
  const iv = randomBytes(ivLength);
  const cipher = new Uint8Array(await crypto.subtle.encrypt(algorithm(of, iv), key, encoder.encode(text)));
  const blob = new Uint8Array(headerLength + cipher.length);
  blob[0] = version;
  new DataView(blob.buffer).setUint32(1, of.generation);
  blob.set(check, 5);
  blob.set(iv, 5 + checkLength);
  blob.set(cipher, headerLength);
  return blob;
}

/** @throws NoticeError `vault/corrupt` for what is no blob of a vault. */
export function generationOf(blob: Bytes, { recordingId, kind }: Omit<BlobOf, 'generation'>): number {
  if (blob.length < headerLength || blob[0] !== version) throw vaultCorrupt(recordingId, kind);
  return new DataView(blob.buffer, blob.byteOffset).getUint32(1);
}

/** @throws NoticeError `vault/wrong-key`, `vault/corrupt`. */
export async function unsealed(of: BlobOf, { key, check }: SealingKey, blob: Bytes): Promise<string> {
  const isThisKey = check.every((byte, place) => blob[5 + place] === byte);
  if (!isThisKey) throw vaultWrongKey(of.recordingId, of.kind);
  const iv = blob.slice(5 + checkLength, headerLength);
  try {
    const text = await crypto.subtle.decrypt(algorithm(of, iv), key, blob.slice(headerLength));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(text);
  } catch (cause) {
    throw vaultCorrupt(of.recordingId, of.kind, cause);
  }
}
