import { expect, test } from 'vitest';
import { type NoticeIdentity, noticeIdOf } from '../../src/notice/notice-id.rules.ts';

const one: NoticeIdentity = {
  recordingId: 'r1',
  purposes: ['recording'],
  consent: 'explicit',
  kind: 'prompt',
  version: '1',
};

test('[G8] a notice that is sent again has the same id, in whatever order its purposes stand', () => {
  const both = { ...one, purposes: ['recording', 'transcription'] };
  expect(noticeIdOf({ ...one })).toBe(noticeIdOf(one));
  expect(noticeIdOf({ ...both, purposes: ['transcription', 'recording', 'recording'] })).toBe(noticeIdOf(both));
});

test('[G11] a notice that asks for something else has another id', () => {
  const others: readonly NoticeIdentity[] = [
    one,
    { ...one, recordingId: 'r2' },
    { ...one, purposes: ['recording', 'transcription'] },
    { ...one, consent: 'acknowledge' },
    { ...one, kind: 'banner' },
    { ...one, version: '2' },
    { ...one, purposes: [] },
  ];
  expect(new Set(others.map(noticeIdOf)).size).toBe(others.length);
});
