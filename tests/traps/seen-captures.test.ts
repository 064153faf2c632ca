import { expect, test } from 'vitest';
import { meeting } from '../session/meeting.ts';

test('[G10] a capture told of again, or with its starter named later, is one capture: nobody is asked twice', async () => {
  const { joins, sees } = meeting();
  const people = [await joins('hana', { role: 'host' }), await joins('bo'), await joins('cy')];
  await sees({ platformId: 'p', active: false });
  expect(people.map(({ session }) => session.status('recording'))).toEqual(['off', 'off', 'off']);
  for (const startedBy of [undefined, undefined, 'bo']) {
    await sees({ platformId: 'p', active: true, ...(startedBy !== undefined && { startedBy }) });
  }
  for (const { session, told } of people) {
    expect(session.getSnapshot().prompt?.kind).toBe('prompt');
    expect([told('noticeRaised').length, told('recordingStarted').length, told('noticeClosed')]).toEqual([1, 1, []]);
  }
});

test('[G10] who is known to have started a capture elsewhere is told of it, and everyone else is asked', async () => {
  const { joins, sees } = meeting();
  const [hana, bo, cy] = [await joins('hana', { role: 'host' }), await joins('bo'), await joins('cy')];
  await sees({ platformId: 'p', active: true, startedBy: 'bo' });
  const kinds = [hana, bo, cy].map(({ session }) => session.getSnapshot().notices.map(({ kind }) => kind));
  expect(kinds).toEqual([['prompt'], ['banner'], ['prompt']]);
});

test('[G2] [G10] an indicator that a capture elsewhere turns on names that capture, not what is being asked for', async () => {
  const { joins, sees, passes } = meeting();
  const hana = await joins('hana', { role: 'host', policy: 'all-party' });
  const bo = await joins('bo');
  void hana.session.requestRecording({ storage: 'cloud' });
  await passes(100);
  await sees({ platformId: 'p', active: true });
  const [started] = bo.told('recordingStarted') as { recordingId: string }[];
  expect(bo.told('indicatorChanged').at(-1)).toEqual({
    purpose: 'recording',
    status: 'on',
    recordingId: started?.recordingId,
  });
});

test('[G10] [G13] a capture elsewhere that cannot be stopped holds devices where the policy holds them', async () => {
  const { joins, sees, passes } = meeting();
  const hana = await joins('hana', { role: 'host', policy: 'acknowledge' });
  const [bo, cy] = [await joins('bo'), await joins('cy')];
  await sees({ platformId: 'p', active: true });
  const held = () => [bo, cy].map(({ session }) => session.getSnapshot().hold?.devices ?? null);
  const whileAsked = held();
  for (const { session } of [hana, bo]) void session.acknowledge('recording');
  await passes();
  expect({ whileAsked, onceBoHasAnswered: held(), status: cy.session.status('recording') }).toEqual({
    whileAsked: [
      ['microphone', 'camera', 'screen'],
      ['microphone', 'camera', 'screen'],
    ],
    onceBoHasAnswered: [null, ['microphone', 'camera', 'screen']],
    status: 'on',
  });
});

const piece = {
  fact: 'segment',
  segment: { speaker: 'bo', startMs: 1000, endMs: 2000, text: 'hello', final: true },
} as const;

test('[G10] a piece of a transcript that nobody asked for is a capture seen, and everyone is asked once', async () => {
  const { joins, sees, passes } = meeting();
  const people = [await joins('hana', { role: 'host' }), await joins('bo'), await joins('cy')];
  const [hana, bo] = people;
  for (const who of [hana, bo, hana, bo]) who?.adapter.says(piece);
  await passes(1000);
  for (const { session, told } of people) {
    expect([session.status('recording'), session.getSnapshot().prompt?.requestedBy]).toEqual(['on', 'platform']);
    expect([told('noticeRaised').length, told('recordingStarted').length]).toEqual([1, 1]);
  }
  await sees({ platformId: 'transcript', active: false });
  expect(people.map(({ session }) => session.status('recording'))).toEqual(['off', 'off', 'off']);
});

test('[G10] a piece that is heard for captions which run is no capture seen, and is one once they have ended', async () => {
  const { joins, passes } = meeting();
  const hana = await joins('hana', { role: 'host', policy: 'notice-only' });
  const bo = await joins('bo');
  void hana.session.requestPurpose({ purpose: 'live-captions' });
  await passes(3000);
  expect(bo.session.status('live-captions')).toBe('on');
  for (const { adapter } of [hana, bo]) adapter.says(piece);
  await passes(1000);
  expect([hana, bo].map(({ session }) => session.status('recording'))).toEqual(['off', 'off']);
  void hana.session.endPurpose('live-captions');
  await passes(1000);
  bo.adapter.says(piece);
  await passes(100);
  expect(bo.session.status('recording')).toBe('on');
});

test('[G5] [G10] a piece of the transcript that was asked for is taken once, from whichever host’s adapter it comes, and is no capture seen', async () => {
  const { joins, passes } = meeting();
  const hana = await joins('hana', {
    role: 'host',
    policy: { extends: 'gdpr', transcription: { readers: 'everyone' } },
  });
  const [ivo, bo] = [await joins('ivo', { role: 'co-host' }), await joins('bo')];
  void hana.session.requestRecording({ storage: 'cloud', transcript: true });
  await passes(100);
  for (const { session } of [ivo, bo]) {
    const { prompt } = session.getSnapshot();
    void session.answer(prompt?.noticeId ?? '', { recording: 'given', transcription: 'given' });
  }
  await passes(3000);
  for (const { adapter } of [hana, ivo, bo]) adapter.says(piece);
  await passes(1000);
  for (const { session, told } of [hana, ivo, bo]) {
    expect(told('transcriptSegment')).toEqual([
      expect.objectContaining({ segment: expect.objectContaining({ speaker: 'bo', text: 'hello' }) }),
    ]);
    expect(session.getSnapshot().recordings.map(({ requestedBy }) => requestedBy)).toEqual([
      expect.objectContaining({ participantId: 'hana' }),
    ]);
  }
});
