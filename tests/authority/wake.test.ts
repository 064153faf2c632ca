import { expect, test } from 'vitest';
import { Wake } from '../../src/authority/wake.ts';
import { authorityContext } from './authority-context.ts';

function awake() {
  const { context, clock, told } = authorityContext();
  const wake = new Wake(context, () => void told.push('asked'));
  /** Its timer ran when it was due, each second. */
  const ticks = (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      clock.runFor(1000);
      wake.ticked(clock.now());
    }
  };
  return { wake, clock, told, ticks };
}

test('[G8] an authority whose timer runs, or is six seconds late at most, may speak', () => {
  const { wake, clock, told, ticks } = awake();
  expect(wake.isAsking()).toBe(false);
  clock.advanceTo(7000);
  expect(wake.isAsking()).toBe(false);
  wake.ticked(clock.now());
  ticks(60);
  clock.advanceTo(clock.now() + 7000);
  expect([wake.isAsking(), told]).toEqual([false, []]);
});

test('[G8] one whose timer is later than that asks once, and may speak again two seconds after', () => {
  const { wake, clock, told, ticks } = awake();
  ticks(3);
  clock.advanceTo(clock.now() + 7001);
  expect([wake.isAsking(), wake.isAsking(), told]).toEqual([true, true, ['ask']]);
  wake.ticked(clock.now());
  clock.runFor(1999);
  expect([wake.isAsking(), told]).toEqual([true, ['ask']]);
  clock.runFor(1);
  expect([wake.isAsking(), told]).toEqual([false, ['ask', 'asked']]);
});

test('[G8] it asks after each sleep', () => {
  const { wake, clock, told } = awake();
  for (let sleep = 0; sleep < 2; sleep += 1) {
    clock.advanceTo(clock.now() + 60_000);
    expect(wake.isAsking()).toBe(true);
    wake.ticked(clock.now());
    clock.runFor(2000);
    wake.ticked(clock.now());
  }
  expect(told).toEqual(['ask', 'asked', 'ask', 'asked']);
});
