import type { Epoch } from './participants.types.ts';

/** A jump of more than this over the highest number heard from hosts is a lie or a fault. */
const greatestJump = 1000;
const numbersEnd = 2 ** 32;
/** Who has heard of none believes any below this, which leaves room for all that follow. */
const firstBelow = 2 ** 31;

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Negative if `a` is lower than `b`, 0 if they are the same epoch, positive if higher. */
export function compareEpochs(a: Epoch | undefined, b: Epoch | undefined): number {
  if (!a || !b) return a ? 1 : b ? -1 : 0;
  return a.number - b.number || order(a.id, b.id) || order(a.incarnation, b.incarnation);
}

export const sameEpoch = (a: Epoch | undefined, b: Epoch | undefined): boolean => compareEpochs(a, b) === 0;

export function highestEpoch(a: Epoch | undefined, b: Epoch | undefined): Epoch | undefined {
  return compareEpochs(a, b) >= 0 ? a : b;
}

/** Whether an epoch may be believed, given the highest heard from a host or co-host so far. */
export function isPlausibleEpoch(epoch: Epoch, highest: Epoch | undefined): boolean {
  const end = highest ? Math.min(highest.number + greatestJump + 1, numbersEnd) : firstBelow;
  return epoch.number > 0 && epoch.number < end;
}

/** The epoch that a new authority takes, over all it has heard of. */
export function nextEpoch(highest: Epoch | undefined, id: string, incarnation: string): Epoch {
  return { number: (highest?.number ?? 0) + 1, id, incarnation };
}
