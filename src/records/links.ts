import type { Findings } from './findings.ts';
import type { Fragment } from './fragments.ts';
import type { HashReader } from './hash-reader.ts';

/** Names what continues another record than the one that is here, and what its writer may not have written. */
export async function sayUnlinked(good: readonly Fragment[], hashes: HashReader, findings: Findings): Promise<void> {
  for (const each of good) {
    if (each.firstKey === undefined) {
      const says = `The signature of record ${each.from} was changed: no key that is named before it has made it.`;
      findings.add('changed', each.from, each, says);
    }
    if (each.from === 0) continue;
    const before = await whatBefore(each, good, hashes);
    if (before === 'other') {
      const n = each.from - 1;
      const says = `Record ${n} is not the one that record ${each.from} continues: it was put in the place of another`;
      findings.add('changed', n, each, `${says}, or there are two branches, which part there or before it.`);
    } else if (before !== undefined && isAnothers(each, before)) {
      const says = `Record ${each.from} is signed by another key than that of the authority that wrote then.`;
      findings.add('wrong-key', each.from, each, says);
    }
  }
}

const isAnothers = ({ firstKey, opens }: Fragment, { key }: Fragment): boolean =>
  firstKey !== undefined && key !== undefined && key !== firstKey && !opens;

/** What it continues; `other` where what stands there is something else. What parts from a longer one is told as a fork. */
async function whatBefore(
  each: Fragment,
  good: readonly Fragment[],
  hashes: HashReader,
): Promise<Fragment | 'other' | undefined> {
  const last = each.from - 1;
  const there = good.filter((other) => other !== each && other.from <= last && last <= other.to);
  for (const other of there)
    if ((await hashes.hashAt(other, last)) === each.prev) return other.to === last ? other : undefined;
  return there.length > 0 && there.every((other) => other.to === last) ? 'other' : undefined;
}
