import { describe, expect, test } from 'vitest';
import { Inclusion } from '../../src/authority/inclusion.ts';
import { captureUnsupported } from '../../src/core/errors.ts';
import type { RecordingRequest } from '../../src/recording/recording.types.ts';
import { desk, recorderInHand, requestOf } from './recorder-in-hand.ts';

/** Who is in a recorder's output, where the test says who may be. */
function inclusion(more: Partial<RecordingRequest> = {}, { isOpen = true, hasRecorder = true } = {}) {
  const { passes, timers, post, errors } = desk();
  const recorder = recorderInHand();
  const may = new Set<string>();
  const told: string[] = [];
  const who = new Inclusion({
    capture: hasRecorder ? recorder.capture : undefined,
    timers,
    post,
    excludeFailed: (code) => void told.push(`exclude failed ${code}`),
    freed: () => void told.push('freed'),
    gated: (ids) => void told.push(`gated ${ids.join(' ')}`),
  });
  const request = requestOf(more);
  if (isOpen) who.open(request, (id) => may.has(id));
  return {
    who,
    recorder,
    may,
    told,
    request,
    passes,
    errors,
    allow(...ids: readonly string[]) {
      for (const id of ids) may.add(id);
      who.reconcile(ids);
    },
    forbid(...ids: readonly string[]) {
      for (const id of ids) may.delete(id);
      who.reconcile(ids);
    },
  };
}

describe('whom the recorder is told to take', () => {
  test('[G1] are those who may be in it, in one call, and each once', async () => {
    const { who, recorder, allow, passes } = inclusion();
    who.reconcile(['bo', 'cy', 'dee']);
    expect(recorder.told()).toEqual([]);
    allow('bo', 'cy');
    expect([recorder.told(), who.held, who.has('bo'), who.has('dee')]).toEqual([
      ['include r bo cy'],
      ['bo', 'cy'],
      true,
      false,
    ]);
    await passes();
    allow('bo', 'cy');
    expect(recorder.told()).toEqual([]);
  });

  test.each<[string, Partial<RecordingRequest>, { isOpen?: boolean; hasRecorder?: boolean }]>([
    ['a recorder that cannot leave anybody out', { canExclude: false }, {}],
    ['a capture that has not committed', {}, { isOpen: false }],
    ['no recorder', {}, { hasRecorder: false }],
  ])('[G1] is nobody where there is %s', (_, more, how) => {
    const { who, recorder, allow } = inclusion(more, how);
    allow('bo');
    expect([recorder.calls, who.held]).toEqual([[], []]);
  });

  test('[G1] is nobody once it winds down, while who must go still goes', async () => {
    const { who, recorder, allow, forbid, passes } = inclusion();
    allow('bo');
    await passes();
    who.windDown();
    allow('cy');
    forbid('bo');
    expect(recorder.calls).toEqual(['include r bo', 'exclude r bo']);
  });

  test('[G1] is nobody before it is said who may be, though it was handed over running', () => {
    const { who, recorder, request } = inclusion({}, { isOpen: false });
    who.adopt(request, ['bo']);
    who.reconcile(['cy']);
    expect([who.held, who.holdsUnwanted, recorder.calls]).toEqual([['bo'], true, []]);
    who.reconcile(['bo']);
    expect(recorder.calls).toEqual(['exclude r bo']);
  });

  test('[G2] of one that was handed over, those who are in it already are not told again', () => {
    const { who, recorder, request } = inclusion({}, { isOpen: false });
    who.adopt(request, ['bo']);
    who.open(request, () => true);
    who.reconcile(['bo', 'cy']);
    expect([recorder.calls, who.held, who.holdsUnwanted]).toEqual([['include r cy'], ['bo', 'cy'], false]);
  });

  test('[G1] is nobody after it has ended, and it holds nobody then', async () => {
    const { who, recorder, allow, forbid, passes } = inclusion();
    recorder.keeps('exclude');
    allow('bo', 'cy');
    await passes();
    forbid('bo');
    recorder.told();
    who.close();
    expect([who.held, who.isStuck, who.holdsUnwanted, who.has('bo')]).toEqual([[], false, false, false]);
    allow('bo', 'dee');
    expect(recorder.told()).toEqual([]);
  });
});

