import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nestedAtLeast, partsAtLeast } from '../../src/records/statistics.rules.ts';

describe('[G12] a count of people', () => {
  test.each([
    ['all of one', { given: 12 }, { given: 12 }],
    ['nobody', { given: 12, refused: 0 }, { given: 12, refused: 0 }],
    ['a few, and the rest that would tell them', { given: 12, refused: 2 }, { given: null, refused: null }],
    ['a few among others', { given: 20, refused: 7, withdrawn: 2 }, { given: 20, refused: null, withdrawn: null }],
    ['several few', { given: 20, refused: 3, withdrawn: 2 }, { given: 20, refused: null, withdrawn: null }],
    ['fewer than the floor in all', { given: 1, refused: 2 }, { given: null, refused: null }],
  ])('by its parts: %s', (_, parts, told) => {
    expect(partsAtLeast(5, parts)).toEqual(told);
  });

  test.each([
    [
      [12, 12, 6],
      [12, 12, 6],
    ],
    [
      [12, 10, 6],
      [12, null, 6],
    ],
    [
      [12, 12, 3],
      [12, 12, null],
    ],
    [
      [4, 4, 0],
      [null, null, 0],
    ],
    [
      [12, 0, 0],
      [12, 0, 0],
    ],
  ])('of some among others: %j is told as %j', (counts, told) => {
    expect(nestedAtLeast(5, counts)).toEqual(told);
  });

  test('shows nobody in a group smaller than the floor, nor lets such a group be worked out', () => {
    const counts = fc.array(fc.nat(30), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), counts, (floor, numbers) => {
        const parts = Object.fromEntries(numbers.map((count, place) => [`p${place}`, count]));
        const told = Object.values(partsAtLeast(floor, parts)).filter((count) => count !== null);
        const total = numbers.reduce((sum, count) => sum + count, 0);
        const hidden = total - told.reduce((sum, count) => sum + count, 0);
        expect(told.filter((count) => count > 0 && count < floor)).toEqual([]);
        if (total >= floor) expect(hidden === 0 || hidden >= floor).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), counts, (floor, numbers) => {
        const nested = [...numbers].sort((a, b) => b - a);
        const told = nestedAtLeast(floor, nested).filter((count) => count !== null);
        const steps = told.map((count, place) => (told[place - 1] ?? count) - count);
        expect([...told, ...steps].filter((count) => count > 0 && count < floor)).toEqual([]);
      }),
    );
  });
});
