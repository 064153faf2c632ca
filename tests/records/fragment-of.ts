import type { Fragment } from '../../src/records/fragments.ts';

/** Records `from` to `to` in one run, signed by a key that is known unless it is said that they are not; each hash is by number. */
export function fragmentOf(from: number, to: number, more: Partial<Fragment> = {}): Fragment {
  return {
    source: 0,
    meetingId: 'weekly',
    line: from + 1,
    from,
    to,
    prev: from === 0 ? '' : `h${from - 1}`,
    firstHash: `h${from}`,
    hash: `h${to}`,
    opens: from === 0,
    firstKey: 'key',
    key: 'key',
    lastFact: 'captured',
    ...more,
  };
}
