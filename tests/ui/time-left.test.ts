import { expect, test } from 'vitest';
import { timeLeft } from '../../src/ui/time-left.rules.ts';

test.each([
  [-1, { key: 'ui.time.over', minutes: 0, changesInMs: undefined }],
  [0, { key: 'ui.time.over', minutes: 0, changesInMs: undefined }],
  [1, { key: 'ui.time.last', minutes: 0, changesInMs: 1 }],
  [10_000, { key: 'ui.time.last', minutes: 0, changesInMs: 10_000 }],
  [10_001, { key: 'ui.time.soon', minutes: 1, changesInMs: 1 }],
  [45_000, { key: 'ui.time.soon', minutes: 1, changesInMs: 35_000 }],
  [45_001, { key: 'ui.time.minute', minutes: 1, changesInMs: 1 }],
  [90_000, { key: 'ui.time.minute', minutes: 1, changesInMs: 45_000 }],
  [90_001, { key: 'ui.time.minutes', minutes: 2, changesInMs: 1 }],
  [120_000, { key: 'ui.time.minutes', minutes: 2, changesInMs: 30_000 }],
  [180_000, { key: 'ui.time.minutes', minutes: 3, changesInMs: 30_001 }],
  [600_000, { key: 'ui.time.minutes', minutes: 10, changesInMs: 30_001 }],
])('[G9] of %i ms left to answer it says how long, and when that changes', (leftMs, said) => {
  expect(timeLeft(leftMs)).toEqual(said);
});

test('[G9] whatever time is left, the words change a few times and end with "over"', () => {
  for (const startMs of [5000, 44_999, 91_000, 149_999, 150_000, 3_600_000]) {
    const keys: string[] = [];
    let leftMs = startMs;
    for (let said = timeLeft(leftMs); keys.length < 200; said = timeLeft(leftMs)) {
      const last = keys.at(-1);
      const words = `${said.key} ${said.minutes}`;
      expect(words).not.toBe(last);
      keys.push(words);
      if (said.changesInMs === undefined) break;
      expect(timeLeft(leftMs - said.changesInMs + 1).key).toBe(said.key);
      leftMs -= said.changesInMs;
    }
    expect(keys.at(-1)).toBe('ui.time.over 0');
  }
});
