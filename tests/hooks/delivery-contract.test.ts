import { expect, test } from 'vitest';
import type { HookName } from '../../src/hooks/hooks.types.ts';
import type { SessionSnapshot } from '../../src/session/session.types.ts';
import { failed, throws } from './failing-listener.ts';
import { inEachWay, joinedMeeting, meeting } from './meeting.ts';
import { copiesIn, partsOf } from './parts.ts';

// The titles are the sentences of docs/hooks.md, in its order (tests/hooks/hooks-doc.test.ts).

test('A snapshot is new before the hook that tells of the change fires.', async () => {
  const { bo, joins, asks, agrees, withdraws } = meeting();
  const told: unknown[] = [];
  const shown: unknown[] = [];
  const compare = (one: unknown, other: unknown) => told.push(one) && shown.push(other);
  bo.on('connectionChanged', ({ connection }) => compare(connection, bo.getSnapshot().connection));
  bo.on('indicatorChanged', ({ purpose, status }) => compare(status, bo.getSnapshot().indicators[purpose]));
  bo.on('consentChanged', ({ purpose, consent }) => compare(consent, bo.getSnapshot().self.consents[purpose]));
  bo.on('captureChanged', ({ captured }) => compare(captured, bo.getSnapshot().self.captured));
  bo.on('holdChanged', ({ held }) => compare({ held }, { held: bo.getSnapshot().hold !== null }));
  await joins('hana');
  await joins('bo');
  await asks();
  await agrees();
  await withdraws();
  const recorded = ['asking', 'requested', 'shown', 'on', 'given', true];
  const withdrawn = [{ held: true }, 'withdrawn', false, { held: false }];
  expect(told).toEqual(['joining', 'off', 'off', 'off', 'connected', ...recorded, ...withdrawn]);
  expect(shown).toEqual(told);
});

test('All hooks of one change find the same snapshot.', async () => {
  const { bo, joins } = meeting();
  await joins('hana');
  const found = new Map<SessionSnapshot, string[]>();
  bo.onAny(({ hook }) => found.set(bo.getSnapshot(), [...(found.get(bo.getSnapshot()) ?? []), hook]));
  await joins('bo');
  const indicators = ['indicatorChanged', 'indicatorChanged', 'indicatorChanged'];
  expect([...found.values()]).toEqual([['connectionChanged'], [...indicators, 'connectionChanged']]);
});

test('A notice that is raised is in the snapshot by then, and one that is closed is not.', async () => {
  const { bo, asks, agrees } = await joinedMeeting();
  const told: unknown[] = [];
  const shown: unknown[] = [];
  bo.on('noticeRaised', (notice) => told.push([notice]) && shown.push(bo.getSnapshot().notices));
  bo.on('noticeClosed', () => told.push([]) && shown.push(bo.getSnapshot().notices));
  await asks();
  await agrees();
  expect(told).toHaveLength(2);
  expect(shown).toEqual(told);
});

test('Hooks fire in the order of their causes.', async () => {
  const { hana, bo, asks, agrees, settle } = await joinedMeeting();
  const told: string[] = [];
  bo.onAny(({ hook }) => told.push(hook));
  await asks();
  await agrees();
  for (const act of [hana.pauseRecording, hana.resumeRecording, hana.stopRecording]) {
    void act();
    await settle();
  }
  const asked = ['indicatorChanged', 'cueRequested', 'consentChanged', 'noticeRaised', 'consentChanged'];
  const agreed = ['indicatorChanged', 'consentChanged', 'noticeClosed'];
  const started = ['recordingStarted', 'cueRequested', 'captureChanged'];
  const after = (hook: string) => ['indicatorChanged', 'cueRequested', hook, 'captureChanged'];
  const acts = ['recordingPaused', 'recordingResumed', 'recordingStopped'].flatMap(after);
  expect(told).toEqual([...asked, ...agreed, ...started, ...acts]);
});

