import { describe, expect, test } from 'vitest';
import { Findings } from '../../src/records/findings.ts';
import type { Fragment } from '../../src/records/fragments.ts';
import { leadsTo, overlap, trusted } from '../../src/records/trust.rules.ts';
import { fragmentOf } from './fragment-of.ts';

const unsigned = { key: undefined, firstKey: undefined };
/** Signed by nobody who is named here. */
const doubtful = (from: number, to: number, more: Partial<Fragment> = {}) =>
  fragmentOf(from, to, { ...unsigned, ...more });

function looked(...fragments: readonly Fragment[]) {
  const findings = new Findings();
  return { ...trusted(fragments, findings), found: findings.inOrder() };
}
const finding = (code: string, n: number, says: string, more: object = {}) => ({
  code,
  n,
  source: 0,
  line: n + 1,
  says,
  ...more,
});

test('[G6] one run leads to another that is next and names its hash', () => {
  const first = fragmentOf(0, 4);
  expect([
    leadsTo(first, fragmentOf(5, 9)),
    leadsTo(first, fragmentOf(5, 9, { prev: 'other' })),
    leadsTo(first, fragmentOf(6, 9, { prev: 'h4' })),
    leadsTo(first, fragmentOf(4, 9, { prev: 'h4' })),
  ]).toEqual([true, false, false, false]);
});

test('[G6] two runs overlap that have a number in common', () => {
  const middle = fragmentOf(3, 5);
  const others = [fragmentOf(0, 2), fragmentOf(0, 3), fragmentOf(4, 4), fragmentOf(5, 9), fragmentOf(6, 9)];
  expect(others.map((other) => [overlap(middle, other), overlap(other, middle)])).toEqual([
    [false, false],
    [true, true],
    [true, true],
    [true, true],
    [false, false],
  ]);
});

describe('[G6] what can be relied on', () => {
  test('is nothing of nothing', () => {
    expect(looked()).toEqual({ good: [], doubtful: [], found: [] });
  });

  test('is what is signed by a key that is named, in the order in which it is given', () => {
    const all = [fragmentOf(5, 9), fragmentOf(0, 4)];
    expect(looked(...all)).toEqual({ good: all, doubtful: [], found: [] });
  });

  test('is all that is continued by what is signed, however far back, in whichever order', () => {
    const chain = [doubtful(0, 1), doubtful(2, 3), doubtful(4, 5), fragmentOf(6, 9)] as const;
    for (const order of [chain, [...chain].reverse(), [chain[2], chain[0], chain[3], chain[1]]]) {
      expect(looked(...order)).toEqual({ good: order, doubtful: [], found: [] });
    }
    const cut = doubtful(4, 5, { hash: 'other' });
    expect(looked(chain[0], chain[1], cut, chain[3])).toMatchObject({
      good: [chain[3]],
      doubtful: [chain[0], chain[1], cut],
    });
  });

  test('is of the meeting of the first; what is of another was added', () => {
    const other = fragmentOf(5, 9, { meetingId: 'monthly', source: 2, line: 1 });
    const one = fragmentOf(6, 6, { meetingId: 'monthly', line: 8 });
    const own = fragmentOf(0, 4);
    expect(looked(own, other, one)).toEqual({
      good: [own],
      doubtful: [],
      found: [
        finding('added', 5, 'Records 5 to 9 of meeting "monthly" were added to "weekly".', { source: 2, line: 1 }),
        finding('added', 6, 'Record 6 of meeting "monthly" was added to "weekly".', { line: 8 }),
      ],
    });
  });
});

describe('[G6] what nobody vouches for', () => {
  const says = (...fragments: readonly Fragment[]) => looked(...fragments).found;
  const by = 'no key of this ledger has signed it.';

  test('was added where it has a number that is there', () => {
    expect(says(fragmentOf(0, 9), doubtful(4, 6))).toEqual([finding('added', 4, `Records 4 to 6 were added: ${by}`)]);
    expect(says(fragmentOf(0, 9), doubtful(9, 9))).toEqual([finding('added', 9, `Record 9 was added: ${by}`)]);
  });

  test('was added after the end where it goes on from what is closed', () => {
    const closed = fragmentOf(0, 4, { lastFact: 'closed' });
    expect(says(closed, doubtful(5, 5))).toEqual([finding('added', 5, `Record 5 was added after the end: ${by}`)]);
    expect(says(closed, doubtful(5, 6))).toEqual([
      finding('added', 5, `Records 5 to 6 were added after the end: ${by}`),
    ]);
  });

  test('was changed or added where it begins, goes on, or stands before what is there', () => {
    const anew = 'not signed by a key of this ledger: changed, with hashes worked out anew, or added.';
    expect(says(doubtful(0, 2))).toEqual([finding('changed', 0, `Records 0 to 2 were ${anew}`)]);
    expect(says(fragmentOf(0, 4), doubtful(5, 5))).toEqual([finding('changed', 5, `Record 5 was ${anew}`)]);
    expect(says(fragmentOf(0, 4), fragmentOf(9, 9, { prev: 'x' }), doubtful(6, 8))).toEqual([
      finding('changed', 6, `Records 6 to 8 were ${anew}`),
    ]);
    expect(says(fragmentOf(0, 4, { lastFact: 'closed' }), fragmentOf(7, 9), doubtful(6, 6))).toEqual([]);
    expect(says(fragmentOf(0, 4, { lastFact: 'closed' }), fragmentOf(7, 9, { prev: 'x' }), doubtful(6, 6))).toEqual([
      finding('changed', 6, `Record 6 was ${anew}`),
    ]);
  });

  test('shows that the one before it was changed, where it continues another', () => {
    const before = fragmentOf(2, 4, { source: 1, line: 10 });
    expect(says(before, doubtful(5, 6, { prev: 'other' }))).toEqual([
      finding('changed', 4, 'Record 4 is not the one that record 5 continues.', { source: 1, line: 12 }),
    ]);
    expect(says({ ...before, lastFact: 'closed' }, doubtful(5, 6, { prev: 'other' }))).toMatchObject([{ n: 4 }]);
  });

  test('has a key that no record names, where it stands by itself', () => {
    expect(says(fragmentOf(0, 4), doubtful(7, 8))).toEqual([
      finding('wrong-key', 7, 'Records 7 to 8: no record here names the key that has signed it.'),
    ]);
    expect(says(doubtful(7, 7))).toEqual([
      finding('wrong-key', 7, 'Record 7: no record here names the key that has signed it.'),
    ]);
  });
});
