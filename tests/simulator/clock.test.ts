import fc from 'fast-check';
import { expect, test } from 'vitest';
import { simulatedClock } from '../../src/simulator/simulated-clock.ts';

test('time stands still until it is told to go on, and never goes back', () => {
  const clock = simulatedClock(100);
  expect(clock.now()).toBe(100);
  clock.advanceTo(50);
  expect(clock.now()).toBe(100);
  clock.runFor(25);
  expect(clock.now()).toBe(125);
});

test('what is due runs when its time has come, in the order it was set, what is cleared does not', () => {
  const clock = simulatedClock();
  const ran: string[] = [];
  clock.setTimeout(() => ran.push('b'), 20);
  clock.setTimeout(() => ran.push('a'), 10);
  const cleared = clock.setTimeout(() => ran.push('never'), 10);
  clock.setTimeout(() => ran.push('a2'), 10);
  clock.clearTimeout(cleared);
  expect([clock.nextAt(), clock.runOne()]).toEqual([10, false]);
  clock.advanceTo(10);
  expect([clock.runOne(), clock.runOne(), clock.runOne(), ran]).toEqual([true, true, false, ['a', 'a2']]);
  clock.runFor(10);
  expect([ran, clock.nextAt()]).toEqual([['a', 'a2', 'b'], undefined]);
});

test('what a timer sets for the same time runs too; one that is set for never does not hold up the rest', () => {
  const clock = simulatedClock();
  const ran: number[] = [];
  clock.setTimeout(() => {
    ran.push(clock.now());
    clock.setTimeout(() => ran.push(clock.now()), 0);
    clock.setTimeout(() => ran.push(clock.now()), -5);
  }, 5);
  clock.setTimeout(() => ran.push(-1), Number.POSITIVE_INFINITY);
  clock.runFor(1_000_000);
  expect([ran, clock.nextAt()]).toEqual([[5, 5, 5], undefined]);
});

test('whatever is set and cleared, timers run once each, by time and then by order', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ in: fc.nat(50), isCleared: fc.boolean() }), { maxLength: 80 }), (timers) => {
      const clock = simulatedClock();
      const ran: number[] = [];
      const handles = timers.map((timer, place) => clock.setTimeout(() => ran.push(place), timer.in));
      for (const [place, { isCleared }] of timers.entries()) if (isCleared) clock.clearTimeout(handles[place]);
      clock.runFor(50);
      const expected = timers
        .map((timer, place) => ({ ...timer, place }))
        .filter(({ isCleared }) => !isCleared)
        .sort((a, b) => a.in - b.in || a.place - b.place)
        .map(({ place }) => place);
      expect(ran).toEqual(expected);
    }),
  );
});