test('`subscribe` listeners are told before the hooks of the same change.', async () => {
  const { bo, changes } = await joinedMeeting();
  const told: string[] = [];
  bo.on('connectionChanged', ({ connection }) => told.push(connection));
  bo.subscribe(() => told.push('snapshot'));
  await changes();
  expect(told).toEqual(['snapshot', 'lost']);
});

test('`subscribe` listeners are told once of each new snapshot, and of nothing else.', async () => {
  const { bo, changes, garbles } = await joinedMeeting();
  const shown: SessionSnapshot[] = [bo.getSnapshot()];
  const hooks: string[] = [];
  bo.subscribe(() => shown.push(bo.getSnapshot()));
  bo.onAny(({ hook }) => hooks.push(hook));
  for (const happens of [changes, garbles, changes, garbles]) await happens();
  expect(hooks).toEqual(['connectionChanged', 'protocolFailed', 'connectionChanged', 'protocolFailed']);
  expect(shown.map(({ connection }) => connection)).toEqual(['connected', 'lost', 'connected']);
  expect(new Set(shown).size).toBe(shown.length);
});

test('Listeners are told in the order in which they were added, those of `onAny` after those of `on`.', async () => {
  const { bo, changes } = await joinedMeeting();
  const told: string[] = [];
  for (const turn of ['first', 'second']) {
    bo.onAny(() => told.push(`${turn} onAny`));
    bo.on('connectionChanged', () => told.push(`${turn} on`));
    bo.subscribe(() => told.push(`${turn} subscribe`));
  }
  await changes();
  expect(told).toEqual(['subscribe', 'on', 'onAny'].flatMap((way) => [`first ${way}`, `second ${way}`]));
});

test('[G9] A listener that throws stops no other listener and is reported by `listenerFailed`.', async () => {
  const { bo, changes } = await joinedMeeting();
  const told: unknown[] = [];
  bo.subscribe(throws);
  bo.subscribe(() => told.push('snapshot'));
  bo.on('connectionChanged', throws);
  bo.on('connectionChanged', () => told.push('on'));
  bo.onAny(({ hook }) => hook === 'connectionChanged' && throws());
  bo.onAny(({ hook }) => told.push(hook));
  bo.on('listenerFailed', (failure) => told.push(failure));
  await changes();
  const failures = ['subscribe', 'connectionChanged', 'connectionChanged'];
  const reported = failures.flatMap((hook) => [failed(hook), 'listenerFailed']);
  expect(told).toEqual(['snapshot', 'on', 'connectionChanged', ...reported]);
});

test('[G9] A failing `listenerFailed` listener is not reported again.', async () => {
  const { bo, changes } = await joinedMeeting();
  const told: unknown[] = [];
  bo.on('connectionChanged', throws);
  bo.on('listenerFailed', throws);
  bo.onAny(({ hook }) => hook === 'listenerFailed' && throws());
  bo.on('listenerFailed', (failure) => told.push(failure));
  await changes();
  await changes();
  expect(told).toEqual([failed('connectionChanged'), failed('connectionChanged')]);
});

test('[G9] A promise that a listener returns is not waited for, and is reported by `listenerFailed` if it rejects.', async () => {
  const { bo, changes } = await joinedMeeting();
  const told: unknown[] = [];
  bo.on('connectionChanged', async () => {
    told.push('begins');
    await Promise.resolve();
    told.push('ends');
    throws();
  });
  bo.on('connectionChanged', () => told.push('next'));
  bo.on('listenerFailed', (payload) => told.push(payload));
  await changes();
  expect(told).toEqual(['begins', 'next', 'ends', failed('connectionChanged')]);
});

