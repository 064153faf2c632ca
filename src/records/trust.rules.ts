import type { Findings } from './findings.ts';
import { RecordsFrom } from './findings.ts';
import type { Fragment } from './fragments.ts';

/** The fragments of this meeting, by whether somebody vouches for them. */
export interface Trusted {
  /** Signed, or continued by what is signed: a hash vouches for all before it. */
  readonly good: readonly Fragment[];
  /** Signed by nobody who is named here, and continued by nothing that is signed. */
  readonly doubtful: readonly Fragment[];
}

/** Whether `b` goes on where `a` ends. */
export const leadsTo = (a: Fragment, b: Fragment): boolean => b.from === a.to + 1 && b.prev === a.hash;

/** Whether they have a number in common. */
export const overlap = (a: Fragment, b: Fragment): boolean => a.from <= b.to && b.from <= a.to;

/** Tells the fragments that can be relied on from those that cannot, and says what the latter are. */
export function trusted(fragments: readonly Fragment[], findings: Findings): Trusted {
  const meetingId = fragments[0]?.meetingId;
  const own = fragments.filter((each) => each.meetingId === meetingId);
  for (const each of fragments) if (each.meetingId !== meetingId) foreign(each, meetingId ?? '', findings);
  const good = new Set(own.filter(({ key }) => key !== undefined));
  const backwards = own.filter((each) => !good.has(each)).sort((a, b) => b.to - a.to);
  for (const each of backwards) if ([...good].some((next) => leadsTo(each, next))) good.add(each);
  const doubtful = own.filter((each) => !good.has(each));
  for (const each of doubtful) sayWhatItIs(each, [...good], findings);
  return { good: own.filter((each) => good.has(each)), doubtful };
}

const wasOrWere = ({ from, to }: Fragment): string => (from === to ? 'was' : 'were');

function foreign(each: Fragment, meetingId: string, findings: Findings): void {
  const [theirs, ours] = [JSON.stringify(each.meetingId), JSON.stringify(meetingId)];
  findings.add(
    'added',
    each.from,
    each,
    `${RecordsFrom(each.from, each.to)} of meeting ${theirs} ${wasOrWere(each)} added to ${ours}.`,
  );
}

function sayWhatItIs(each: Fragment, good: readonly Fragment[], findings: Findings): void {
  const { from, to } = each;
  const records = RecordsFrom(from, to);
  const was = wasOrWere(each);
  const before = good.find((other) => other.to === from - 1);
  const isNext = from === 0 || (before !== undefined && leadsTo(before, each));
  if (good.some((other) => overlap(each, other))) {
    findings.add('added', from, each, `${records} ${was} added: no key of this ledger has signed it.`);
  } else if (isNext && before?.lastFact === 'closed') {
    findings.add('added', from, each, `${records} ${was} added after the end: no key of this ledger has signed it.`);
  } else if (isNext || good.some((other) => other.from === to + 1)) {
    const says = `${records} ${was} not signed by a key of this ledger: changed, with hashes worked out anew, or added.`;
    findings.add('changed', from, each, says);
  } else if (before !== undefined) {
    const at = { source: before.source, line: before.line + before.to - before.from };
    findings.add('changed', before.to, at, `Record ${before.to} is not the one that record ${from} continues.`);
  } else {
    findings.add('wrong-key', from, each, `${records}: no record here names the key that has signed it.`);
  }
}
