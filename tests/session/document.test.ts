import { expect, test } from 'vitest';
import { isNoticeError } from '../../src/core/errors.ts';
import { defaultDocument } from '../../src/notice/default-document.ts';
import type { NoticeDocument } from '../../src/notice/document.types.ts';
import { createSession } from '../../src/session/session.ts';

const joinedWith = async (document: unknown) => {
  const self = { id: 'bo', role: 'participant' } as const;
  const session = createSession({ meetingId: 'weekly', self, document: document as NoticeDocument });
  const error = await session.join().catch((each: unknown) => each);
  const { connection } = session.getSnapshot();
  await session.leave();
  return [isNoticeError(error, 'document/invalid') ? error.pointer : error, connection];
};

test.each([
  ['no object', 5, ''],
  ['an empty one', {}, '/version'],
  ['one with a field that is none', { ...defaultDocument, tittle: 'x' }, '/tittle'],
  ['one with a fault inside', { ...defaultDocument, rights: [{ right: 'Access' }] }, '/rights/0/how'],
])('a document that is %s is refused before the session says anything: %#', async (_, document, pointer) => {
  expect(await joinedWith(document)).toEqual([pointer, 'idle']);
});

test('a document that is one is taken', async () => {
  expect(await joinedWith(defaultDocument)).toEqual([undefined, 'local-only']);
});
