import { describe, expect, test } from 'vitest';
import { initialTransition, type SnapshotFrom, transition } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { recordingMachine } from '../../src/recording/recording.machine.ts';
import { isPointless, mayCommit, mayStart, outcomeOfNobody, statusIn } from '../../src/recording/recording.rules.ts';
import type { Readiness, RecordingEvent, RecordingRequest } from '../../src/recording/recording.types.ts';

type State = SnapshotFrom<typeof recordingMachine>;
type AnyEvent = RecordingEvent | { readonly type: `xstate.after.${string}` };

const request = (more: Partial<RecordingRequest> = {}): RecordingRequest => ({
  recordingId: 'r',
  storage: 'cloud',
  by: { participantId: 'hana' },
  captureTimeoutMs: 10_000,
  holdWaitMs: 3000,
  leaseMs: 10_000,
  stopAgainMs: 5000,
  isReachable: true,
  canExclude: true,
  hasLease: true,
  ...more,
});

const readiness = (clear: number, more: Partial<Readiness> = {}): Readiness => ({
  counts: { clear, unanswered: 0, refused: 0, late: 0, 'cannot-be-asked': 0 },
  blocked: false,
  settled: true,
  expired: 0,
  ...more,
});

const everyReadiness = [
  readiness(2),
  readiness(0),
  readiness(2, { blocked: true }),
  readiness(2, { settled: false }),
  readiness(0, { counts: { clear: 0, unanswered: 0, refused: 1, late: 0, 'cannot-be-asked': 0 }, expired: 1 }),
];

const delays: Record<string, readonly string[]> = {
  holdWait: ['holding'],
  captureTimeout: ['starting', 'pausing', 'resuming', 'stopping', 'fencing'],
  leaseEnd: ['unstopped'],
  stopAgain: ['unstopped'],
};

const events: readonly AnyEvent[] = [
  ...[{}, { canExclude: false }, { hasLease: false }].flatMap((more): AnyEvent[] => [
    { type: 'recording.requested', request: request(more) },
    { type: 'recording.inherited', request: request(more), started: true },
  ]),
  ...everyReadiness.flatMap((each): AnyEvent[] => [
    { type: 'readiness.changed', readiness: each },
    { type: 'capture.started', readiness: each },
  ]),
  { type: 'holds.awaited' },
  { type: 'holds.confirmed' },
  { type: 'recording.paused' },
  { type: 'recording.resumed' },
  { type: 'recording.stopped', outcome: 'stopped' },
  { type: 'recording.stopped', outcome: 'cancelled' },
  { type: 'capture.paused' },
  { type: 'capture.resumed' },
  { type: 'capture.stopped' },
  ...(['start', 'pause', 'resume', 'stop', 'fence'] as const).map(
    (call): AnyEvent => ({ type: 'capture.failed', call, code: 'capture/failed' }),
  ),
  { type: 'capture.ended', code: 'capture/ended' },
  ...Object.entries(delays).flatMap(([delay, states]) =>
    states.map((state): AnyEvent => ({ type: `xstate.after.${delay}.recording.${state}` })),
  ),
];

const paths = getShortestPaths(recordingMachine, { events: events as RecordingEvent[] });
const step = (state: State, event: AnyEvent) => transition(recordingMachine, state, event as RecordingEvent);

/** What the machine told the recorder on a step. */
const callsIn = (actions: ReturnType<typeof step>[1]): string[] =>
  actions.flatMap((action) => {
    const event = (action.params as { event?: { type: string; call?: string } } | undefined)?.event;
    return event?.type === 'capture.called' && event.call ? [event.call] : [];
  });

/** Whether a recorder may be writing after a step, judged by what it was told and what it said alone. */
function mayWrite(before: boolean, event: AnyEvent, from: string, calls: readonly string[]): boolean {
  if (event.type === 'capture.ended' || event.type === 'capture.stopped') return false;
  if (event.type === 'capture.failed' && from === 'starting') return false;
  if (event.type.startsWith('xstate.after.leaseEnd')) return false;
  return before || calls.includes('start') || calls.includes('fence');
}

