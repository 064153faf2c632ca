import { describe, expect, test } from 'vitest';
import { createActor, SimulatedClock } from 'xstate';
import { recordingMachine } from '../../src/recording/recording.machine.ts';
import { statusIn } from '../../src/recording/recording.rules.ts';
import type {
  Readiness,
  RecordingEmitted,
  RecordingEvent,
  RecordingRequest,
} from '../../src/recording/recording.types.ts';

/** Each time is another one, so that none can stand for another. */
const request = (more: Partial<RecordingRequest> = {}): RecordingRequest => ({
  recordingId: 'r',
  storage: 'cloud',
  by: { participantId: 'hana' },
  captureTimeoutMs: 10_000,
  holdWaitMs: 3000,
  leaseMs: 12_000,
  stopAgainMs: 5000,
  isReachable: true,
  canExclude: true,
  hasLease: true,
  ...more,
});

const clear = (count: number, blocked = false): Readiness => ({
  counts: { clear: count, unanswered: 0, refused: 0, late: 0, 'cannot-be-asked': 0 },
  blocked,
  settled: true,
  expired: 0,
});

const ready: RecordingEvent = { type: 'readiness.changed', readiness: clear(1) };
const started: RecordingEvent = { type: 'capture.started', readiness: clear(1) };
const awaitHolds: RecordingEvent = { type: 'holds.awaited' };
const pause: RecordingEvent = { type: 'recording.paused' };
const paused: RecordingEvent = { type: 'capture.paused' };
const resume: RecordingEvent = { type: 'recording.resumed' };
const resumed: RecordingEvent = { type: 'capture.resumed' };
const stop: RecordingEvent = { type: 'recording.stopped', outcome: 'stopped' };
const veto: RecordingEvent = { type: 'recording.stopped', outcome: 'vetoed', code: 'why' };
const stopped: RecordingEvent = { type: 'capture.stopped' };
const ended: RecordingEvent = { type: 'capture.ended', code: 'the-end' };
const failed: RecordingEvent = { type: 'capture.failed', call: 'start', code: 'the-fault' };

/** What leads from a request to each state. */
const ways = {
  asking: [],
  holding: [awaitHolds],
  starting: [ready],
  on: [ready, started],
  pausing: [ready, started, pause],
  paused: [ready, started, pause, paused],
  resuming: [ready, started, pause, paused, resume],
  stopping: [ready, started, stop],
  unstopped: [ready, started, stop, failed],
} as const satisfies Record<string, readonly RecordingEvent[]>;
type Way = keyof typeof ways;

/** A recording that has been requested and brought so far, on a clock of its own. */
function at(way: Way, more: Partial<RecordingRequest> = {}) {
  const clock = new SimulatedClock();
  const actor = createActor(recordingMachine, { clock });
  const emitted: RecordingEmitted[] = [];
  actor.on('*', (event) => emitted.push(event));
  actor.start();
  actor.send({ type: 'recording.requested', request: request(more) });
  for (const event of ways[way]) actor.send(event);
  expect(actor.getSnapshot().value).toBe(way);
  emitted.length = 0;
  const now = () => {
    const { value, context } = actor.getSnapshot();
    return [value, context.outcome, context.code];
  };
  const calls = () => emitted.flatMap((event) => (event.type === 'capture.called' ? [event.call] : []));
  return { actor, clock, emitted, now, calls };
}

