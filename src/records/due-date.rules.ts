/** A month from an instant in UTC: the same day and time, or the last day of a month that has no such day. */
export function monthsAfter(atMs: number, months: number): number {
  const from = new Date(atMs);
  const day = from.getUTCDate();
  const then = new Date(atMs);
  then.setUTCDate(1);
  then.setUTCMonth(from.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate();
  then.setUTCDate(Math.min(day, lastDay));
  return then.getTime();
}

/** Months to answer in, and by how many that may be extended (GDPR Art. 12(3)). */
export const monthsToAnswer = 1;

/** When a request is due, in milliseconds since 1970: counted from its receipt, extended or not. */
export const dueAtMs = (receivedAtMs: number, extendedByMonths: 0 | 1 | 2 = 0): number =>
  monthsAfter(receivedAtMs, monthsToAnswer + extendedByMonths);
