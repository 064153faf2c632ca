import { type Findings, RecordsFrom } from './findings.ts';
import type { BrokenLine, Fragment, Piece } from './fragments.ts';
import { leadsTo } from './trust.rules.ts';

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The numbers up to the last that none of them has. */
export function holesIn(fragments: readonly Range[]): Range[] {
  const holes: Range[] = [];
  let next = 0;
  for (const { from, to } of [...fragments].sort((a, b) => a.from - b.from)) {
    if (from > next) holes.push({ from: next, to: from - 1 });
    next = Math.max(next, to + 1);
  }
  return holes;
}

/** Gives each broken line the number of the missing record that it was, and names the others as added. */
export function sayBroken(pieces: readonly Piece[], missing: readonly Range[], findings: Findings): Range[] {
  const isMissing = (n: number | undefined): n is number =>
    missing.some(({ from, to }) => n !== undefined && from <= n && n <= to);
  const found = new Set<number>();
  let next = 0;
  let isClosed = false;
  const lastGood = pieces.findLastIndex((piece) => 'fragment' in piece);
  for (const [place, piece] of pieces.entries()) {
    if ('fragment' in piece) {
      next = piece.fragment.to + 1;
      isClosed = piece.fragment.lastFact === 'closed';
      continue;
    }
    const { broken } = piece;
    const n = [next, broken.claims].find((each) => isMissing(each) && !found.has(each));
    if (n !== undefined || (place > lastGood && !isClosed)) {
      sayChanged(broken, n ?? next, findings);
      found.add(n ?? next);
      next = (n ?? next) + 1;
    } else {
      findings.add('added', broken.claims ?? next, broken, 'A line was added that no key of this ledger has signed.');
    }
  }
  return [...found].map((n) => ({ from: n, to: n }));
}

function sayChanged(broken: BrokenLine, n: number, findings: Findings): void {
  const what = broken.claims === undefined ? 'the line is no record' : 'its hash is not that of what it says';
  findings.add('changed', n, broken, `Record ${n} was changed: ${what}.`);
}

/** Names what is missing between the first record and the last. */
export function sayMissing(missing: readonly Range[], fragments: readonly Fragment[], findings: Findings): void {
  for (const { from, to } of missing) {
    const next = fragments.find((each) => each.from === to + 1);
    const are = from === to ? 'is' : 'are';
    const elsewhere = next?.opens ? ', or another machine has kept that part: give its ledger too' : '';
    const says = `${RecordsFrom(from, to)} ${are} missing: removed${elsewhere}.`;
    findings.add('removed', from, { source: next?.source ?? 0, ...(next && { line: next.line }) }, says);
  }
}

/** Names the first record of a source that stands after one that was written later. */
export function sayMoved(fragments: readonly Fragment[], findings: Findings): void {
  const moved = fragments.filter((each, place) =>
    fragments.slice(0, place).some((earlier) => earlier.from > each.to && (leadsTo(each, earlier) || !each.opens)),
  );
  const first = moved.reduce<Fragment | undefined>((a, b) => (a === undefined || b.from < a.from ? b : a), undefined);
  if (first === undefined) return;
  const says = `${RecordsFrom(first.from, first.to)} ${first.from === first.to ? 'stands' : 'stand'} after what was written later: the order was changed.`;
  findings.add('reordered', first.from, first, says);
}
