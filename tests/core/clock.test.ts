import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';

describe('the clock of this machine', () => {
  it('tells the time in milliseconds since 1970, as Date does', () => {
    const before = Date.now();
    const now = systemClock.now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
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