describe('where a recording goes, and what it says of its end', () => {
  test.each<[Way, RecordingEvent, string, string | null, string | null]>([
    ['asking', awaitHolds, 'holding', null, null],
    ['asking', veto, 'off', 'vetoed', 'why'],
    ['asking', { type: 'readiness.changed', readiness: clear(0) }, 'off', 'nobody-to-capture', null],
    ['holding', { type: 'holds.confirmed' }, 'starting', null, null],
    ['holding', veto, 'off', 'vetoed', 'why'],
    ['starting', started, 'on', null, null],
    ['starting', { type: 'capture.started', readiness: clear(0) }, 'stopping', 'nobody-to-capture', null],
    ['starting', { type: 'capture.started', readiness: clear(1, true) }, 'stopping', 'cancelled', null],
    ['starting', failed, 'off', 'failed', 'the-fault'],
    ['starting', ended, 'off', 'failed', 'the-end'],
    ['starting', stop, 'stopping', 'stopped', null],
    ['on', pause, 'pausing', null, null],
    ['on', veto, 'stopping', 'vetoed', 'why'],
    ['on', ended, 'off', 'failed', 'the-end'],
    ['pausing', paused, 'paused', null, null],
    ['pausing', failed, 'stopping', 'failed', 'the-fault'],
    ['pausing', ended, 'off', 'failed', 'the-end'],
    ['pausing', stop, 'stopping', 'stopped', null],
    ['paused', resume, 'resuming', null, null],
    ['paused', stop, 'stopping', 'stopped', null],
    ['paused', ended, 'off', 'failed', 'the-end'],
    ['resuming', resumed, 'on', null, null],
    ['resuming', failed, 'paused', null, null],
    ['resuming', stop, 'stopping', 'stopped', null],
    ['resuming', ended, 'off', 'failed', 'the-end'],
    ['stopping', stopped, 'off', 'stopped', null],
    ['stopping', ended, 'off', 'stopped', null],
    ['stopping', failed, 'unstopped', 'stopped', null],
    ['unstopped', stopped, 'off', 'stopped', null],
    ['unstopped', ended, 'off', 'stopped', null],
  ])('[G9] %s, on %j, becomes %s', (way, event, state, outcome, code) => {
    const { actor, now, emitted } = at(way);
    actor.send(event);
    expect(now()).toEqual([state, outcome, code]);
    // Waiting for devices to be held reads as the asking before it.
    expect(emitted.filter(({ type }) => type === 'recording.moved')).toHaveLength(state === 'holding' ? 0 : 1);
  });

  test('[G2] being asked is announced, and goes on as long as somebody may still agree', () => {
    const actor = createActor(recordingMachine, { clock: new SimulatedClock() });
    const moves: unknown[] = [];
    actor.on('recording.moved', () => moves.push(actor.getSnapshot().value));
    actor.start();
    expect(actor.getSnapshot()).toMatchObject({
      value: 'off',
      context: { request: null, outcome: null, code: null, started: false, inherited: false },
    });
    moves.length = 0;
    actor.send({ type: 'recording.requested', request: request() });
    const open = { ...clear(0).counts, unanswered: 1 };
    actor.send({ type: 'readiness.changed', readiness: { ...clear(0), counts: open } });
    actor.send({ type: 'readiness.changed', readiness: { ...clear(1), settled: false } });
    expect([actor.getSnapshot().value, moves.length]).toEqual(['asking', 1]);
  });

  test('[G2] each entry into a state that needs the recorder tells it what to do, once', () => {
    const told = (way: Way, event: RecordingEvent) => {
      const { actor, emitted } = at(way);
      actor.send(event);
      return emitted.filter(({ type }) => type === 'capture.called');
    };
    const call = (name: string) => [{ type: 'capture.called', call: name, request: request() }];
    expect([told('asking', ready), told('holding', { type: 'holds.confirmed' })]).toEqual([
      call('start'),
      call('start'),
    ]);
    expect([told('on', pause), told('paused', resume), told('on', stop)]).toEqual([
      call('pause'),
      call('resume'),
      call('stop'),
    ]);
    expect([told('on', ended), told('stopping', failed), told('asking', awaitHolds)]).toEqual([[], [], []]);
  });
});

