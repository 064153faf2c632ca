import { describe, expect, test } from 'vitest';
import { brokenExpectations } from '../../src/simulator/expectations.ts';
import type { Happened, HookLine } from '../../src/simulator/history.types.ts';
import { parseScenario } from '../../src/simulator/scenario.parse.ts';
import { captureSpans } from '../../src/simulator/spans.ts';

const line = (at: number, participant: string, hook: string, payload: object): HookLine =>
  ({ at, participant, hook, payload }) as HookLine;
const lines = [
  line(0, 'bo', 'indicatorChanged', { purpose: 'recording', status: 'off' }),
  line(1000, 'bo', 'noticeRaised', { purpose: 'recording', kind: 'prompt', choices: [{ id: 'a' }, { id: 'b', n: 2 }] }),
  line(1000, 'cy', 'noticeRaised', { purpose: 'recording', kind: 'banner', choices: [] }),
  line(2000, 'bo', 'indicatorChanged', { purpose: 'recording', status: 'on' }),
];
const captured = (at: number, is: boolean): Happened => ({
  at,
  kind: 'captured',
  participant: 'bo',
  recordingId: 'r',
  captured: is,
});
const history = [captured(2000, true), captured(5000, false), captured(8000, true)];

/** What is found in place of what was expected. */
function found(expectation: object): string | undefined {
  const { expect: parsed } = parseScenario({
    participants: [{ id: 'bo' }, { id: 'cy' }],
    steps: [],
    until: '10s',
    expect: [expectation],
  });
  return brokenExpectations(parsed, lines, history)[0]?.message;
}

describe('an expectation', () => {
  test('of a hook counts who, which, when and what: exactly as often, or at least once', () => {
    const raised = { participant: 'bo', hook: 'noticeRaised' };
    expect(found(raised)).toBeUndefined();
    expect(found({ ...raised, times: 1 })).toBeUndefined();
    expect(found({ ...raised, times: 2 })).toBe('noticeRaised of bo: expected 2, found 1');
    expect(found({ ...raised, participant: '*', times: 2 })).toBeUndefined();
    expect(found({ ...raised, from: '1s', to: '1s' })).toBeUndefined();
    expect(found({ ...raised, from: '1001ms' })).toMatch(
      /^noticeRaised of bo: expected at least one, found 0; the last of 1 was told at 1000 ms: \{"purpose":"recording"/,
    );
    expect(found({ ...raised, to: '999ms', times: 0 })).toBeUndefined();
    expect(found({ participant: 'cy', hook: 'consentChanged', times: 0 })).toBeUndefined();
  });

  test('of a payload is a part of it: each wanted entry of a list is like some entry', () => {
    const raised = { participant: 'bo', hook: 'noticeRaised' };
    expect(found({ ...raised, with: { kind: 'prompt' } })).toBeUndefined();
    expect(found({ ...raised, with: { kind: 'banner' } })).toMatch(/found 0/);
    expect(found({ ...raised, with: { choices: [{ n: 2 }] } })).toBeUndefined();
    expect(found({ ...raised, with: { choices: [{ id: 'b' }, { id: 'a' }] } })).toBeUndefined();
    expect(found({ ...raised, with: { choices: [{ id: 'c' }] } })).toMatch(/found 0/);
    expect(found({ ...raised, with: { choices: { id: 'a' } } })).toMatch(/found 0/);
    expect(found({ ...raised, with: { nothing: { at: 'all' } } })).toMatch(/found 0/);
  });

  test('that found nothing says what it looked for, and what was told instead', () => {
    const off = { participant: 'bo', hook: 'indicatorChanged', with: { status: 'paused' } };
    expect(found(off)).toBe(
      'indicatorChanged of bo: expected at least one with {"status":"paused"}, found 0; the last of 2 was told at 2000 ms: {"purpose":"recording","status":"on"}',
    );
    expect(found({ ...off, participant: 'cy' })).toBe(
      'indicatorChanged of cy: expected at least one with {"status":"paused"}, found 0',
    );
  });

  test('of a status is what was last told at that instant, off where nothing was', () => {
    const status = { purpose: 'recording', participant: 'bo', at: '1999ms' };
    expect(found({ ...status, status: 'off' })).toBeUndefined();
    expect(found({ ...status, at: '2s', status: 'on' })).toBeUndefined();
    expect(found({ ...status, at: '2s', status: 'off' })).toBe('recording of bo: expected off, found on at 2000 ms');
    expect(found({ ...status, participant: 'cy', status: 'off' })).toBeUndefined();
  });

  test('of a capture is for how long within a window, what still runs to its end', () => {
    const bo = { captured: 'bo', purpose: 'recording' };
    expect(found({ ...bo, from: '0s', to: '10s', ms: [5000, 5000] })).toBeUndefined();
    expect(found({ ...bo, from: '4s', to: '9s', ms: [2000, 2000] })).toBeUndefined();
    expect(found({ ...bo, ms: [0, 4999] })).toBe('bo captured: expected 0 to 4999 ms, found 5000');
    expect(found({ ...bo, captured: 'cy', ms: [0, 0] })).toBeUndefined();
  });
});

test('spans are told in order, without those of no length', () => {
  const spans = captureSpans([...history, captured(9000, false), captured(9000, true), captured(9000, false)], 10_000);
  expect(spans.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
    [2000, 5000],
    [8000, 9000],
  ]);
});