/** Walks a path; each step with what the recorder may be doing after it. */
function walk(steps: readonly { readonly event: AnyEvent }[]) {
  let state: State = initialTransition(recordingMachine)[0];
  let writing = false;
  const seen: { state: State; writing: boolean; event: AnyEvent }[] = [];
  for (const { event } of steps) {
    if (String(event.type) === 'xstate.init') continue;
    const [next, actions] = step(state, event);
    writing = next.value === state.value ? writing : mayWrite(writing, event, state.value as string, callsIn(actions));
    state = next;
    seen.push({ state, writing, event });
  }
  return { state, writing, seen };
}

describe('the recording machine, along the shortest path to each of its states and contexts', () => {
  test('every state is reached', () => {
    const reached = new Set(paths.map(({ state }) => state.value));
    expect([...reached].sort()).toEqual(Object.keys(recordingMachine.config.states ?? {}).sort());
    expect(paths.length).toBeGreaterThan(50);
  });

  test('each path ends, step by step, where it says', () => {
    for (const { state, steps } of paths) {
      const walked = walk(steps as { event: AnyEvent }[]);
      expect([walked.state.value, walked.state.context]).toEqual([state.value, state.context]);
    }
  });

  test('[G2] it never announces off, asking or paused while a recorder may be writing', () => {
    for (const { steps } of paths) {
      const { state, writing } = walk(steps as { event: AnyEvent }[]);
      for (const event of events) {
        const [next, actions] = step(state, event);
        const moved = next.value !== state.value;
        const now = moved ? mayWrite(writing, event, state.value as string, callsIn(actions)) : writing;
        const status = statusIn(next.value as string, next.context);
        const quiet = status === 'off' || status === 'asking';
        expect([event.type, status, now && quiet]).toEqual([event.type, status, false]);
        if (status === 'paused' && state.value === 'pausing') expect(event.type).toBe('capture.paused');
      }
    }
  });

  test('[G1] it is on only after everyone who must has answered, and somebody may be captured at that instant', () => {
    const mayBegin = ({ blocked, counts }: Readiness) => !blocked && counts.clear > 0;
    for (const { steps } of paths) {
      const { state, seen } = walk(steps as { event: AnyEvent }[]);
      const isSettled = seen.some(
        ({ event }) =>
          event.type === 'holds.awaited' || (event.type === 'readiness.changed' && event.readiness.settled),
      );
      for (const event of events) {
        const [next] = step(state, event);
        if (next.value === state.value) continue;
        if (next.value === 'on' && event.type !== 'capture.resumed') {
          const committed = event.type === 'capture.started' && mayBegin(event.readiness);
          expect([state.value, event.type, committed, isSettled]).toEqual(['starting', 'capture.started', true, true]);
        }
        if (next.value === 'starting' && event.type === 'readiness.changed') {
          expect([event.readiness.settled, mayBegin(event.readiness)]).toEqual([true, true]);
        }
      }
    }
  });

  test('[G9] a state that has called the recorder ends by itself', () => {
    for (const [name, state] of Object.entries(recordingMachine.config.states ?? {})) {
      const calls = JSON.stringify(state.entry ?? '').includes('"call"');
      const waits = calls || name === 'holding' || name === 'unstopped';
      expect([name, waits && Object.keys(state.after ?? {}).length === 0]).toEqual([name, false]);
    }
  });
});

