import { describe, expect, test } from 'vitest';
import { Findings } from '../../src/records/findings.ts';
import type { Fragment, Piece } from '../../src/records/fragments.ts';
import { holesIn, sayBroken, sayMissing, sayMoved } from '../../src/records/order.rules.ts';
import { fragmentOf } from './fragment-of.ts';

const range = (from: number, to: number) => ({ from, to });

test('[G6] the numbers that no run has, up to the last, are missing, in whichever order and however they overlap', () => {
  expect([
    holesIn([]),
    holesIn([range(0, 4)]),
    holesIn([range(2, 4)]),
    holesIn([range(7, 9), range(2, 3), range(3, 5)]),
    holesIn([range(0, 9), range(2, 3), range(10, 11), range(13, 13)]),
  ]).toEqual([[], [], [range(0, 1)], [range(0, 1), range(6, 6)], [range(12, 12)]]);
});

describe('[G6] a broken line', () => {
  const good = (from: number, to: number, lastFact = 'captured'): Piece => ({
    fragment: fragmentOf(from, to, { lastFact }),
  });
  const broken = (line: number, claims?: number): Piece => ({ broken: { source: 1, line, claims } });
  /** What is found of pieces, and which numbers are accounted for by it. */
  const found = (pieces: readonly Piece[], ...missing: readonly (readonly [number, number])[]) => {
    const findings = new Findings();
    const accounted = sayBroken(
      pieces,
      missing.map(([from, to]) => range(from, to)),
      findings,
    );
    return [findings.inOrder(), accounted];
  };
  const changed = (n: number, line: number, why: string) => ({
    code: 'changed',
    n,
    source: 1,
    line,
    says: `Record ${n} was changed: ${why}.`,
  });
  const [noRecord, otherHash] = ['the line is no record', 'its hash is not that of what it says'];
  const added = (n: number, line: number) => ({
    code: 'added',
    n,
    source: 1,
    line,
    says: 'A line was added that no key of this ledger has signed.',
  });

  test('is the record that is missing where it stands', () => {
    expect(found([good(0, 2), broken(4), good(4, 5)], [3, 3])).toEqual([[changed(3, 4, noRecord)], [range(3, 3)]]);
    expect(found([broken(1, 0), good(1, 5)], [0, 0])).toEqual([[changed(0, 1, otherHash)], [range(0, 0)]]);
    expect(found([good(0, 2), broken(4), broken(5, 4), good(5, 5)], [3, 4])).toEqual([
      [changed(3, 4, noRecord), changed(4, 5, otherHash)],
      [range(3, 3), range(4, 4)],
    ]);
  });

  test('is else the missing one that it says it is, and each is one record alone', () => {
    const pieces = [good(0, 5), broken(7, 9), broken(8, 9), good(6, 8), good(10, 12)];
    expect(found(pieces, [9, 9])).toEqual([
      [added(9, 8), changed(9, 7, otherHash)].sort((a, b) => (a.code < b.code ? 1 : -1)),
      [range(9, 9)],
    ]);
    expect(found([good(0, 2), broken(4, 7), broken(5), good(9, 9)], [3, 5], [7, 8])).toEqual([
      [changed(3, 4, otherHash), changed(4, 5, noRecord)],
      [range(3, 3), range(4, 4)],
    ]);
    expect(found([good(0, 3), broken(5, 7), broken(6), good(4, 6), good(9, 9)], [7, 8])).toEqual([
      [changed(7, 5, otherHash), changed(8, 6, noRecord)],
      [range(7, 7), range(8, 8)],
    ]);
  });

  test('is one that was added where none is missing that it could be', () => {
    expect(found([good(0, 2), broken(4), good(3, 5)])).toEqual([[added(3, 4)], []]);
    expect(found([good(0, 2), broken(4, 1), good(3, 5)])).toEqual([[added(1, 4)], []]);
    expect(found([good(0, 2), broken(4, 9), good(3, 5)], [6, 8])).toEqual([[added(9, 4)], []]);
    expect(found([good(0, 2), broken(4, 5), good(3, 5)], [6, 8])).toEqual([[added(5, 4)], []]);
  });

  test('is the next where it stands after all that is good, unless the ledger was closed before', () => {
    expect(found([good(0, 2), broken(4), broken(5, 0)])).toEqual([
      [changed(3, 4, noRecord), changed(4, 5, otherHash)],
      [range(3, 3), range(4, 4)],
    ]);
    expect(found([good(0, 2, 'closed'), broken(4), broken(5)])).toEqual([[added(3, 4)], []]);
    expect(found([good(0, 1, 'closed'), good(2, 2), broken(4)])).toEqual([[changed(3, 4, noRecord)], [range(3, 3)]]);
    expect(found([broken(1)])).toEqual([[changed(0, 1, noRecord)], [range(0, 0)]]);
    expect(found([good(0, 2), broken(4), good(3, 3), broken(6)])).toEqual([
      [added(3, 4), changed(4, 6, noRecord)],
      [range(4, 4)],
    ]);
  });
});

