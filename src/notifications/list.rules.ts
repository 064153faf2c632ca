import type { NotificationKind } from '../notice/notice.types.ts';
import type { HostNotification } from './notifications.types.ts';

/** How many notifications a host's list holds. */
export const longestList = 100;

/**
 * The list with one more, the newest first; one of the same id is replaced where it stands. Of a list that is too long
 * the oldest goes of the kind that has most, so that no kind pushes another out.
 */
export function listWith(
  list: readonly HostNotification[],
  added: HostNotification,
  longest: number = longestList,
): readonly HostNotification[] {
  if (list.some(({ id }) => id === added.id)) return list.map((each) => (each.id === added.id ? added : each));
  const longer = [added, ...list];
  if (longer.length <= longest) return longer;
  const counts = new Map<NotificationKind, number>();
  for (const { kind } of longer) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const gone = longer.findLastIndex(({ kind }) => counts.get(kind) === most);
  return longer.filter((_, place) => place !== gone);
}
