import type { PublicKey } from '../records/ledger.types.ts';

/**
 * Whether a compact JWS (RFC 7515) is over this text, by this key: Ed25519 or ECDSA over P-256, and no other, whatever it
 * says of itself. False where there is no Web Crypto.
 */
export async function hasSigned(text: string, jws: string, { kty, crv, x, y }: PublicKey): Promise<boolean> {
  const { subtle } = globalThis.crypto ?? {};
  const [header = '', payload = '', signature = '', ...more] = jws.split('.');
  const isCurve = kty === 'EC' && crv === 'P-256';
  if (!subtle || more.length > 0 || !(isCurve || (kty === 'OKP' && crv === 'Ed25519'))) return false;
  try {
    const said = new TextDecoder().decode(bytesOf(payload));
    const { alg } = JSON.parse(new TextDecoder().decode(bytesOf(header))) as { alg?: unknown };
    if (said !== text || alg !== (isCurve ? 'ES256' : 'EdDSA')) return false;
    const how = isCurve ? { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } : { name: 'Ed25519' };
    const jwk = { kty, crv, ...(x && { x }), ...(y && { y }) };
    const key = await subtle.importKey('jwk', jwk, how, false, ['verify']);
    return await subtle.verify(how, key, bytesOf(signature), new TextEncoder().encode(`${header}.${payload}`));
  } catch {
    return false;
  }
}

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