describe('whom the recorder is told to leave out', () => {
  test('[G3] are in it until it has said so, and may then come again', async () => {
    const { who, recorder, allow, forbid, passes, told } = inclusion();
    recorder.keeps('exclude');
    allow('bo', 'cy');
    await passes();
    told.splice(0);
    forbid('bo');
    expect([who.has('bo'), who.holdsUnwanted, who.isStuck, who.held]).toEqual([true, true, false, ['cy', 'bo']]);
    allow('bo');
    expect(recorder.told()).toEqual(['include r bo cy', 'exclude r bo']);
    recorder.does('exclude');
    await passes();
    // They may be in it again by now, and are brought back.
    expect([recorder.told(), told]).toEqual([['include r bo'], ['freed', 'gated bo', 'gated bo']]);
    expect([who.holdsUnwanted, who.has('bo')]).toEqual([false, true]);
  });

  test('[G3] are told of as out of it when the recorder has said so', async () => {
    const { who, recorder, allow, forbid, passes, told } = inclusion();
    allow('bo', 'cy');
    await passes();
    told.splice(0);
    recorder.told();
    forbid('bo', 'cy');
    await passes();
    expect([recorder.told(), told, who.held]).toEqual([['exclude r bo cy'], ['freed', 'gated bo cy'], []]);
  });

  test('[G1] who may no longer be in it is unwanted before the recorder is told', async () => {
    const { who, may, allow } = inclusion();
    allow('bo', 'cy');
    expect(who.holdsUnwanted).toBe(false);
    may.delete('cy');
    expect(who.holdsUnwanted).toBe(true);
  });
});

describe('an exclude that fails', () => {
  /** bo was in it, and could not be left out. */
  async function failing(error?: unknown) {
    const all = inclusion();
    all.allow('bo', 'cy');
    await all.passes();
    all.told.splice(0);
    all.recorder.told();
    if (error === undefined) all.recorder.keeps('exclude');
    else all.recorder.fails('exclude', error);
    all.forbid('bo');
    await all.passes();
    return all;
  }

  test('[G1] leaves them in it as far as anybody knows, says so by its code, and is tried every 2 s', async () => {
    const { who, recorder, told, passes, forbid } = await failing(captureUnsupported('x'));
    expect([told, who.isStuck, who.has('bo')]).toEqual([
      ['exclude failed capture/unsupported', 'gated bo'],
      true,
      true,
    ]);
    forbid('bo');
    await passes(1900);
    expect(recorder.told()).toEqual(['exclude r bo']);
    await passes(200);
    expect([recorder.told(), who.isStuck]).toEqual([['exclude r bo'], true]);
    recorder.works('exclude');
    told.splice(0);
    await passes(2000);
    expect([recorder.told(), who.isStuck, who.has('bo'), told]).toEqual([
      ['exclude r bo'],
      false,
      false,
      ['freed', 'gated bo'],
    ]);
    await passes(10_000);
    expect(recorder.told()).toEqual([]);
  });

  test('[G9] that comes to nothing counts as one after the time for a call, and its own answer no more', async () => {
    const { who, recorder, told, passes } = await failing();
    await passes(9900);
    expect([told, who.isStuck]).toEqual([[], false]);
    await passes(200);
    expect([told, who.isStuck]).toEqual([['exclude failed capture/timed-out', 'gated bo'], true]);
    recorder.does('exclude');
    await passes();
    expect([who.isStuck, who.has('bo')]).toEqual([true, true]);
  });

  test('[G9] without a reason is one all the same', async () => {
    const { recorder, told, passes } = await failing();
    recorder.refuses('exclude', null);
    await passes();
    expect(told).toEqual(['exclude failed capture/failed', 'gated bo']);
  });

  test('[G1] [G9] is over when they may be in it again: nothing stands against going on', async () => {
    const { who, recorder, may, told, passes } = await failing(new Error('x'));
    told.splice(0);
    recorder.told();
    may.add('bo');
    await passes(2100);
    expect([recorder.told(), who.isStuck, who.has('bo'), told]).toEqual([[], false, true, ['freed']]);
  });

  test('[G1] holds nobody else up: who leaves meanwhile is out, and it stays stuck for the other', async () => {
    const { who, recorder, told, passes, forbid } = await failing(new Error('x'));
    recorder.works('exclude');
    told.splice(0);
    forbid('cy');
    await passes();
    expect([told, who.isStuck, who.held]).toEqual([['gated cy'], true, ['bo']]);
  });

  test('[G9] is not tried again after it has ended', async () => {
    const { who, recorder, passes, told } = await failing(new Error('x'));
    recorder.told();
    told.splice(0);
    who.close();
    await passes(10_000);
    expect([recorder.told(), told]).toEqual([[], []]);
  });
});

