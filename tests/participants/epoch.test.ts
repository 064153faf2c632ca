import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compareEpochs,
  highestEpoch,
  isPlausibleEpoch,
  nextEpoch,
  sameEpoch,
} from '../../src/participants/epoch.rules.ts';
import type { Epoch } from '../../src/participants/participants.types.ts';

const epoch = (number: number, id = 'hana', incarnation = 'a'): Epoch => ({ number, id, incarnation });
const anyEpoch = fc.option(
  fc.record({
    number: fc.nat(3),
    id: fc.constantFrom('bo', 'hana'),
    incarnation: fc.constantFrom('a', 'b'),
  }),
  { nil: undefined },
);

test('[G8] epochs are in one order: by number, then by id, then by incarnation; none is lower than any', () => {
  const ordered = [
    undefined,
    epoch(1, 'bo', 'b'),
    epoch(1, 'hana', 'a'),
    epoch(1, 'hana', 'b'),
    epoch(2, 'bo', 'a'),
    epoch(10),
  ];
  for (const [a, one] of ordered.entries()) {
    for (const [b, other] of ordered.entries()) expect(Math.sign(compareEpochs(one, other))).toBe(Math.sign(a - b));
  }
});

test('[G8] whichever way two clients hear of epochs, they come to the same highest', () => {
  fc.assert(
    fc.property(fc.array(anyEpoch, { maxLength: 6 }), (heard) => {
      const forth = heard.reduce(highestEpoch, undefined);
      const back = heard.reduceRight(highestEpoch, undefined);
      expect(sameEpoch(forth, back)).toBe(true);
      for (const each of heard) expect(compareEpochs(forth, each)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('[G8] a jump of more than 1000 over the highest, a number below one or from 2^32 is not believed', () => {
  expect(isPlausibleEpoch(epoch(2 ** 31 - 1), undefined)).toBe(true);
  expect(isPlausibleEpoch(epoch(2 ** 31), undefined)).toBe(false);
  expect(isPlausibleEpoch(epoch(1500), epoch(500))).toBe(true);
  expect(isPlausibleEpoch(epoch(1501), epoch(500))).toBe(false);
  expect(isPlausibleEpoch(epoch(0), undefined)).toBe(false);
  expect(isPlausibleEpoch(epoch(2 ** 32), epoch(2 ** 32 - 1))).toBe(false);
  expect(isPlausibleEpoch(epoch(2 ** 32 - 1), epoch(2 ** 32 - 2))).toBe(true);
});

test('a new authority takes the number after the highest that it has heard of', () => {
  expect(nextEpoch(undefined, 'bo', 'x')).toEqual(epoch(1, 'bo', 'x'));
  expect(nextEpoch(epoch(7), 'bo', 'x')).toEqual(epoch(8, 'bo', 'x'));
});
