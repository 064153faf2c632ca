import { webcrypto } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hasSigned } from '../../src/authority/signature-check.ts';
import type { PublicKey } from '../../src/records/ledger.types.ts';

const text = '{"answers":{"recording":"given"}, "more": "ÿ>ÿ?"}';
const base64url = (bytes: string | ArrayBuffer) => Buffer.from(bytes as string).toString('base64url');

const ways = {
  EdDSA: { name: 'Ed25519' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  ES384: { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
} as const;

interface Signing {
  /** What its header says, where that is not the truth. */
  readonly alg?: unknown;
  readonly header?: string;
  readonly payload?: string;
}

/** Somebody with a key of their own, who signs. */
async function signer(way: keyof typeof ways) {
  const how = ways[way];
  const { privateKey, publicKey } = (await webcrypto.subtle.generateKey(how, true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
  const { kty, crv, x, y } = await webcrypto.subtle.exportKey('jwk', publicKey);
  const key = { kty, crv, x, ...(y !== undefined && { y }) } as PublicKey;
  const signs = async ({ alg = way, header = JSON.stringify({ alg }), payload = text }: Signing = {}) => {
    const signed = `${base64url(header)}.${base64url(payload)}`;
    return `${signed}.${base64url(await webcrypto.subtle.sign(how, privateKey, Buffer.from(signed)))}`;
  };
  return { key, signs };
}

describe.each(['EdDSA', 'ES256'] as const)('[G6] a signature by %s', (way) => {
  test('is taken over the text that it is over, by the key that it is by', async () => {
    const { key, signs } = await signer(way);
    const many = await Promise.all(Array.from({ length: 20 }, () => signs()));
    expect(new Set(await Promise.all(many.map((jws) => hasSigned(text, jws, key))))).toEqual(new Set([true]));
  });

  test('is not taken over another text, by another key, or of another way', async () => {
    const { key, signs } = await signer(way);
    const other = await signer(way);
    const unlike = await signer(way === 'EdDSA' ? 'ES256' : 'EdDSA');
    const jws = await signs();
    expect(
      await Promise.all([
        hasSigned(`${text} `, jws, key),
        hasSigned(text, await signs({ payload: `${text} ` }), key),
        hasSigned(text, jws, other.key),
        hasSigned(text, jws, unlike.key),
        hasSigned(text, await unlike.signs({ alg: way }), key),
        hasSigned(text, await signs({ alg: way === 'EdDSA' ? 'ES256' : 'EdDSA' }), key),
        hasSigned(text, await signs({ alg: 'none' }), key),
        hasSigned(text, await signs({ alg: null }), key),
      ]),
    ).toEqual(Array.from({ length: 8 }, () => false));
  });

  test('is not taken with anything before, behind or missing', async () => {
    const { key, signs } = await signer(way);
    const jws = await signs();
    const [header, payload, signature] = jws.split('.');
    const wrong = [
      `${jws}.`,
      `${jws}.more`,
      `.${jws}`,
      `${header}.${payload}`,
      `${header}.${payload}.`,
      `${header}..${signature}`,
      `${header}.${payload}.${signature}!`,
      `${header}.${payload}.${signature?.slice(4)}`,
      '',
      '..',
      'not.a.signature',
      await signs({ header: 'no JSON' }),
      await signs({ header: 'null' }),
    ];
    expect(await Promise.all(wrong.map((each) => hasSigned(text, each, key)))).toEqual(wrong.map(() => false));
  });

  test('is not taken by a key of which a part is missing', async () => {
    const { key, signs } = await signer(way);
    const jws = await signs();
    const parts = Object.keys(key) as (keyof PublicKey)[];
    const without = parts.map((part) => Object.fromEntries(Object.entries(key).filter(([name]) => name !== part)));
    expect(await Promise.all([...without, {}].map((each) => hasSigned(text, jws, each)))).toEqual(
      [...without, {}].map(() => false),
    );
  });
});

test('[G6] a signature of a way that is not one of the two is not taken, whatever it says of itself', async () => {
  const { key, signs } = await signer('ES384');
  const found = ['ES384', 'ES256', 'EdDSA'].map(async (alg) => hasSigned(text, await signs({ alg }), key));
  expect(await Promise.all(found)).toEqual([false, false, false]);
});