describe('what no event ends, ends in time', () => {
  test.each<[Way, Partial<RecordingRequest>, number, string, string | null, string | null, string[]]>([
    ['holding', {}, 3000, 'starting', null, null, ['start']],
    ['holding', { canExclude: false }, 3000, 'off', 'failed', 'hold/not-confirmed', []],
    ['starting', {}, 10_000, 'fencing', 'failed', 'capture/timed-out', ['fence']],
    ['pausing', {}, 10_000, 'stopping', 'failed', 'capture/timed-out', ['stop']],
    ['resuming', {}, 10_000, 'pausing', null, null, ['pause']],
    ['stopping', {}, 10_000, 'unstopped', 'stopped', null, []],
    ['unstopped', {}, 12_000, 'off', 'stopped', null, []],
  ])('[G9] %s (%j) after %i ms becomes %s', (way, more, afterMs, state, outcome, code, calls) => {
    const recording = at(way, more);
    recording.clock.increment(afterMs - 1);
    expect(recording.now()[0]).toBe(way);
    recording.clock.increment(1);
    expect([...recording.now(), recording.calls()]).toEqual([state, outcome, code, calls]);
  });

  test('[G9] a stop without a lease is told again every 5 s, for as long as nobody confirms it', () => {
    const { actor, clock, now, calls } = at('unstopped', { hasLease: false });
    clock.increment(4999);
    expect(calls()).toEqual([]);
    clock.increment(1);
    clock.increment(5000);
    clock.increment(5000);
    expect([now()[0], calls()]).toEqual(['unstopped', ['stop', 'stop', 'stop']]);
    actor.send(stopped);
    clock.increment(60_000);
    expect([now()[0], calls()]).toEqual(['off', ['stop', 'stop', 'stop']]);
  });

  test('[G9] a lease that a recorder does not have ends nothing', () => {
    const { clock, now } = at('unstopped', { hasLease: false, leaseMs: 2000 });
    clock.increment(4000);
    expect(now()[0]).toBe('unstopped');
  });

  test('[G2] what was left behind is fenced at once, and is unstopped if the fence comes to nothing', () => {
    const outcomes = [stopped, ended, failed, undefined].map((event) => {
      const clock = new SimulatedClock();
      const actor = createActor(recordingMachine, { clock });
      const calls: string[] = [];
      actor.start();
      actor.on('capture.called', ({ call }) => calls.push(call));
      actor.on('recording.moved', () => calls.push('moved'));
      actor.send({ type: 'recording.inherited', request: request(), started: true });
      const { value, context } = actor.getSnapshot();
      expect([value, context, calls]).toEqual([
        'fencing',
        { request: request(), outcome: 'failed', code: 'authority/changed', started: true, inherited: true },
        ['fence', 'moved'],
      ]);
      if (event) actor.send(event);
      else clock.increment(10_000);
      return actor.getSnapshot().value;
    });
    expect(outcomes).toEqual(['off', 'off', 'unstopped', 'unstopped']);
  });

  test('[G2] what is requested after an end knows nothing of it', () => {
    const { actor } = at('on');
    expect(actor.getSnapshot().context.started).toBe(true);
    actor.send(ended);
    const next = request({ recordingId: 's' });
    actor.send({ type: 'recording.requested', request: next });
    expect(actor.getSnapshot().context).toEqual({
      request: next,
      outcome: null,
      code: null,
      started: false,
      inherited: false,
    });
  });
});

test('[G2] a notice is required in every state but off, and a recorder may write in all but those before and between', () => {
  const tagged = (tag: 'noticeRequired' | 'capturing') =>
    (Object.keys(ways) as Way[]).filter((way) => at(way).actor.getSnapshot().hasTag(tag));
  expect(tagged('noticeRequired')).toEqual(Object.keys(ways));
  expect(tagged('capturing')).toEqual(['starting', 'on', 'pausing', 'resuming', 'stopping', 'unstopped']);
  const { actor, clock } = at('starting');
  clock.increment(10_000);
  const fencing = actor.getSnapshot();
  expect([fencing.value, fencing.hasTag('noticeRequired'), fencing.hasTag('capturing')]).toEqual([
    'fencing',
    true,
    true,
  ]);
  actor.send(stopped);
  const off = actor.getSnapshot();
  expect([off.value, off.hasTag('noticeRequired'), off.hasTag('capturing')]).toEqual(['off', false, false]);
});

test('[G2] the status of each state; of what was left behind, or cannot be stopped for sure, nobody knows', () => {
  const statuses = (inherited: boolean, hasLease: boolean | undefined) =>
    ['off', ...Object.keys(ways), 'fencing'].map((state) => {
      const asked = hasLease === undefined ? null : request({ hasLease });
      return statusIn(state, { request: asked, outcome: null, code: null, started: true, inherited });
    });
  const known = ['off', 'asking', 'asking', 'on', 'on', 'on', 'paused', 'on', 'on'];
  expect(statuses(false, true)).toEqual([...known, 'on', 'on']);
  expect(statuses(false, false)).toEqual([...known, 'unknown', 'on']);
  expect(statuses(false, undefined)).toEqual([...known, 'unknown', 'on']);
  expect(statuses(true, true)).toEqual([...known, 'unknown', 'unknown']);
});
