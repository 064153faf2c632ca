import { describe, expect, test } from 'vitest';
import {
  inattentiveInMs,
  isInattentive,
  leastThresholdMs,
  trackingStatus,
} from '../../src/attention/attention.rules.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';

describe('when a person counts as inattentive', () => {
  test('[G4] after 30,000 ms not yet, after 30,001 ms', () => {
    expect([30_000, 30_001].map((now) => isInattentive(0, now, 30_000))).toEqual([false, true]);
  });

  test('[G4] a policy may ask for longer, and no word of anybody makes it shorter', () => {
    expect(isInattentive(0, 60_000, 60_000)).toBe(false);
    expect(isInattentive(0, 60_001, 60_000)).toBe(true);
    expect([29_999, 30_000, 30_001].map((now) => isInattentive(0, now, 1))).toEqual([false, false, true]);
  });

  test('[G4] a threshold under 30 s is refused, with where it stands', () => {
    expect(() => parsePolicy({ attention: { thresholdMs: leastThresholdMs - 1 } })).toThrow(
      expect.objectContaining({ code: 'policy/invalid', pointer: '/attention/thresholdMs' }),
    );
    expect(parsePolicy({ attention: { thresholdMs: leastThresholdMs } }).attention.thresholdMs).toBe(30_000);
  });

  test('[G4] what is waited for ends at the first instant at which it is so', () => {
    for (const [sinceMs, now, thresholdMs] of [
      [0, 0, 30_000],
      [500, 20_000, 30_000],
      [7, 90_000, 60_000],
      [0, 30_000, 5],
    ] as const) {
      const then = now + inattentiveInMs(sinceMs, now, thresholdMs);
      const isNow = isInattentive(sinceMs, now, thresholdMs);
      expect([
        isInattentive(sinceMs, then, thresholdMs),
        isNow || isInattentive(sinceMs, then - 1, thresholdMs),
      ]).toEqual([true, isNow]);
    }
  });

  test('[G4] a clock that goes back makes nobody inattentive', () => {
    expect(isInattentive(50_000, 10_000, 30_000)).toBe(false);
  });
});

test('[G4] an indicator says that attention is tracked while a share arms it, and else whether one is asked', () => {
  const statuses = (enabled: boolean, active: boolean) =>
    [true, false].map((isAsked) => trackingStatus({ enabled, active }, isAsked));
  expect([statuses(true, true), statuses(true, false), statuses(false, true), statuses(false, false)]).toEqual([
    ['on', 'on'],
    ['asking', 'paused'],
    ['off', 'off'],
    ['off', 'off'],
  ]);
});
