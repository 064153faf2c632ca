import { misuse } from '../core/misuse.ts';

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
const monthsToAnswer = 1;
const dayMs = 24 * 60 * 60 * 1000;
/** The most days that a request may be given: a year, far more than any law does. */
const mostDays = 366;

/**
 * When a request is due, in milliseconds since 1970: a month from its receipt, or as many days of 24 hours as are given
 * in its place; extended or not.
 */
export const dueAtMs = (receivedAtMs: number, extendedByMonths: 0 | 1 | 2 = 0, daysToAnswer?: number): number =>
  daysToAnswer === undefined
    ? monthsAfter(receivedAtMs, monthsToAnswer + extendedByMonths)
    : monthsAfter(receivedAtMs + daysToAnswer * dayMs, extendedByMonths);

/** @throws TypeError for what is no number of days to answer in. */
export function checkDaysToAnswer(what: string, days: number | undefined): void {
  if (days !== undefined && !(Number.isInteger(days) && days >= 1 && days <= mostDays))
    throw misuse(`${what}: daysToAnswer`, `a whole number of days from 1 to ${mostDays}`, days);
}
