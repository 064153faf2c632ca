import { sha256Hex, sha256Start } from './sha256.ts';

/** Bytes of chance, from the Web Crypto source of this machine. */
export function randomBytes(count: number): Uint8Array<ArrayBuffer> {
  return globalThis.crypto.getRandomValues(new Uint8Array(count));
}

/** A new id of 20 hex digits: 80 bits of chance, from the Web Crypto source of this machine. */
export function randomId(): string {
  return [...randomBytes(20)].map((byte) => (byte & 15).toString(16)).join('');
}

/** The same 16 hex digits for the same parts, wherever it is worked out; `('a', 'b')` and `('ab')` differ. */
export function derivedId(...parts: readonly string[]): string {
  return sha256Start(JSON.stringify(parts));
}

/** Whether a text has the form of a derived id. */
export const isDerivedId = (text: string): boolean => /^[0-9a-f]{16}$/.test(text);

/** A UUID of version 8 (RFC 9562) from the SHA-256 of the parts: the same for the same parts, wherever it is worked out. */
export function derivedUuid(...parts: readonly string[]): string {
  const hex = sha256Hex(JSON.stringify(parts));
  const variant = '89ab'[Number.parseInt(hex[16] as string, 16) & 3];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
