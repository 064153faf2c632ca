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
