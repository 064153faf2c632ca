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
