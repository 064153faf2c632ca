import { expect, test } from 'vitest';
import { seenRecordingId } from '../../src/recording/seen.rules.ts';

test('[G10] a capture of the platform has one id in one meeting, whoever sees it, and another in another', () => {
  expect(seenRecordingId('weekly', 'p-1')).toBe(seenRecordingId('weekly', 'p-1'));
  expect(seenRecordingId('weekly', 'p-1')).toMatch(/^seen-[\w-]{8,}$/);
  const others = [
    ['weekly', 'p-1'],
    ['weekly', 'p-2'],
    ['daily', 'p-1'],
    ['p-1', 'weekly'],
  ] as const;
  expect(new Set(others.map(([meeting, platform]) => seenRecordingId(meeting, platform))).size).toBe(others.length);
});