describe('whether a request can begin, must wait, or has come to nothing', () => {
  const counts = (some: Partial<Readiness['counts']>) => ({ counts: { ...readiness(0).counts, ...some } });
  /** What may become of a request at this readiness: `start`, `commit`, `end`. */
  const may = (more: Partial<Readiness>): string[] => {
    const at = readiness(0, more);
    return [
      ...(mayStart(at) ? ['start'] : []),
      ...(mayCommit(at) ? ['commit'] : []),
      ...(isPointless(at) ? ['end'] : []),
    ];
  };

  test.each([
    ['somebody clear', counts({ clear: 1 }), ['start', 'commit']],
    ['somebody clear, others not', counts({ clear: 1, unanswered: 1, refused: 1, late: 1 }), ['start', 'commit']],
    ['somebody clear, and an answer to wait for', { ...counts({ clear: 1 }), settled: false }, ['commit']],
    ['somebody clear, and somebody who forbids it', { ...counts({ clear: 1 }), blocked: true }, []],
    ['nobody at all', {}, ['end']],
    ['nobody at all, and an answer to wait for', { settled: false }, []],
    ['nobody at all, and somebody who forbids it', { blocked: true }, []],
    ['all refused', counts({ refused: 2 }), ['end']],
    ['nobody who can be asked', counts({ 'cannot-be-asked': 1 }), ['end']],
    ['somebody who may still agree', counts({ unanswered: 1, refused: 1 }), []],
    ['somebody late who may still agree', counts({ late: 1, refused: 1 }), []],
  ])('[G1] with %s', (_, at, expected) => {
    expect(may(at)).toEqual(expected);
  });

  test('[G9] nobody left to capture is told from a refusal, and a refusal from a time that ran out', () => {
    const ends = (refused: number, expired: number) =>
      outcomeOfNobody(readiness(0, { ...counts({ refused }), expired }));
    expect([ends(0, 0), ends(2, 0), ends(2, 1), ends(2, 2)]).toEqual([
      'nobody-to-capture',
      'refused',
      'refused',
      'expired',
    ]);
  });
});

test('a request that is cancelled, refused, expired or has nobody left says so', () => {
  const asked: AnyEvent[] = [{ type: 'recording.requested', request: request() }];
  const outcomeOf = (...more: AnyEvent[]) =>
    walk([...asked, ...more].map((event) => ({ event }))).state.context.outcome;
  expect(outcomeOf({ type: 'recording.stopped', outcome: 'cancelled' })).toBe('cancelled');
  expect(outcomeOf({ type: 'readiness.changed', readiness: readiness(0) })).toBe('nobody-to-capture');
  const refused = { counts: { clear: 0, unanswered: 0, refused: 2, late: 0, 'cannot-be-asked': 0 } };
  expect(outcomeOf({ type: 'readiness.changed', readiness: readiness(0, refused) })).toBe('refused');
  expect(outcomeOf({ type: 'readiness.changed', readiness: readiness(0, { ...refused, expired: 1 }) })).toBe('refused');
  expect(outcomeOf({ type: 'readiness.changed', readiness: readiness(0, { ...refused, expired: 2 }) })).toBe('expired');
});

test('[G9] a stop that the recorder never confirms ends with the lease, and without one is told again', () => {
  const toStopping: AnyEvent[] = [
    { type: 'readiness.changed', readiness: readiness(1) },
    { type: 'capture.started', readiness: readiness(1) },
    { type: 'recording.stopped', outcome: 'stopped' },
    { type: 'capture.failed', call: 'stop', code: 'capture/failed' },
  ];
  const after = (more: Partial<RecordingRequest>) => {
    const steps: AnyEvent[] = [{ type: 'recording.requested', request: request(more) }, ...toStopping];
    return walk(steps.map((event) => ({ event }))).state;
  };
  const leased = after({});
  expect([leased.value, statusIn('unstopped', leased.context)]).toEqual(['unstopped', 'on']);
  expect(step(leased, { type: 'xstate.after.leaseEnd.recording.unstopped' })[0].value).toBe('off');
  const unleased = after({ hasLease: false });
  expect([unleased.value, statusIn('unstopped', unleased.context)]).toEqual(['unstopped', 'unknown']);
  const [again, actions] = step(unleased, { type: 'xstate.after.stopAgain.recording.unstopped' });
  expect([again.value, callsIn(actions)]).toEqual(['unstopped', ['stop']]);
});
