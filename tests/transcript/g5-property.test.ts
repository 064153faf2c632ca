import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Clearance } from '../../src/transcript/clearance.ts';
import { anySchedule, faultsOf } from './spoken.ts';

const runs = { numRuns: 1500 };

test('[G5] no word is kept that was spoken while its speaker was not clear, and none is lost that was', () => {
  fc.assert(
    fc.property(anySchedule, (schedule) => {
      expect(faultsOf(schedule, new Clearance())).toEqual([]);
    }),
    runs,
  );
});

test('[G5] the same where little is remembered: what cannot be known any more is not kept', () => {
  fc.assert(
    fc.property(anySchedule, fc.integer({ min: 0, max: 80 }), (schedule, horizonMs) => {
      const leaks = faultsOf(schedule, new Clearance({ horizonMs })).filter((fault) => !fault.startsWith('of '));
      expect(leaks).toEqual([]);
    }),
    runs,
  );
});

class TakesItsTime extends Clearance {
  override speaker(id: string, atMs: number, isClear: boolean): void {
    super.speaker(id, isClear ? atMs : atMs + 1, isClear);
  }
}
class LooksOnlyAtTheBeginning extends Clearance {
  override isClear(id: string, startMs: number): boolean {
    return super.isClear(id, startMs, startMs);
  }
}
class LooksOnlyAtTheEnds extends Clearance {
  override isClear(id: string, startMs: number, endMs: number): boolean {
    return super.isClear(id, startMs, startMs) && super.isClear(id, endMs - 1, endMs - 1);
  }
}
class KnowsNoPause extends Clearance {
  override running(atMs: number): void {
    super.running(atMs, true);
  }
}
class TakesWhoSpeaksForEveryone extends Clearance {
  override isEveryoneClear(startMs: number, endMs: number): boolean {
    return this.isClear('bo', startMs, endMs);
  }
}
class ForgetsWhoWasClear extends Clearance {
  override speaker(id: string, atMs: number): void {
    super.speaker(id, atMs, true);
  }
}

test.each([
  TakesItsTime,
  LooksOnlyAtTheBeginning,
  LooksOnlyAtTheEnds,
  KnowsNoPause,
  TakesWhoSpeaksForEveryone,
  ForgetsWhoWasClear,
])('[G5] a clearance that is wrong is found out: %o', (Broken) => {
  const found = fc.check(
    fc.property(anySchedule, (schedule) => faultsOf(schedule, new Broken()).length === 0),
    runs,
  );
  expect(found.failed).toBe(true);
});
