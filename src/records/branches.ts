import { type Findings, RecordsFrom } from './findings.ts';
import type { Fragment } from './fragments.ts';
import type { HashReader } from './hash-reader.ts';
import { overlap } from './trust.rules.ts';

/** So many pairs are looked at. */
const mostPairs = 200;

/**
 * Of fragments that have the same numbers: names what stands twice in one source, and where two branches part.
 * Answers those that remain, each number once in each branch of a source.
 */
export async function branches(
  good: readonly Fragment[],
  hashes: HashReader,
  findings: Findings,
): Promise<readonly Fragment[]> {
  const kept = new Set<Fragment>();
  let pairs = 0;
  for (const later of good) {
    let isKept = true;
    for (const earlier of [...kept].filter((each) => overlap(each, later))) {
      pairs += 1;
      if (pairs > mostPairs) return good;
      if (!(await sameBranch(earlier, later, hashes, findings)) || earlier.source !== later.source) continue;
      if (earlier.from <= later.from && later.to <= earlier.to) {
        sayTwice(later, later, findings);
        isKept = false;
        break;
      }
      kept.delete(earlier);
      if (later.from <= earlier.from) sayTwice(earlier, earlier, findings);
      else kept.add(upTo(earlier, later, findings));
    }
    if (isKept) kept.add(later);
  }
  return [...kept].sort((a, b) => a.source - b.source || a.line - b.line);
}

/** Of two that overlap, the earlier as far as the other does not say the same again. */
function upTo(earlier: Fragment, later: Fragment, findings: Findings): Fragment {
  sayTwice({ from: later.from, to: earlier.to }, later, findings);
  return { ...earlier, to: later.from - 1, hash: later.prev, key: undefined };
}

/** The last that they have in common decides: its hash is over all before it. */
async function sameBranch(a: Fragment, b: Fragment, hashes: HashReader, findings: Findings): Promise<boolean> {
  const from = Math.max(a.from, b.from);
  const to = Math.min(a.to, b.to);
  const last = await hashes.hashAt(a, to);
  if (last !== undefined && last === (await hashes.hashAt(b, to))) return true;
  const apart = await hashes.firstDifference(a, b, from, to);
  const at = { source: b.source, line: b.line + apart - b.from };
  const says = await howTheyPart(a, b, apart, hashes);
  findings.add('forked', Math.max(0, apart - 1), at, says);
  return false;
}

async function howTheyPart(a: Fragment, b: Fragment, apart: number, hashes: HashReader): Promise<string> {
  if (apart === 0) return 'There are two different records 0: these are two ledgers of one meeting.';
  const before = async (of: Fragment) => (of.from === apart ? of.prev : hashes.hashAt(of, apart - 1));
  if ((await before(a)) === (await before(b))) {
    return `Two branches go on after record ${apart - 1}: there are two different records ${apart}.`;
  }
  return `There are two branches, which part at record ${apart - 1} or before it: two records ${apart} continue different ones.`;
}

function sayTwice(
  { from, to }: { readonly from: number; readonly to: number },
  at: Fragment,
  findings: Findings,
): void {
  const says = `${RecordsFrom(from, to)} ${from === to ? 'stands' : 'stand'} here a second time: added.`;
  findings.add('added', from, at, says);
}
