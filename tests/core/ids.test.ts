import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { derivedId, derivedUuid, randomId } from '../../src/core/ids.ts';

describe('randomId', () => {
  test('is 20 hex digits: 80 bits, longer than an id that was worked out', () => {
    expect(randomId()).toMatch(/^[0-9a-f]{20}$/);
  });

  test('never comes twice, and every place takes every digit', () => {
    const ids = Array.from({ length: 5000 }, randomId);
    expect(new Set(ids).size).toBe(5000);
    expect(Array.from({ length: 20 }, (_, place) => new Set(ids.map((id) => id[place])).size)).toEqual(
      Array.from({ length: 20 }, () => 16),
    );
  });
});

describe('derivedId', () => {
  test('is the same everywhere', () => {
    expect(derivedId('weekly', 'zoom-7')).toBe('c2b5a3d104bc2fe8');
  });

  test('differs where the parts differ, however they are cut', () => {
    expect(
      new Set([derivedId('ab'), derivedId('a', 'b'), derivedId('b', 'a'), derivedId('a,b'), derivedId('ab', '')]).size,
    ).toBe(5);
    const parts = fc.array(fc.string({ unit: fc.constantFrom('a', '"', ',', '\\', '[', '\u0000') }), { maxLength: 4 });
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        expect(derivedId(...a) === derivedId(...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
});

describe('derivedUuid', () => {
  test('is a UUID of version 8 (RFC 9562), the same everywhere', () => {
    expect(derivedUuid('weekly', 'bo')).toBe('c7f7d453-1c9d-86fa-b5bc-3f4d466ada6e');
    const form = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    const made = Array.from({ length: 500 }, (_, index) => derivedUuid(String(index)));
    expect(made.filter((uuid) => !form.test(uuid))).toEqual([]);
    expect(new Set(made).size).toBe(500);
    expect(new Set(made.map((uuid) => uuid[19])).size).toBe(4);
  });
});
