import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256Bytes, sha256Hex } from '../../src/core/sha256.ts';

const ofNode = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

describe('sha256Hex', () => {
  /** The examples of FIPS 180-4 (NIST CSRC, "SHA-256") and the two of NESSIE that leave one block. */
  test.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    [
      'abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu',
      'cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1',
    ],
    ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ])('is what NIST says it is for %.20s…', (text, digest) => {
    expect(sha256Hex(text)).toBe(digest);
  });

  test('is what Node says it is around every block length', () => {
    const lengths = Array.from({ length: 200 }, (_, length) => 'é'.repeat(length >> 1) + 'x'.repeat(length & 1));
    expect(lengths.map(sha256Hex)).toEqual(lengths.map(ofNode));
  });

  test('is what Node says it is for any text, lone surrogates included', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', '\udfff')) }),
        (text) => {
          expect(sha256Hex(text)).toBe(ofNode(text));
        },
      ),
    );
  });
});

test('the bytes of a hash are those that its digits say', () => {
  for (const text of ['', 'abc', 'é 会議 👋', 'x'.repeat(200)]) {
    expect(Buffer.from(sha256Bytes(text)).toString('hex')).toBe(sha256Hex(text));
  }
});
