import { describe, expect, test } from 'vitest';
import { CaptureDriver } from '../../src/authority/capture-driver.ts';
import { captureFenced } from '../../src/core/errors.ts';
import type { CaptureCall, RecordingEvent, RecordingRequest } from '../../src/recording/recording.types.ts';
import { desk, recorderInHand, requestOf } from './recorder-in-hand.ts';

/** What drives one recorder for one recording of the authority with the number 7. */
function driver(more: Partial<RecordingRequest> = {}, { hasRecorder = true } = {}) {
  const { passes, timers, post } = desk();
  const recorder = recorderInHand();
  const told: RecordingEvent[] = [];
  let renewsFailed = 0;
  let isHandingOver = false;
  const driven = new CaptureDriver({
    capture: hasRecorder ? recorder.capture : undefined,
    epoch: () => ({ number: 7, id: 'hana', incarnation: 'x' }),
    timers,
    post,
    tell: (event) => void told.push(event),
    renewFailed: () => {
      renewsFailed += 1;
    },
    isHandingOver: () => isHandingOver,
    excludeFailed: () => {},
    freed: () => {},
    gated: () => {},
  });
  const request = requestOf(more);
  return {
    driven,
    recorder,
    request,
    passes,
    call: (call: CaptureCall) => driven.call(call, request),
    /** What the recording's machine was told since the last look: the call that worked, or the code of what failed. */
    heard: () =>
      told.splice(0).map((event) => (event.type === 'capture.failed' ? `${event.call}: ${event.code}` : event.type)),
    renewsFailed: () => renewsFailed,
    handsOver(is: boolean) {
      isHandingOver = is;
    },
    /** A capture that has begun and committed. */
    async begins() {
      driven.call('start', request);
      await passes();
      driven.open(() => true);
      recorder.told();
      told.splice(0);
    },
  };
}

describe('the calls of the recording', () => {
  test('[G9] are made of the recorder, and how each went is told', async () => {
    const { call, recorder, heard, passes } = driver();
    for (const each of ['start', 'pause', 'resume', 'stop', 'fence'] as const) {
      call(each);
      await passes();
    }
    expect(recorder.told()).toEqual([
      'start r cloud 7 10000',
      'pause r',
      'resume r',
      'stop r',
      'fence 7',
      // Whatever a lost authority left is stopped once nobody else can start it.
      'stop r',
    ]);
    expect(heard()).toEqual([
      'capture.started',
      'capture.paused',
      'capture.resumed',
      'capture.stopped',
      'capture.stopped',
    ]);
  });

  test.each(['start', 'pause', 'resume', 'stop', 'fence'] as const)('[G9] that fail say why: %s', async (each) => {
    const { call, recorder, heard, passes } = driver();
    recorder.fails(each, captureFenced(each));
    call(each);
    await passes();
    expect(heard()).toEqual([`${each}: capture/fenced`]);
  });

  test.each<[string, Partial<RecordingRequest>, boolean]>([
    ['there is no recorder', {}, false],
    ['it is another client’s own', { isReachable: false }, true],
  ])('[G9] fail at once where %s', (_, more, hasRecorder) => {
    const { call, recorder, heard } = driver(more, { hasRecorder });
    call('stop');
    expect([heard(), recorder.calls]).toEqual([['stop: capture/unavailable'], []]);
  });

  test('start a recording of the platform where nothing else is said, and a local one where it is', () => {
    for (const [storage, said] of [
      [undefined, 'cloud'],
      ['local', 'local'],
    ] as const) {
      const { call, recorder } = driver({ storage });
      call('start');
      expect(recorder.told()).toEqual([`start r ${said} 7 10000`]);
    }
  });
});

