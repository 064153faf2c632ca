import { expect, test } from 'vitest';
import type { PolicyInput, PresetName } from '../../src/policy/policy.types.ts';
import { everything } from '../../src/session/everything.ts';
import { createSession, createSessionWith } from '../../src/session/session.ts';
import { simulatedClock } from '../../src/simulator/simulated-clock.ts';
import { type FakeRecorderOptions, fakeAdapter } from '../../src/testing/fake-adapter.ts';
import type { AdapterFact, MeetingAdapter } from '../../src/transport/transport.types.ts';

/** A platform that tells its client of captures and carries no messages. */
function platform() {
  const listeners = new Set<(fact: AdapterFact) => void>();
  const adapter: MeetingAdapter = {
    meetingId: 'weekly',
    self: () => ({ id: 'ann', role: 'participant' }),
    snapshot: () => ({ captures: [{ platformId: 'p', active: true }], sharing: false }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const tell = (fact: AdapterFact) => {
    for (const listener of listeners) listener(fact);
  };
  return { adapter, tell };
}

test('[G10] a capture that runs already raises its notice once, and its end closes it', async () => {
  const { adapter, tell } = platform();
  const session = createSession({ adapter });
  const told: unknown[] = [];
  session.on('noticeRaised', ({ noticeId }) => told.push(['raised', noticeId]));
  session.on('noticeClosed', ({ noticeId, because }) => told.push([because, noticeId]));
  await session.join();
  const { notices, connection, indicators } = session.getSnapshot();
  expect({ connection, recording: indicators.recording, notices: notices.length }).toEqual({
    connection: 'local-only',
    recording: 'on',
    notices: 1,
  });
  const noticeId = notices[0]?.noticeId;
  expect(told).toEqual([['raised', noticeId]]);
  tell({ fact: 'capture-seen', platformId: 'p', active: false });
  await expect.poll(() => session.status('recording')).toBe('off');
  expect(told).toEqual([
    ['raised', noticeId],
    ['capture-ended', noticeId],
  ]);
  await session.leave();
});

test('[G10] a notice of the same capture that asks for something else takes its place', async () => {
  const { adapter } = platform();
  const session = createSession({ adapter, policy: 'notice-only' });
  const told: unknown[] = [];
  session.on('noticeRaised', ({ kind }) => told.push(['raised', kind]));
  session.on('noticeClosed', ({ because }) => told.push(because));
  await session.join();
  expect(told).toEqual([['raised', 'prompt'], 'superseded', ['raised', 'banner']]);
  expect(session.getSnapshot().notices.map(({ kind }) => kind)).toEqual(['banner']);
  await session.leave();
});

test('[G10] a second capture is in the snapshot when it is told, and its end keeps what is told of the first', async () => {
  const { adapter, tell } = platform();
  const session = createSession({ adapter });
  await session.join();
  const [first] = session.getSnapshot().recordings;
  const listed: number[] = [];
  session.on('recordingStarted', () => listed.push(session.getSnapshot().recordings.length));
  tell({ fact: 'capture-seen', platformId: 'q', active: true });
  expect(listed).toEqual([2]);
  tell({ fact: 'capture-seen', platformId: 'q', active: false });
  expect(session.getSnapshot().recordings).toEqual([first]);
  expect(session.getSnapshot().recordings[0]).toBe(first);
  await session.leave();
});

/** A host whose platform has a recorder, and says who is there; nobody can be reached. */
async function hosting(policy: PresetName | PolicyInput, recorder: FakeRecorderOptions = {}) {
  const clock = simulatedClock();
  const adapter = fakeAdapter({ self: { id: 'hana', role: 'host' }, clock, recorder });
  const session = createSessionWith({ adapter, clock, policy }, { loaded: everything });
  await session.join();
  const passes = async (ms: number) => {
    for (let at = 0; at < ms; at += 100) {
      clock.runFor(100);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { adapter, session, passes };
}

test('[G1] whom a host’s platform names is no part of a recording that they cannot be asked about', async () => {
  const { adapter, session, passes } = await hosting('all-party');
  adapter.joins('bo', { channel: 'phone' });
  adapter.joins('cy');
  adapter.joins('hana');
  await passes(100);
  adapter.leaves('cy');
  void session.requestRecording({ storage: 'cloud' });
  await passes(5000);
  expect(session.getSnapshot().connection).toBe('local-only');
  expect(
    session.roster().rows.map(({ participantId, channel, captured }) => [participantId, channel, captured]),
  ).toEqual([
    ['hana', 'app', true],
    ['bo', 'phone', false],
  ]);
  expect([adapter.recorder.holds('hana'), adapter.recorder.holds('bo')]).toEqual([true, false]);
  void session.leave();
  await passes(2000);
  expect(adapter.recorder.holds('hana')).toBe(false);
});

test('[G1] a recorder that captures whoever is there does not begin beside somebody who cannot be asked, where the policy says so', async () => {
  const hold = { untilAnswered: 'hold', onLateJoin: 'hold', onRefusal: 'hold', onCannotBeAsked: 'block' } as const;
  const { adapter, session, passes } = await hosting({ extends: 'notice-only', recording: hold }, { exclude: false });
  adapter.joins('bo');
  await passes(100);
  void session.requestRecording({ storage: 'cloud' });
  await passes(5000);
  expect([session.status('recording'), adapter.recorder.holds('bo')]).toEqual(['asking', false]);
  adapter.leaves('bo');
  await passes(1000);
  expect([session.status('recording'), adapter.recorder.holds('hana')]).toEqual(['on', true]);
  void session.leave();
  await passes(2000);
});

test('whom a participant’s platform names is nothing to their own client', async () => {
  const { adapter, tell } = platform();
  const session = createSession({ adapter });
  await session.join();
  tell({ fact: 'joined', endpoint: 'bo' });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(session.roster().rows).toEqual(session.roster().rows.filter(({ participantId }) => participantId === 'ann'));
  expect(session.getSnapshot().connection).toBe('local-only');
  await session.leave();
});
