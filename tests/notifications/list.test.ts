import { expect, test } from 'vitest';
import type { NotificationKind } from '../../src/notice/notice.types.ts';
import { listWith, longestList } from '../../src/notifications/list.rules.ts';
import type { HostNotification } from '../../src/notifications/notifications.types.ts';

const entry = (id: string, kind: NotificationKind = 'refused', summary = ''): HostNotification => {
  return { id, kind, level: 'normal', summary, items: [], at: 0 };
};
const filled = (entries: readonly HostNotification[], longest: number) =>
  entries.reduce<readonly HostNotification[]>((list, each) => listWith(list, each, longest), []);

test('the list has the newest first, and the oldest goes from one that is too long', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, place) => entry(`n${place}`));
  expect(filled(ids(5), 3).map(({ id }) => id)).toEqual(['n4', 'n3', 'n2']);
  expect(filled(ids(500), longestList).length).toBe(100);
});

test('[G7] many of one kind push no other out: the oldest of the most numerous goes', () => {
  const many = Array.from({ length: 50 }, (_, place) => entry(`j${place}`, 'late-joiner'));
  const list = filled([entry('f', 'recording-failed'), ...many, entry('r')], 5);
  expect(list.map(({ id }) => id)).toEqual(['r', 'j49', 'j48', 'j47', 'f']);
});

test('one of the same id is replaced where it stands', () => {
  const list = filled([entry('a'), entry('b'), entry('c')], 5);
  expect(listWith(list, entry('b', 'refused', 'other'))).toEqual([
    entry('c'),
    entry('b', 'refused', 'other'),
    entry('a'),
  ]);
});