describe('[G6] what is missing', () => {
  const found = (missing: readonly (readonly [number, number])[], ...fragments: readonly Fragment[]) => {
    const findings = new Findings();
    sayMissing(
      missing.map(([from, to]) => range(from, to)),
      fragments,
      findings,
    );
    return findings.inOrder();
  };

  test('is named by its numbers, before what follows on it', () => {
    expect(found([[2, 4]], fragmentOf(0, 1), fragmentOf(5, 9, { source: 1, line: 7 }))).toEqual([
      { code: 'removed', n: 2, source: 1, line: 7, says: 'Records 2 to 4 are missing: removed.' },
    ]);
    expect(found([[4, 4]], fragmentOf(3, 9), fragmentOf(5, 9))).toEqual([
      { code: 'removed', n: 4, source: 0, line: 6, says: 'Record 4 is missing: removed.' },
    ]);
  });

  test('may be kept elsewhere, where an authority begins after it', () => {
    expect(found([[2, 4]], fragmentOf(5, 9, { opens: true }))).toMatchObject([
      {
        says: 'Records 2 to 4 are missing: removed, or another machine has kept that part: give its ledger too.',
      },
    ]);
  });

  test('before nothing that is there is named all the same', () => {
    expect(
      found(
        [
          [2, 4],
          [6, 6],
        ],
        fragmentOf(0, 1),
      ),
    ).toStrictEqual([
      { code: 'removed', n: 2, source: 0, says: 'Records 2 to 4 are missing: removed.' },
      { code: 'removed', n: 6, source: 0, says: 'Record 6 is missing: removed.' },
    ]);
  });
});

describe('[G6] what stands after what was written later', () => {
  const found = (...fragments: readonly Fragment[]) => {
    const findings = new Findings();
    sayMoved(fragments, findings);
    return findings.inOrder();
  };
  const moved = (from: number, says: string) => ({
    code: 'reordered',
    n: from,
    source: 0,
    line: from + 1,
    says: `${says} after what was written later: the order was changed.`,
  });

  test('is named, the first of it alone', () => {
    expect(found(fragmentOf(0, 2), fragmentOf(5, 9), fragmentOf(3, 4))).toEqual([moved(3, 'Records 3 to 4 stand')]);
    expect(found(fragmentOf(5, 9), fragmentOf(4, 4), fragmentOf(3, 3))).toEqual([moved(3, 'Record 3 stands')]);
    expect(found(fragmentOf(5, 9), fragmentOf(2, 2), fragmentOf(3, 3))).toEqual([moved(2, 'Record 2 stands')]);
  });

  test('is nothing where it is in order, or overlaps', () => {
    expect(found()).toEqual([]);
    expect(found(fragmentOf(0, 2), fragmentOf(3, 4), fragmentOf(7, 9))).toEqual([]);
    expect(found(fragmentOf(3, 5), fragmentOf(1, 3))).toEqual([]);
    expect(found(fragmentOf(3, 5), fragmentOf(3, 3))).toEqual([]);
  });

  test('is nothing where an authority begins there whom the other does not continue', () => {
    const begins = { opens: true };
    expect(found(fragmentOf(5, 9), fragmentOf(2, 3, begins))).toEqual([]);
    expect(found(fragmentOf(5, 9), fragmentOf(2, 4, { ...begins, hash: 'other' }))).toEqual([]);
    expect(found(fragmentOf(5, 9), fragmentOf(2, 4, begins))).toEqual([moved(2, 'Records 2 to 4 stand')]);
  });
});
