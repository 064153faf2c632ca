import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { steadyNow, systemClock } from '../../src/core/clock.ts';

describe('the clock of this machine', () => {
  it('tells the time in whole milliseconds since 1970, as Date does', () => {
    const now = systemClock.now();
    expect(Number.isInteger(now)).toBe(true);
    expect(Math.abs(now - Date.now())).toBeLessThan(1000);
  });

  it('runs what is set, unless it is cleared first', async () => {
    const ran: string[] = [];
    const cleared = systemClock.setTimeout(() => ran.push('cleared'), 0);
    const last = new Promise<void>((resolve) => {
      systemClock.setTimeout(() => ran.push('first'), 0);
      systemClock.setTimeout(resolve, 0);
    });
    systemClock.clearTimeout(cleared);
    expect(ran).toEqual([]);
    await last;
    expect(ran).toEqual(['first']);
  });

  it('takes no offence at a timer that there is not', () => {
    expect(() => systemClock.clearTimeout(undefined)).not.toThrow();
  });
});

describe('a steady time', () => {
  /** What is told at each reading: how long the machine has run, and what its wall clock says then. */
  function told(readings: readonly (readonly [runningMs: number, wallMs: number])[]): number[] {
    let [at = [0, 0]] = readings;
    const now = steadyNow(
      () => at[0],
      () => at[1],
    );
    return readings.map((reading) => {
      at = reading;
      return now();
    });
  }

  it('[G8] begins where the wall clock is, and counts what the machine runs', () => {
    expect(
      told([
        [500, 10_000],
        [1500, 11_000],
        [1500.7, 11_000],
        [1501.2, 11_001],
      ]),
    ).toEqual([10_000, 11_000, 11_000, 11_001]);
  });

  it('[G8] does not go by a wall clock that is set back, and goes on from there', () => {
    expect(
      told([
        [0, 10_000_000],
        [1000, 6_401_000],
        [2000, 6_402_000],
      ]),
    ).toEqual([10_000_000, 10_001_000, 10_002_000]);
  });

  it('[G8] counts the time for which the machine slept, once', () => {
    expect(
      told([
        [0, 10_000],
        [1000, 11_000],
        [1100, 671_100],
        [2100, 672_100],
      ]),
    ).toEqual([10_000, 11_000, 671_100, 672_100]);
  });

  it('[G8] counts sleep once where the running clock goes on through it', () => {
    expect(
      told([
        [0, 10_000],
        [600_000, 610_000],
        [601_000, 611_000],
      ]),
    ).toEqual([10_000, 610_000, 611_000]);
  });

  it('[G8] takes a wall clock that is put right by a second or less for what it is', () => {
    expect(
      told([
        [0, 10_000],
        [1000, 12_000],
        [2000, 13_999],
      ]),
    ).toEqual([10_000, 11_000, 12_000]);
  });

  it('[G8] never goes back, whatever its two sources do', () => {
    const reading = fc.tuple(fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: -5000, max: 5000 }));
    fc.assert(
      fc.property(fc.array(reading, { minLength: 2 }), (readings) => {
        const times = told(readings);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
    );
  });
});
