import type { CryptoKey as JoseKey } from 'jose';
import type { LedgerKeys } from './keys.ts';
import type { PublicKey } from './ledger.types.ts';
import { libraries } from './libraries.ts';

/** A public key to check signatures with, and the one algorithm (RFC 8037, RFC 7518) that fits it. */
export interface CheckingKey {
  readonly key: JoseKey;
  readonly alg: 'EdDSA' | 'ES256';
}

/** Signs bytes as a compact JWS (RFC 7515). */
export function signed(payload: Uint8Array, { privateKey }: Pick<LedgerKeys, 'privateKey'>): Promise<string> {
  const alg = privateKey.algorithm.name === 'ECDSA' ? 'ES256' : 'EdDSA';
  const { CompactSign } = libraries().jose;
  return new CompactSign(payload).setProtectedHeader({ alg }).sign(privateKey);
}

/** Reads a JSON Web Key: Ed25519 or P-256, and no other, whatever it says of itself. Undefined for what is none. */
export async function checkingKey({ kty, crv, x, y }: PublicKey): Promise<CheckingKey | undefined> {
  const alg = kty === 'OKP' && crv === 'Ed25519' ? 'EdDSA' : kty === 'EC' && crv === 'P-256' ? 'ES256' : undefined;
  if (alg === undefined) return undefined;
  const { importJWK } = libraries().jose;
  try {
    const key = await importJWK({ kty, crv, x, ...(y !== undefined && { y }) } as Record<string, string>, alg);
    return { key: key as JoseKey, alg };
  } catch {
    return undefined;
  }
}

/** What a JWS was signed over, or undefined where the key did not sign it. */
export async function signedPayload(jws: string, { key, alg }: CheckingKey): Promise<Uint8Array | undefined> {
  const { compactVerify } = libraries().jose;
  try {
    return (await compactVerify(jws, key, { algorithms: [alg] })).payload;
  } catch {
    return undefined;
  }
}

/** The text that was signed with this key. */
export async function signedTextOf(jws: string, publicKey: PublicKey): Promise<string | undefined> {
  const key = await checkingKey(publicKey);
  const payload = key && (await signedPayload(jws, key));
  return payload && new TextDecoder().decode(payload);
}

/** Whether a key has signed a record's hash: the payload of its JWS is the hash. */
export async function hasSigned(key: CheckingKey, hash: string, jws: string): Promise<boolean> {
  const payload = await signedPayload(jws, key);
  return payload !== undefined && libraries().jose.base64url.encode(payload) === hash;
}
