import { expect, test } from 'vitest';
import { PauseWatch } from '../../src/authority/pause-watch.ts';
import { authorityContext } from './authority-context.ts';

/** A recorder's pauses, watched; how often everyone was to be told anew. */
function watched() {
  const { context, clock, told } = authorityContext();
  return { watch: new PauseWatch(context), clock, toldAll: () => told.filter((what) => what === 'everyone').length };
}

test('[G1] a pause that is not confirmed within a second is late, and everyone is looked at again then', () => {
  const { watch, clock, toldAll } = watched();
  clock.runFor(5000);
  watch.moved('pausing');
  expect([watch.isLate, toldAll()]).toEqual([false, 0]);
  clock.runFor(999);
  expect([watch.isLate, toldAll()]).toEqual([false, 0]);
  clock.runFor(1);
  expect([watch.isLate, toldAll()]).toEqual([true, 1]);
  watch.moved('paused');
  expect(watch.isLate).toBe(false);
});

test('[G1] each pause has a second of its own', () => {
  const { watch, clock } = watched();
  watch.moved('pausing');
  clock.runFor(800);
  watch.moved('paused');
  watch.moved('resuming');
  watch.moved('on');
  watch.moved('pausing');
  clock.runFor(900);
  expect(watch.isLate).toBe(false);
  clock.runFor(100);
  expect(watch.isLate).toBe(true);
});

test('[G1] a recorder that is starting, stopping or cannot be stopped counts as one that cannot pause', () => {
  const { watch, clock, toldAll } = watched();
  const states = ['off', 'asking', 'holding', 'starting', 'on', 'resuming', 'paused', 'stopping', 'unstopped'];
  const late = states.filter((state) => {
    watch.moved(state);
    clock.runFor(10_000);
    return watch.isLate;
  });
  expect(late).toEqual(['starting', 'stopping', 'unstopped']);
  expect(toldAll()).toBe(0);
});

test('[G9] a recorder that is paused again while it should resume has failed to resume; any other pause is none', () => {
  const { watch } = watched();
  const failed = ['on', 'pausing', 'paused', 'resuming', 'pausing', 'paused', 'resuming', 'on', 'pausing', 'on'].map(
    (state) => watch.moved(state),
  );
  expect(failed).toEqual([false, false, false, false, true, false, false, false, false, false]);
});