test('A listener that calls a command from inside a hook has its effects delivered after the hooks under way.', async () => {
  const { bo, asks, agrees } = await joinedMeeting();
  const told: unknown[] = [];
  await asks();
  bo.on('recordingStarted', () => {
    void bo.withdrawConsent('recording');
    told.push(['called', bo.getSnapshot().hold]);
  });
  bo.onAny(({ hook, payload }) => told.push(hook === 'holdChanged' ? [hook, payload.because] : hook));
  await agrees();
  const from = told.findIndex((each) => Array.isArray(each));
  const effect = ['holdChanged', 'withdrawing'];
  expect(told.slice(from, from + 4)).toEqual([['called', null], 'recordingStarted', 'cueRequested', effect]);
});

test('[G3] Called outside of a hook, `withdrawConsent` tells of its hold before it returns.', async () => {
  const { bo, asks, agrees } = await joinedMeeting();
  await asks();
  await agrees();
  const told: unknown[] = [];
  bo.on('holdChanged', ({ held, because, devices }) => told.push({ held, because, devices }));
  void bo.withdrawConsent('recording');
  expect(told).toEqual([{ held: true, because: 'withdrawing', devices: ['microphone', 'camera', 'screen'] }]);
});

test('The same listener subscribed twice is told twice, and each subscription ends on its own.', () =>
  inEachWay(['lost', 'lost', 'connected'], async ({ listen, tells, changes }) => {
    const [endFirst, endSecond] = [listen(tells), listen(tells)];
    await changes();
    endFirst();
    await changes();
    endSecond();
    await changes();
  }));

test('A listener that another of its kind ends still hears the hook or snapshot being told, and none after it.', () =>
  inEachWay(['lost'], async ({ listen, tells, changes }) => {
    const ends: (() => void)[] = [];
    listen(() => ends.forEach((end) => void end()));
    ends.push(listen(tells));
    await changes();
    await changes();
  }));

test('A listener that another of its kind adds hears the next hook or snapshot, not the one being told.', () =>
  inEachWay(['connected', 'lost'], async ({ listen, tells, changes }) => {
    const end = listen(() => {
      end();
      listen(tells);
    });
    for (let change = 1; change <= 3; change += 1) await changes();
  }));

test('An aborted signal ends a subscription; one already aborted never starts it.', async () => {
  const { bo, changes } = await joinedMeeting();
  const told: string[] = [];
  const controller = new AbortController();
  bo.on('connectionChanged', ({ connection }) => told.push(connection), { signal: controller.signal });
  bo.on('connectionChanged', () => told.push('never'), { signal: AbortSignal.abort() });
  await changes();
  controller.abort();
  await changes();
  expect(told).toEqual(['lost']);
});

test('`once` resolves with the first payload after it was called.', async () => {
  const { bo, changes } = await joinedMeeting();
  const first = bo.once('connectionChanged');
  await changes();
  await changes();
  expect(await first).toEqual({ connection: 'lost', authorityId: 'hana' });
});

test('`once` outlives `leave` as well, and an aborted signal rejects it with `session/aborted`.', async () => {
  const { bo, joins, leaves } = await joinedMeeting();
  const controller = new AbortController();
  const next = bo.once('indicatorChanged');
  const ended = bo.once('indicatorChanged', { signal: controller.signal });
  const neverBegun = bo.once('indicatorChanged', { signal: AbortSignal.abort() });
  await expect(neverBegun).rejects.toMatchObject({ name: 'NoticeError', code: 'session/aborted' });
  await leaves('bo');
  controller.abort('the page is closed');
  await expect(ended).rejects.toMatchObject({ code: 'session/aborted', cause: 'the page is closed' });
  await joins('bo');
  expect(await next).toEqual({ purpose: 'recording', status: 'off' });
});

