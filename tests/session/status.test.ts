import { expect, test } from 'vitest';
import type { Purpose, Status } from '../../src/participants/participants.types.ts';
import { mergedStatus } from '../../src/session/status.rules.ts';
import type { RecordingState } from '../../src/transport/messages.types.ts';

/** A recording in this state, for these purposes, with a status of its own for some of them. */
const recording = (
  status: Status,
  purposes: readonly Purpose[] = ['recording'],
  statuses?: Readonly<Partial<Record<Purpose, Status>>>,
) => ({ recordingId: status, status, purposes, ...(statuses && { statuses }) }) as RecordingState;

test('[G2] of several recordings an indicator shows what matters most, in whatever order they stand', () => {
  const order: readonly Status[] = ['on', 'unknown', 'paused', 'asking', 'off'];
  for (const [a, one] of order.entries()) {
    for (const [b, other] of order.entries()) {
      expect([one, other, mergedStatus([recording(one), recording(other)], 'recording')]).toEqual([
        one,
        other,
        order[Math.min(a, b)],
      ]);
    }
  }
  expect(mergedStatus([], 'recording')).toBe('off');
});

test('[G2] an indicator is of the recordings that have its purpose, by what they say of it', () => {
  const both = ['recording', 'transcription'];
  expect(mergedStatus([recording('on'), recording('asking', both)], 'transcription')).toBe('asking');
  expect(mergedStatus([recording('on')], 'transcription')).toBe('off');
  const said = recording('on', both, { transcription: 'paused' });
  expect([mergedStatus([said], 'recording'), mergedStatus([said], 'transcription')]).toEqual(['on', 'paused']);
  expect(mergedStatus([recording('off', both, { transcription: 'on' })], 'transcription')).toBe('off');
});
