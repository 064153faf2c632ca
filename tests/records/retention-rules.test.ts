import { describe, expect, test } from 'vitest';
import type { RetentionPolicy } from '../../src/policy/policy.types.ts';
import type { KeptRecording, KeptState } from '../../src/records/kept.types.ts';
import { backoffMs, isEmpty, keptUntilMs, sharesLeft, stateOf, taskFor } from '../../src/records/retention.rules.ts';

const dayMs = 86_400_000;
const ended = Date.parse('2026-01-31T10:00:00.000Z');
const policy: RetentionPolicy = { recordingDays: 30, then: 'delete' };
const states = ['asked', 'running', 'kept', 'isolated', 'erasing', 'erased', 'anonymised'] as const;

const recording = (more: Partial<KeptRecording> = {}): KeptRecording => ({
  recordingId: 'r',
  purposes: ['recording'],
  storage: 'cloud',
  state: 'kept',
  lastAt: '2026-01-31T12:00:00.000Z',
  endedAt: '2026-01-31T10:00:00.000Z',
  holds: [],
  shares: new Map(),
  people: new Set(),
  captured: [],
  answers: new Map(),
  revisions: new Map(),
  ...more,
});
const without = (field: keyof KeptRecording, more: Partial<KeptRecording> = {}): KeptRecording => {
  const { [field]: _, ...rest } = recording(more);
  return rest as KeptRecording;
};

test('[G12] it is kept for days of 24 hours after its end, or after the last that was heard of it', () => {
  expect([keptUntilMs(recording(), policy) - ended, keptUntilMs(without('endedAt'), policy) - ended]).toEqual([
    30 * dayMs,
    30 * dayMs + 7_200_000,
  ]);
});

test('[G12] what never ended has been cut off once nobody writes for its meeting', () => {
  const found = [true, false].map((isOpen) => states.map((state) => stateOf(recording({ state }), isOpen)));
  expect(found).toEqual([states, ['asked', 'kept', ...states.slice(2)]]);
});

test('[G12] there is nothing of what never began and will not, or lived without a recording', () => {
  const alone = { purposes: ['live-captions'], storage: undefined } as unknown as Partial<KeptRecording>;
  const empty = (of: KeptRecording) => [isEmpty(of, true), isEmpty(of, false)];
  expect([
    empty(without('endedAt', { state: 'asked' })),
    empty(recording({ state: 'asked' })),
    empty(without('endedAt', { state: 'asked', ...alone })),
    ...states.slice(1).map((state) => empty(without('endedAt', { state }))),
  ]).toEqual([[false, true], [true, true], [true, true], ...Array.from({ length: 6 }, () => [false, false])]);
});

describe('[G12] what is to be done', () => {
  const task = (more: Partial<KeptRecording>, { after = 30 * dayMs, isOpen = false, then = 'delete' } = {}) =>
    taskFor(recording(more), { recordingDays: 30, then } as RetentionPolicy, { nowMs: ended + after, isOpen });

  test('is what the policy says, from the time on', () => {
    const ways = ['delete', 'anonymise', 'isolate'];
    expect(ways.map((then) => [task({}, { then, after: 30 * dayMs - 1 }), task({}, { then })])).toEqual([
      ['nothing', 'erase'],
      ['nothing', 'anonymise'],
      ['nothing', 'isolate'],
    ]);
  });

  test('is nothing for what lives or is gone, and goes on with what has begun, whatever the time', () => {
    const counts = { durationMs: 1 } as never;
    const found = [true, false].map((isOpen) => states.map((state) => task({ state }, { isOpen })));
    expect(found).toEqual([
      ['nothing', 'nothing', 'erase', 'recheck', 'erase', 'nothing', 'nothing'],
      ['nothing', 'erase', 'erase', 'recheck', 'erase', 'nothing', 'nothing'],
    ]);
    expect([
      task({ state: 'erasing', erasing: { because: 'host' } }, { after: 0 }),
      task({ state: 'erasing', erasing: { because: 'host', counts } }, { after: 0 }),
      task({ state: 'isolated' }, { after: 0 }),
    ]).toEqual(['erase', 'anonymise', 'recheck']);
  });

  test('is nothing where it cannot be read when it ended', () => {
    expect(task({ state: 'kept', endedAt: 'yesterday' })).toBe('nothing');
  });

  test('is nothing for what is on its host’s own device', () => {
    for (const state of states) expect(task({ state, storage: 'local' })).toBe('nothing');
  });
});

test('[G12] whose share is to go yet is said of what is there', () => {
  const shares = new Map([
    ['bo', { state: 'erasing', because: 'right' }],
    ['cy', { state: 'erased', because: 'right' }],
    ['dee', { state: 'erasing', because: 'objection' }],
  ] as const);
  const left = (state: KeptState, isOpen = false) => sharesLeft(recording({ state, shares }), isOpen);
  expect(states.map((state) => left(state))).toEqual([[], ['bo', 'dee'], ['bo', 'dee'], ['bo', 'dee'], [], [], []]);
  expect([left('running', true), left('kept', true)]).toEqual([[], ['bo', 'dee']]);
});

test('[G12] after each failure in a row it waits twice as long, at most a minute', () => {
  expect([1, 2, 3, 6, 7, 30].map(backoffMs)).toEqual([1000, 2000, 4000, 32_000, 60_000, 60_000]);
});
