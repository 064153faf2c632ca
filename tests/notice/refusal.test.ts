import { expect, test } from 'vitest';
import { refusalEffect } from '../../src/notice/refusal.rules.ts';
import { seenRecordingId } from '../../src/recording/seen.rules.ts';

test('a refusal does what the policy says; of a capture that nobody here controls, only a hold is left', () => {
  const rules = ['exclude', 'hold', 'leave', 'veto'] as const;
  expect(rules.map((rule) => refusalEffect(rule, false))).toEqual(['excluded', 'held', 'leaves', 'vetoes']);
  expect(rules.map((rule) => refusalEffect(rule, true))).toEqual(['none', 'held', 'none', 'none']);
});

test('[G10] a capture of the platform’s own has one id, wherever it is worked out, and another in another meeting', () => {
  expect(seenRecordingId('weekly', 'p')).toBe(seenRecordingId('weekly', 'p'));
  expect(seenRecordingId('weekly', 'p')).not.toBe(seenRecordingId('daily', 'p'));
  expect(seenRecordingId('weekly', 'p')).not.toBe(seenRecordingId('weekly', 'q'));
  expect(seenRecordingId('weekly', 'p')).toMatch(/^seen-[0-9a-f]{16}$/);
});