describe('a start that is given up', () => {
  test('[G2] [G9] is aborted with the reason, and what has begun all the same is stopped before it is over', async () => {
    const { call, recorder, heard, passes } = driver();
    recorder.keeps('start');
    call('start');
    await passes();
    expect(recorder.wasGivenUp()).toBe(false);
    call('stop');
    expect([recorder.wasGivenUp(), recorder.signal()?.reason]).toEqual([
      true,
      expect.objectContaining({ code: 'capture/timed-out', message: expect.stringMatching(/start/) }),
    ]);
    await passes();
    expect([heard(), recorder.told()]).toEqual([[], ['start r cloud 7 10000', 'stop r']]);
    recorder.does('start');
    await passes();
    expect(recorder.told()).toEqual(['stop r', 'stop r']);
    expect(heard()).toEqual(['capture.started', 'capture.stopped']);
  });

  test('[G2] that fails then is over without another stop', async () => {
    const { call, recorder, heard, passes } = driver();
    recorder.keeps('start');
    call('start');
    call('stop');
    await passes();
    recorder.refuses('start');
    await passes();
    expect([recorder.told(), heard()]).toEqual([
      ['start r cloud 7 10000', 'stop r'],
      ['start: capture/failed', 'capture.stopped'],
    ]);
  });

  test('[G2] by a fence is aborted too', async () => {
    const { call, recorder, passes } = driver();
    recorder.keeps('start');
    call('start');
    await passes();
    call('fence');
    expect(recorder.wasGivenUp()).toBe(true);
    recorder.does('start');
    await passes();
    expect(recorder.told()).toEqual(['start r cloud 7 10000', 'fence 7', 'stop r', 'stop r']);
  });

  test('[G2] a start that has begun in order is stopped once, and by nobody before', async () => {
    const { call, recorder, passes } = driver();
    call('start');
    await passes();
    expect(recorder.told()).toEqual(['start r cloud 7 10000']);
    call('stop');
    await passes();
    expect(recorder.told()).toEqual(['stop r']);
  });
});

describe('a resume that is given up', () => {
  test.each([
    ['pause', 'pause r'],
    ['stop', 'stop r'],
  ] as const)('[G1] and takes effect late is undone by the %s that was called since', async (since, undone) => {
    const { begins, call, recorder, passes } = driver();
    await begins();
    call('pause');
    recorder.keeps('resume');
    call('resume');
    call(since);
    await passes();
    recorder.told();
    recorder.does('resume');
    await passes();
    expect(recorder.told()).toEqual([undone]);
  });

  test('[G1] and takes effect late is stopped where it cannot be paused', async () => {
    const { begins, call, recorder, passes } = driver();
    await begins();
    recorder.keeps('resume');
    call('resume');
    recorder.fails('pause');
    call('pause');
    await passes();
    recorder.told();
    recorder.does('resume');
    await passes();
    expect(recorder.told()).toEqual(['pause r', 'stop r']);
  });
});

