import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkDaysToAnswer, dueAtMs, monthsAfter } from '../../src/records/due-date.rules.ts';

const due = (receivedAt: string, extendedBy: 0 | 1 | 2 = 0): string =>
  new Date(dueAtMs(Date.parse(receivedAt), extendedBy)).toISOString();

test.each([
  ['2026-01-15T12:30:00.000Z', '2026-02-15T12:30:00.000Z', '2026-04-15T12:30:00.000Z'],
  ['2026-01-31T23:59:59.999Z', '2026-02-28T23:59:59.999Z', '2026-04-30T23:59:59.999Z'],
  ['2024-01-31T00:00:00.000Z', '2024-02-29T00:00:00.000Z', '2024-04-30T00:00:00.000Z'],
  ['2024-01-30T00:00:00.000Z', '2024-02-29T00:00:00.000Z', '2024-04-30T00:00:00.000Z'],
  ['2024-01-29T00:00:00.000Z', '2024-02-29T00:00:00.000Z', '2024-04-29T00:00:00.000Z'],
  ['2023-11-30T08:00:00.000Z', '2023-12-30T08:00:00.000Z', '2024-02-29T08:00:00.000Z'],
  ['2100-01-31T08:00:00.000Z', '2100-02-28T08:00:00.000Z', '2100-04-30T08:00:00.000Z'],
  ['2026-12-31T08:00:00.000Z', '2027-01-31T08:00:00.000Z', '2027-03-31T08:00:00.000Z'],
  ['2024-02-29T08:00:00.000Z', '2024-03-29T08:00:00.000Z', '2024-05-29T08:00:00.000Z'],
  ['2026-08-31T08:00:00.000Z', '2026-09-30T08:00:00.000Z', '2026-11-30T08:00:00.000Z'],
])('what was received at %s is due at %s, and extended by two months at %s', (receivedAt, dueAt, extendedAt) => {
  expect([due(receivedAt), due(receivedAt, 2)]).toEqual([dueAt, extendedAt]);
});

test('by one month it is two months', () => {
  expect(due('2026-01-31T09:00:00.000Z', 1)).toBe('2026-03-31T09:00:00.000Z');
});

test.each([
  [45, 0, '2026-03-17T09:00:00.000Z'],
  [45, 2, '2026-05-17T09:00:00.000Z'],
  [15, 1, '2026-03-15T09:00:00.000Z'],
] as const)(
  'in %i days, extended by %i months, it is due that many days after it was received, and then months',
  (days, months, due) => {
    expect(new Date(dueAtMs(Date.parse('2026-01-31T09:00:00.000Z'), months, days)).toISOString()).toBe(due);
  },
);

test('a month is never shorter than 28 days nor longer than 31, ends at the same time of day, and later is never due earlier', () => {
  const dayMs = 24 * 60 * 60 * 1000;
  const instant = fc.integer({ min: Date.UTC(1996, 0, 1), max: Date.UTC(2110, 0, 1) });
  fc.assert(
    fc.property(instant, fc.integer({ min: 0, max: 40 * dayMs }), (at, more) => {
      const days = (monthsAfter(at, 1) - at) / dayMs;
      expect(Number.isInteger(days) && days >= 28 && days <= 31).toBe(true);
      // A day later in a longer month may be due on the same last day, at an earlier time of it.
      expect(Math.floor(monthsAfter(at + more, 1) / dayMs)).toBeGreaterThanOrEqual(
        Math.floor(monthsAfter(at, 1) / dayMs),
      );
    }),
  );
});

test('days to answer in are whole ones, from one to a year, or none are said', () => {
  for (const days of [undefined, 1, 45, 366]) expect(() => checkDaysToAnswer('createRights', days)).not.toThrow();
  for (const days of [0, -1, 1.5, 367, Number.NaN, '30' as never]) {
    expect(() => checkDaysToAnswer('createRights', days)).toThrow(
      /^createRights: daysToAnswer.*a whole number of days from 1 to 366/,
    );
    expect(() => checkDaysToAnswer('createRights', days)).toThrow(TypeError);
  }
});
