import type { ParticipantId, Purpose } from '../participants/participants.types.ts';
import type { LiveRecording } from './live-recording.ts';
import type { Person } from './people.ts';

/** Starts the time that somebody has of their own: late joiners, and everyone where the start does not wait. */
export function startOwnTime(live: LiveRecording, id: ParticipantId, now: number): void {
  const { timeoutMs, onTimeout } = live.mainPolicy;
  if (timeoutMs === null || onTimeout === 'remind' || live.deadlines.has(id) || !live.isUnanswered(id)) return;
  live.deadlines.set(id, now + timeoutMs);
}

/** How long a request may be forbidden where the policy names no time. */
const forbiddenMs = 60_000;

/** Starts the time of a whole request, and of its reminders. */
export function startRequestTime(live: LiveRecording, now: number): void {
  const { timeoutMs, start, onTimeout, remindEveryMs } = live.mainPolicy;
  if (start === 'when-everyone-answered' && timeoutMs !== null) live.dueAt ??= now + timeoutMs;
  if (!live.seen) live.giveUpAt ??= now + (timeoutMs ?? forbiddenMs);
  if (onTimeout === 'remind') live.remindAt ??= now + (timeoutMs ?? remindEveryMs);
}

/** Whoever is not asked is told by the banner: the requester, and rooms with several people behind one endpoint. */
export function bannerWhoIsNotAsked(live: LiveRecording, people: Iterable<Person>): void {
  for (const { id, channel } of people) {
    if (id === live.requesterId || channel === 'room-system') live.bannered.add(id);
  }
}

/** When something is next due, if anything is. */
export function nextDueAt(live: LiveRecording): number | undefined {
  const [first] = live.deadlines.values();
  const never = Number.POSITIVE_INFINITY;
  const at = Math.min(first ?? never, live.dueAt ?? never, live.remindAt ?? never, live.giveUpAt ?? never);
  return at === never ? undefined : at;
}

/** Whose time is up at `now`. Who joined while it was asked gets a time of their own instead. */
export function takeExpired(live: LiveRecording, now: number): ParticipantId[] {
  const expired: ParticipantId[] = [];
  for (const [id, at] of live.deadlines) {
    if (at > now) break;
    live.deadlines.delete(id);
    if (live.isUnanswered(id)) expired.push(id);
  }
  if (live.dueAt === undefined || live.dueAt > now) return expired;
  live.dueAt = undefined;
  for (const id of live.main.ids()) {
    if (!live.isUnanswered(id) || live.deadlines.has(id)) continue;
    if (!live.joinedMeanwhile.has(id)) {
      expired.push(id);
      continue;
    }
    for (const roster of live.rosters.values()) roster.setLate(id, true);
    startOwnTime(live, id, now);
  }
  return expired;
}

/** Who is reminded at `now`. */
export function takeReminded(live: LiveRecording, now: number): ParticipantId[] {
  if (live.remindAt === undefined || live.remindAt > now) return [];
  live.remindAt += live.mainPolicy.remindEveryMs;
  return [...live.main.ids()].filter((id) => live.isUnanswered(id));
}

/** Counts a reminder for each of these who has not answered; who they are. */
export function remindedOf(live: LiveRecording, who: Iterable<ParticipantId>): ParticipantId[] {
  const reminded = [...who].filter((id) => live.isUnanswered(id));
  for (const id of reminded) live.reminded.set(id, (live.reminded.get(id) ?? 0) + 1);
  return reminded;
}

/** Lets the time of somebody's answer run out; the purposes for which it was open. */
export function expire(live: LiveRecording, id: ParticipantId): Purpose[] {
  const open = [...live.rosters].filter(
    ([, roster]) => roster.standingOf(id) !== undefined && roster.apply(id, { type: 'consent.expired' }),
  );
  const purposes = open.map(([purpose]) => purpose);
  if (purposes.includes(live.mainPurpose)) live.expired += 1;
  return purposes;
}
