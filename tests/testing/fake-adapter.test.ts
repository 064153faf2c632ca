import { describe, expect, test } from 'vitest';
import { createSession } from '../../src/session/session.ts';
import { simulatedClock } from '../../src/simulator/simulated-clock.ts';
import { fakeAdapter } from '../../src/testing/fake-adapter.ts';
import { inMemoryNetwork } from '../../src/transport/in-memory.transport.ts';
import type { AdapterFact } from '../../src/transport/transport.types.ts';

test('a fake adapter tells every fact that the test brings about, as it is', () => {
  const clock = simulatedClock();
  clock.runFor(1500);
  const adapter = fakeAdapter({ clock });
  const facts: AdapterFact[] = [];
  adapter.subscribe((fact) => facts.push(fact));
  adapter.joins('bo#1', { channel: 'phone', sdk: false });
  adapter.shares(true);
  adapter.seesCapture({ platformId: 'p1', active: true, startedBy: 'bo' });
  adapter.pressesKey('1');
  adapter.says({ fact: 'segment', segment: { text: 'hello' } });
  adapter.leaves('bo#1');
  expect(facts).toEqual([
    { fact: 'joined', endpoint: 'bo#1', channel: 'phone', sdk: false },
    { fact: 'sharing', active: true, at: 1500 },
    { fact: 'capture-seen', platformId: 'p1', active: true, startedBy: 'bo' },
    { fact: 'key', key: '1' },
    { fact: 'segment', segment: { text: 'hello' } },
    { fact: 'left', endpoint: 'bo#1' },
  ]);
  expect(adapter.snapshot()).toEqual({
    captures: [{ platformId: 'p1', active: true, startedBy: 'bo' }],
    sharing: true,
  });
});

test('its focus and its devices do what the test says, and no hold lifts a moderator’s lock', () => {
  const adapter = fakeAdapter({ clock: simulatedClock() });
  const told: unknown[] = [];
  const end = adapter.focus.subscribe((state, at) => told.push([state, at]));
  adapter.turnsFocus('lost');
  adapter.turnsFocus('lost');
  adapter.turnsFocus('cannot-tell');
  end();
  adapter.turnsFocus('focused');
  expect(told).toEqual([
    ['lost', 0],
    ['cannot-tell', 0],
  ]);
  expect(adapter.focus.state()).toBe('focused');

  adapter.locks('microphone', true);
  adapter.devices.hold(['microphone', 'camera']);
  adapter.devices.release(['microphone', 'camera'], ['microphone', 'camera']);
  expect(adapter.devices.state()).toEqual({ microphone: false, camera: true, screen: false, chat: true });
  adapter.locks('microphone', false);
  adapter.switches('microphone', true);
  expect(adapter.devices.state().microphone).toBe(true);
});

test('its recorder holds whom it was told to, fails and hangs as the test says, and crashes with a code', async () => {
  const adapter = fakeAdapter({ clock: simulatedClock() });
  const { capture, recorder } = adapter;
  if (!capture) throw new Error('no recorder');
  const command = {
    recordingId: 'r1',
    storage: 'cloud' as const,
    epoch: { number: 1, id: 'hana', incarnation: 'a' },
    leaseMs: 10_000,
    signal: new AbortController().signal,
  };
  const facts: unknown[] = [];
  capture.subscribe((fact) => facts.push(fact));
  recorder.fails('start');
  await expect(capture.start(command)).rejects.toThrow('simulated: start fails');
  recorder.fails();
  await capture.start(command);
  expect(recorder.holds('bo')).toBe(false);
  await capture.include('r1', ['bo']);
  expect(recorder.holds('bo')).toBe(true);

  recorder.hangs('exclude');
  const states: string[] = [];
  void capture.exclude('r1', ['bo']).then(() => states.push('ended'));
  recorder.hangs();
  await capture.snapshot();
  expect(states).toEqual([]);

  recorder.crashes('disk-full');
  expect(facts).toEqual([{ fact: 'ended', recordingId: 'r1', code: 'disk-full' }]);
  expect(recorder.holds('bo')).toBe(false);
});

test('without a recorder there is none', () => {
  expect(fakeAdapter({ recorder: false }).capture).toBeUndefined();
  expect(fakeAdapter({ recorder: { exclude: false, pause: false } }).capture?.capabilities).toEqual({
    exclude: false,
    pause: false,
    lease: true,
    storage: ['cloud', 'local'],
  });
});

describe('a session on a fake adapter', () => {
  test('[G10] shows what the platform records by itself, and that it has ended', async () => {
    const adapter = fakeAdapter();
    const session = createSession({ adapter });
    await session.join();
    expect(session.getSnapshot().connection).toBe('local-only');
    adapter.seesCapture({ platformId: 'p1', active: true });
    expect(session.status('recording')).toBe('on');
    expect(session.getSnapshot().notices).toHaveLength(1);
    adapter.seesCapture({ platformId: 'p1', active: false });
    expect(session.status('recording')).toBe('off');
    await session.leave();
  });

  test('[G1] records who has agreed by key, and nobody before', async () => {
    const network = inMemoryNetwork();
    const connect = (participantId: string, role: 'host' | 'participant', channel: 'app' | 'phone') =>
      fakeAdapter({
        meetingId: 'weekly',
        self: { id: participantId, role, channel },
        transport: network.connect({ participantId, role, channel }),
        recorder: role === 'host' ? {} : false,
      });
    const host = connect('hana', 'host', 'app');
    const caller = connect('pat', 'participant', 'phone');
    const hana = createSession({ adapter: host, policy: 'all-party' });
    const pat = createSession({ adapter: caller });
    pat.on('cueRequested', ({ cueId }) => pat.confirmCue(cueId, 'played'));
    await hana.join();
    await pat.join();
    const asked = pat.once('noticeRaised');
    const outcome = hana.requestRecording({ storage: 'cloud' });
    await asked;
    expect(host.recorder.holds('pat')).toBe(false);
    await expect.poll(() => pat.getSnapshot().prompt?.shown).toBe(true);
    caller.pressesKey('1');
    expect(await outcome).toMatchObject({ outcome: 'started' });
    await expect.poll(() => host.recorder.holds('pat')).toBe(true);
    await hana.stopRecording();
    expect(host.recorder.holds('pat')).toBe(false);
    await pat.leave();
    await hana.leave();
  });
});
