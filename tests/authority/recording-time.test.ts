import { expect, test } from 'vitest';
import { RecordingTime } from '../../src/authority/recording-time.ts';

const seen = ({ ageMs, nowMs, givingMs, toleranceMs, lagMs }: RecordingTime) => [
  ageMs,
  nowMs,
  givingMs,
  toleranceMs,
  lagMs,
];

test('[G5] a recording’s time runs from its first start, and an engine’s clock may run half a second ahead', () => {
  let now = 1000;
  const time = new RecordingTime('r', () => now);
  expect(seen(time)).toEqual([undefined, 0, 0, 500, 0]);
  time.begins();
  now = 4000;
  time.begins();
  expect(seen(time)).toEqual([3000, 3000, 3000, 500, 0]);
});

test('[G5] taken over, it goes on from where it was, and allows for as long as each hand-over may have taken', () => {
  let now = 10_000;
  const time = new RecordingTime('r', () => now, { ageMs: 7000, lagMs: 100 });
  time.begins();
  now = 11_000;
  expect(seen(time)).toEqual([8000, 8000, 14_100, 6600, 6100]);
  expect(seen(new RecordingTime('r', () => now, { lagMs: 0 }))).toEqual([undefined, 0, 6000, 6500, 6000]);
});

test('[G8] whoever takes it over begins with its age, where it has begun, and with how far that may be off', () => {
  let now = 1000;
  const time = new RecordingTime('r', () => now);
  expect(time.handedOver).toEqual({ ageMs: undefined, lagMs: 0 });
  time.begins();
  now = 4000;
  expect(time.handedOver).toEqual({ ageMs: 3000, lagMs: 0 });
  expect(new RecordingTime('r', () => now, time.handedOver).handedOver).toEqual({ ageMs: 3000, lagMs: 6000 });
});