test("A name that is no hook's is a `TypeError` that says which hook was meant; a listener that is no function is one too.", () => {
  const { bo } = meeting();
  const misspelt = 'recordingStartd' as 'recordingStarted';
  const meant = new TypeError('There is no hook "recordingStartd"; did you mean "recordingStarted"?');
  expect(() => bo.on(misspelt, () => {})).toThrow(meant);
  expect(() => bo.once(misspelt)).toThrow(meant);
  expect(() => bo.on('toString' as HookName, () => {})).toThrow(TypeError);
  expect(() => bo.on(undefined as never, () => {})).toThrow(TypeError);
  for (const listen of [bo.subscribe, bo.onAny, (none: never) => bo.on('noticeRaised', none)]) {
    expect(() => listen(undefined as never)).toThrow(new TypeError('A listener must be a function, not undefined.'));
  }
});

test('`getSnapshot` returns the same object until something changes.', async () => {
  const { bo, joins, garbles, changes, waits } = meeting();
  const idle = bo.getSnapshot();
  expect(bo.getSnapshot()).toBe(idle);
  await joins('hana');
  await joins('bo');
  const joined = bo.getSnapshot();
  await garbles();
  await waits(10_000);
  expect(bo.getSnapshot()).toBe(joined);
  await changes();
  expect(new Set([idle, joined, bo.getSnapshot()]).size).toBe(3);
});

test('A part of the snapshot that did not change keeps its identity.', async () => {
  const { bo, asks, agrees, withdraws } = await joinedMeeting();
  const shown: SessionSnapshot[] = [bo.getSnapshot()];
  bo.subscribe(() => shown.push(bo.getSnapshot()));
  await asks();
  await agrees();
  await withdraws();
  expect(shown.length).toBeGreaterThan(5);
  for (const [place, now] of shown.slice(1).entries()) expect(copiesIn(shown[place], now)).toEqual([]);
  for (const { prompt, notices } of shown) if (prompt) expect(notices).toContain(prompt);
});

test('A snapshot, what a hook carries, and everything in them is frozen.', async () => {
  const { hana, bo, joins, asks, agrees, waits } = meeting();
  const seen: unknown[] = [bo.getSnapshot()];
  for (const session of [hana, bo]) {
    session.subscribe(() => seen.push(session.getSnapshot()));
    session.onAny((hook) => seen.push(hook));
  }
  const told: string[] = [];
  hana.onAny(({ hook }) => told.push(hook));
  await joins('hana');
  await joins('bo');
  await asks();
  await agrees();
  await waits(16);
  expect(told).toContain('rosterChanged');
  expect(seen.length).toBeGreaterThan(40);
  expect(seen.flatMap(partsOf).filter((part) => !Object.isFrozen(part))).toEqual([]);
});

test('Nothing that happens in a meeting is told before `join` or after `leave`.', async () => {
  const { hana, bo, joins, leaves, asks, garbles, waits } = meeting();
  const told: unknown[] = [];
  bo.subscribe(() => told.push(bo.getSnapshot()));
  bo.onAny((each) => told.push(each));
  await joins('hana');
  await asks();
  await garbles();
  await waits(60_000);
  expect(told).toEqual([]);
  await joins('bo');
  await leaves('bo');
  const until = told.length;
  void hana.stopRecording();
  await garbles();
  await waits(60_000);
  expect(told.slice(until)).toEqual([]);
});

test('A session that leaves has told of it by `connectionChanged` before `leave` resolves.', async () => {
  const { bo, asks } = await joinedMeeting();
  await asks();
  const told: unknown[] = [];
  bo.on('noticeClosed', ({ because }) => told.push(['noticeClosed', because]));
  bo.on('connectionChanged', (payload) => told.push(payload));
  await bo.leave();
  told.push('resolved');
  expect(told).toEqual([['noticeClosed', 'left'], { connection: 'left', authorityId: undefined }, 'resolved']);
});

test('A subscription outlives `leave` and holds for the next `join`.', async () => {
  const { bo, joins, leaves } = meeting();
  const told: string[] = [];
  bo.on('connectionChanged', ({ connection }) => told.push(connection));
  await joins('hana');
  await joins('bo');
  await leaves('bo');
  await joins('bo');
  expect(told).toEqual(['joining', 'connected', 'left', 'joining', 'connected']);
});
