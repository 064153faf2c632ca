import { canonicalText } from './canonical.ts';
import type { PublicKey } from './ledger.types.ts';

/** A pair of the Web Crypto API: Ed25519, or ECDSA over P-256. Its private half may be non-extractable. */
export type LedgerKeys = CryptoKeyPair;

/** How `makeKeys` makes a pair. */
export interface MakeKeys {
  /** Whether the private key can be exported, to be kept for the next run; default false. */
  readonly extractable?: boolean;
  /** Default: Ed25519 where the platform has it, and ES256 elsewhere. */
  readonly alg?: 'Ed25519' | 'ES256';
}

const parameters = { Ed25519: { name: 'Ed25519' }, ES256: { name: 'ECDSA', namedCurve: 'P-256' } } as const;

/** Makes a pair to sign with. In a browser, a non-extractable one can be kept in IndexedDB, and never leaves it. */
export async function makeKeys({ extractable = false, alg }: MakeKeys = {}): Promise<LedgerKeys> {
  const made = (one: 'Ed25519' | 'ES256') =>
    globalThis.crypto.subtle.generateKey(parameters[one], extractable, ['sign', 'verify']) as Promise<CryptoKeyPair>;
  if (alg !== undefined) return made(alg);
  try {
    return await made('Ed25519');
  } catch {
    return made('ES256');
  }
}

/** The public half as JSON Web Key: the members that RFC 7638 calls required, and no other. */
export async function publicKeyOf({ publicKey }: Pick<LedgerKeys, 'publicKey'>): Promise<PublicKey> {
  const { kty = '', crv = '', x = '', y } = await globalThis.crypto.subtle.exportKey('jwk', publicKey);
  return { kty, crv, x, ...(y !== undefined && { y }) };
}

/** The same text for the same key, whatever else its JSON Web Key says. */
export const keyText = ({ kty, crv, x, y }: PublicKey): string => canonicalText({ kty, crv, x, y });
