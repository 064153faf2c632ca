import type { HostNews } from '../notice/host-text.ts';
import type { NotificationKind } from '../notice/notice.types.ts';
import type { ParticipantId } from '../participants/participants.types.ts';
import type { Items } from './digest.ts';

/** What a summary says beside whom it is about. */
export interface NewsFacts {
  readonly nameOf: (id: ParticipantId) => string | undefined;
  /** How many of those asked have not answered; said beside who refused, withdrew or let it expire. */
  readonly unanswered: number;
  readonly code?: string | undefined;
}

/** No more names than a summary shows. */
const namesShown = 3;
const answers: readonly NotificationKind[] = ['refused', 'withdrawn', 'expired'];

/** What a summary of these items is made of: the first names, and how many more there are. */
export function newsOf(kind: NotificationKind, items: Items, { nameOf, unanswered, code }: NewsFacts): HostNews {
  const names: string[] = [];
  for (const { participantId } of items.values()) {
    const name = participantId === undefined ? undefined : nameOf(participantId);
    if (name !== undefined) names.push(name);
    if (names.length === namesShown) break;
  }
  return {
    kind,
    names,
    others: items.size - names.length,
    ...(code !== undefined && { code }),
    ...(answers.includes(kind) && unanswered > 0 && { unanswered }),
  };
}
