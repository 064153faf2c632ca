import { expect, test } from 'vitest';
import { createSession } from '../../src/session/session.ts';
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