describe('a lease', () => {
  test('[G2] is renewed every 2 s from the start on, before it has resolved', async () => {
    const { call, recorder, passes, renewsFailed } = driver({ hasLease: true });
    recorder.keeps('start');
    call('start');
    await passes(4100);
    expect(recorder.told()).toEqual(['start r cloud 7 10000', 'renew r 7 10000', 'renew r 7 10000']);
    // It is not lost before there is one.
    recorder.fails('renew');
    await passes(20_000);
    expect(renewsFailed()).toBe(0);
  });

  test('[G2] is renewed from the commit on, however late that comes', async () => {
    const { call, driven, recorder, passes } = driver({ hasLease: true });
    call('start');
    await passes(3000);
    driven.open(() => true);
    recorder.told();
    await passes(2100);
    expect(recorder.told()).toEqual(['renew r 7 10000']);
  });

  test('[G2] of a start that failed is not renewed any more', async () => {
    const { call, recorder, passes } = driver({ hasLease: true });
    recorder.fails('start');
    call('start');
    await passes();
    recorder.told();
    await passes(10_000);
    expect(recorder.told()).toEqual([]);
  });

  test('[G2] is no more renewed where there is none', async () => {
    const { begins, recorder, passes, driven, request } = driver({ hasLease: false });
    await begins();
    driven.adopt(request, []);
    await passes(10_000);
    expect(recorder.told()).toEqual([]);
  });

  test('[G2] that was not renewed for half of its time is lost, and not before', async () => {
    const { begins, recorder, passes, renewsFailed } = driver({ hasLease: true });
    await begins();
    await passes(60_000);
    expect(renewsFailed()).toBe(0);
    recorder.fails('renew');
    await passes(4900);
    expect(renewsFailed()).toBe(0);
    await passes(2100);
    expect(renewsFailed()).toBe(1);
  });

  test('[G2] is not lost while it is handed over: whoever took it may renew it; it is soon after, if nobody did', async () => {
    const { begins, recorder, passes, renewsFailed, handsOver } = driver({ hasLease: true });
    await begins();
    recorder.fails('renew');
    handsOver(true);
    await passes(20_000);
    expect(renewsFailed()).toBe(0);
    handsOver(false);
    await passes(1000);
    expect(renewsFailed()).toBe(1);
  });

  test('[G2] whose first renewal never works is lost too', async () => {
    const { begins, recorder, passes, renewsFailed } = driver({ hasLease: true });
    recorder.fails('renew');
    await begins();
    await passes(6900);
    expect(renewsFailed()).toBe(0);
    await passes(200);
    expect(renewsFailed()).toBe(1);
  });

  test('[G9] is asked for once at a time, and again when an answer has come', async () => {
    const { begins, recorder, passes, renewsFailed } = driver({ hasLease: true });
    recorder.keeps('renew');
    await begins();
    await passes(6100);
    expect(recorder.told()).toEqual(['renew r 7 10000']);
    recorder.does('renew');
    await passes(2000);
    expect([recorder.told(), renewsFailed()]).toEqual([['renew r 7 10000'], 0]);
    recorder.refuses('renew');
    await passes(2000);
    expect(recorder.told()).toEqual(['renew r 7 10000']);
  });

  test('[G2] of a capture that was handed over is renewed as its own', async () => {
    const { driven, request, recorder, passes, renewsFailed } = driver({ hasLease: true });
    driven.adopt(request, ['bo']);
    expect(driven.inclusion.held).toEqual(['bo']);
    await passes(2100);
    expect(recorder.told()).toEqual(['renew r 7 10000']);
    recorder.fails('renew');
    await passes(7000);
    expect(renewsFailed()).toBe(1);
  });

  test.each(['stop', 'fence'] as const)('[G2] is neither renewed nor lost after a %s', async (each) => {
    const { begins, call, recorder, passes, renewsFailed } = driver({ hasLease: true });
    await begins();
    await passes(2100);
    call(each);
    await passes();
    recorder.told();
    await passes(20_000);
    expect([recorder.told(), renewsFailed()]).toEqual([[], 0]);
  });

  test('[G2] of a renewal that is answered after the end is not watched', async () => {
    const { begins, call, recorder, passes, renewsFailed } = driver({ hasLease: true });
    recorder.keeps('renew');
    await begins();
    await passes(2100);
    call('stop');
    recorder.does('renew');
    await passes(20_000);
    expect(renewsFailed()).toBe(0);
  });

  test('[G2] runs on as long as a renewal under way may still say, so a stop that failed is told after that', async () => {
    const { begins, call, recorder, passes, heard } = driver({ hasLease: true });
    recorder.keeps('renew');
    recorder.fails('stop');
    await begins();
    await passes(2100);
    call('stop');
    await passes(1000);
    expect(heard()).toEqual([]);
    recorder.does('renew');
    await passes();
    expect(heard()).toEqual(['stop: capture/failed']);
  });
});

describe('who is in it', () => {
  test('[G1] is told to the recorder from the commit on, and nobody comes in after a stop', async () => {
    const { driven, call, recorder, passes } = driver();
    call('start');
    await passes();
    recorder.told();
    driven.inclusion.reconcile(['bo']);
    expect(recorder.told()).toEqual([]);
    driven.open((id) => id !== 'dee');
    driven.inclusion.reconcile(['bo', 'dee']);
    call('stop');
    driven.inclusion.reconcile(['cy']);
    await passes();
    expect([recorder.told(), driven.inclusion.held]).toEqual([['include r bo', 'stop r'], ['bo']]);
    driven.close();
    expect(driven.inclusion.held).toEqual([]);
  });

  test('[G1] is nobody before anything was asked for', () => {
    const { driven, recorder } = driver();
    driven.open(() => true);
    driven.inclusion.reconcile(['bo']);
    expect([recorder.calls, driven.inclusion.held]).toEqual([[], []]);
  });

  test('[G1] a pause does not end, nor does it put off a renewal', async () => {
    const { begins, call, driven, recorder, passes } = driver({ hasLease: true });
    await begins();
    await passes(1500);
    call('pause');
    driven.inclusion.reconcile(['bo']);
    await passes(600);
    expect(recorder.told()).toEqual(['pause r', 'include r bo', 'renew r 7 10000']);
  });

  test('[G2] after the end nothing is renewed', async () => {
    const { begins, driven, recorder, passes, renewsFailed } = driver({ hasLease: true });
    await begins();
    driven.close();
    await passes(20_000);
    expect([recorder.told(), renewsFailed()]).toEqual([[], 0]);
  });
});
