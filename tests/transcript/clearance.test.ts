import { describe, expect, test } from 'vitest';
import { Clearance } from '../../src/transcript/clearance.ts';

/** A transcript that has run from 0 on. */
function running(options?: { horizonMs: number }): Clearance {
  const clearance = new Clearance(options);
  clearance.running(0, true);
  return clearance;
}

describe('who was clear when', () => {
  test('[G5] nobody is, and nothing runs, until it is said', () => {
    const clearance = new Clearance();
    clearance.speaker('bo', 0, true);
    expect([clearance.isRunning(0, 1), clearance.isClear('bo', 0, 1), clearance.isClear('cy', 0, 1)]).toEqual([
      false,
      false,
      false,
    ]);
    expect(clearance.clearSpans('bo', 0, 10)).toEqual([]);
  });

  test('[G5] from the instant it is given until the instant it is withdrawn, to the millisecond', () => {
    const clearance = running();
    clearance.speaker('bo', 100, true);
    clearance.speaker('bo', 200, false);
    const isClear = (from: number, to: number) => clearance.isClear('bo', from, to);
    expect([isClear(100, 200), isClear(99, 200), isClear(100, 201), isClear(150, 150)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    // What has no length is spoken at its instant, at which it is withdrawn already.
    expect([isClear(100, 100), isClear(200, 200), isClear(199, 199)]).toEqual([true, false, true]);
  });

  test('spans are cut to what is asked for, and to when the transcript ran', () => {
    const clearance = new Clearance();
    clearance.running(10, true);
    clearance.speaker('bo', 20, true);
    clearance.running(30, false);
    clearance.running(40, true);
    clearance.speaker('bo', 50, false);
    clearance.speaker('bo', 60, true);
    expect(clearance.clearSpans('bo', 0, 100)).toEqual([
      { startMs: 20, endMs: 30 },
      { startMs: 40, endMs: 50 },
      { startMs: 60, endMs: 100 },
    ]);
    expect(clearance.clearSpans('bo', 25, 45)).toEqual([
      { startMs: 25, endMs: 30 },
      { startMs: 40, endMs: 45 },
    ]);
    expect(clearance.clearSpans('bo', 30, 40)).toEqual([]);
    expect(clearance.clearSpans('bo', 22, 22)).toEqual([{ startMs: 22, endMs: 22 }]);
    expect(clearance.clearSpans('bo', 50, 50)).toEqual([]);
  });

  test('[G5] a withdrawal holds from its own time on, even if it is told late; nothing becomes clear afterwards', () => {
    const clearance = running();
    clearance.speaker('bo', 0, true);
    clearance.speaker('bo', 500, false);
    clearance.speaker('bo', 600, true);
    clearance.speaker('bo', 300, false);
    expect(clearance.clearSpans('bo', 0, 1000)).toEqual([{ startMs: 0, endMs: 300 }]);
    clearance.speaker('bo', 400, true);
    expect(clearance.clearSpans('bo', 0, 1000)).toEqual([
      { startMs: 0, endMs: 300 },
      { startMs: 600, endMs: 1000 },
    ]);
  });

  test('what is said twice counts once', () => {
    const clearance = running();
    for (const at of [100, 150]) clearance.speaker('bo', at, true);
    expect(clearance.clearSpans('bo', 0, 400)).toEqual([{ startMs: 100, endMs: 400 }]);
    clearance.speaker('bo', 200, false);
    expect(clearance.clearSpans('bo', 0, 400)).toEqual([{ startMs: 100, endMs: 200 }]);
  });

  test('[G5] a time that is none makes nobody clear, and withdraws at once', () => {
    const clearance = running();
    clearance.speaker('bo', Number.NaN, true);
    expect([clearance.isClear('bo', 0, 1), clearance.clearSpans('bo', 0, 10)]).toEqual([false, []]);
    clearance.speaker('bo', 5, true);
    clearance.speaker('cy', 7, true);
    clearance.speaker('bo', Number.NaN, false);
    expect(clearance.clearSpans('bo', 0, 10)).toEqual([{ startMs: 5, endMs: 7 }]);
  });
});

describe('everyone', () => {
  test('[G5] is clear only while each who is here is, and somebody is', () => {
    const clearance = running();
    expect(clearance.isEveryoneClear(0, 1)).toBe(false);
    clearance.presence('bo', 10, true);
    clearance.speaker('bo', 20, true);
    clearance.presence('cy', 30, true);
    clearance.speaker('cy', 40, true);
    clearance.speaker('bo', 50, false);
    clearance.presence('bo', 60, false);
    clearance.presence('cy', 70, false);
    const instants = [5, 15, 25, 35, 45, 55, 65, 75];
    expect(instants.map((at) => clearance.isEveryoneClear(at, at + 1))).toEqual([
      false,
      false,
      true,
      false,
      true,
      false,
      true,
      false,
    ]);
    expect(clearance.isEveryoneClear(20, 31)).toBe(false);
  });

  test('[G5] is not, while the transcript does not run', () => {
    const clearance = running();
    clearance.presence('bo', 0, true);
    clearance.speaker('bo', 0, true);
    clearance.running(10, false);
    expect([clearance.isEveryoneClear(0, 10), clearance.isEveryoneClear(0, 11)]).toEqual([true, false]);
  });
});

describe('what is remembered', () => {
  test('[G5] spans are forgotten when they ended long ago, and what is forgotten was not clear', () => {
    const clearance = running({ horizonMs: 1000 });
    clearance.speaker('bo', 0, true);
    clearance.speaker('bo', 100, false);
    clearance.speaker('bo', 200, true);
    clearance.speaker('bo', 1500, false);
    expect(clearance.clearSpans('bo', 0, 2000)).toEqual([{ startMs: 200, endMs: 1500 }]);
    clearance.speaker('bo', 2000, true);
    expect(clearance.isClear('bo', 200, 1500)).toBe(true);
    clearance.running(2600, false);
    clearance.speaker('bo', 2600, false);
    expect(clearance.clearSpans('bo', 0, 3000)).toEqual([{ startMs: 2000, endMs: 2600 }]);
  });

  test('10,000 people who change their mind a hundred times are asked about as fast as one', () => {
    const clearance = running({ horizonMs: Number.POSITIVE_INFINITY });
    for (let turn = 0; turn < 100; turn += 1) {
      for (let person = 0; person < 10_000; person += 1) clearance.speaker(`p${person}`, turn * 10, turn % 2 === 0);
    }
    let clear = 0;
    for (let turn = 0; turn < 100; turn += 1) {
      for (let person = 0; person < 10_000; person += 100) {
        if (clearance.isClear(`p${person}`, turn * 10, turn * 10 + 10)) clear += 1;
      }
    }
    expect(clear).toBe(50 * 100);
  });
});
