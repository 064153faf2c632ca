import { expect, test } from 'vitest';
import { codeOf, succeeded } from '../../src/authority/capture-answer.ts';
import { policyInvalid } from '../../src/core/errors.ts';

test('[G9] a call to the recorder that succeeded says of which it was, and one that failed with what code', () => {
  const told = (['pause', 'resume', 'stop', 'fence'] as const).map((call) => succeeded(call));
  expect(told).toEqual([
    { type: 'capture.paused' },
    { type: 'capture.resumed' },
    { type: 'capture.stopped' },
    { type: 'capture.stopped' },
  ]);
  // Until the authority has said who may be captured, nobody may.
  expect(succeeded('start')).toEqual({
    type: 'capture.started',
    readiness: {
      counts: { clear: 0, unanswered: 0, refused: 0, late: 0, 'cannot-be-asked': 0 },
      blocked: true,
      settled: false,
      expired: 0,
    },
  });
  expect(codeOf(policyInvalid('/x', 'y'))).toBe('policy/invalid');
  expect([codeOf(new Error('x')), codeOf(undefined)]).toEqual(['capture/failed', 'capture/failed']);
});