describe('an include that fails', () => {
  test('[G1] leaves them out in case some were taken, and is tried again after 2 s', async () => {
    const { who, recorder, allow, passes, told } = inclusion();
    recorder.fails('include');
    allow('bo', 'cy');
    await passes();
    expect([recorder.told(), who.held]).toEqual([['include r bo cy', 'exclude r bo cy'], []]);
    expect(told).toEqual(['gated bo cy', 'freed', 'gated bo cy']);
    allow('bo');
    await passes(1900);
    expect(recorder.told()).toEqual([]);
    recorder.works('include');
    await passes(200);
    expect([recorder.told(), who.held]).toEqual([['include r bo cy'], ['bo', 'cy']]);
    await passes(10_000);
    expect(recorder.told()).toEqual([]);
  });

  test('[G1] is not tried again once it winds down', async () => {
    const { who, recorder, allow, passes } = inclusion();
    recorder.fails('include');
    allow('bo');
    await passes();
    who.windDown();
    recorder.told();
    await passes(5000);
    expect(recorder.told()).toEqual([]);
  });

  test('[G1] [G9] in time, and may still work later: they are left out twice, and it is paused until the second', async () => {
    const { who, recorder, allow, passes, told } = inclusion();
    recorder.keeps('include');
    allow('bo');
    told.splice(0);
    await passes(10_100);
    expect([recorder.told(), told, who.isStuck]).toEqual([
      ['include r bo', 'exclude r bo'],
      ['exclude failed capture/timed-out'],
      true,
    ]);
    recorder.does('include');
    await passes();
    expect([recorder.told(), told.slice(1), who.isStuck, who.has('bo')]).toEqual([
      ['exclude r bo'],
      ['freed', 'gated bo'],
      false,
      false,
    ]);
  });

  test('[G3] and is under way while its person withdraws: the withdrawal holds when both have ended', async () => {
    const { who, recorder, allow, forbid, passes, told } = inclusion();
    recorder.keeps('include');
    allow('bo', 'cy');
    told.splice(0);
    forbid('bo');
    expect([recorder.told(), told, who.isStuck]).toEqual([
      ['include r bo cy', 'exclude r bo'],
      ['exclude failed capture/timed-out'],
      true,
    ]);
    recorder.refuses('include');
    await passes();
    // Only cy was still to be in it.
    expect(recorder.told()).toEqual(['exclude r cy', 'exclude r bo']);
    expect([who.isStuck, who.held]).toEqual([false, []]);
    allow('bo');
    expect(recorder.told()).toEqual([]);
  });

  test('[G3] does not hold up a withdrawal of whom an earlier include has brought in', async () => {
    const { who, recorder, allow, forbid, passes, told } = inclusion();
    allow('bo');
    await passes();
    recorder.keeps('include');
    allow('cy');
    told.splice(0);
    forbid('bo');
    await passes();
    expect([told, who.isStuck, who.held]).toEqual([['freed', 'gated bo'], false, ['cy']]);
  });
});
