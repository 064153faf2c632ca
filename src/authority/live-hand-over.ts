import type { Policy } from '../policy/policy.types.ts';
import type { HandedOverLive } from './hand-over.types.ts';
import { LiveRecording } from './live-recording.ts';

/** What is known of a living recording, or of a purpose that lives without one, as it is handed over at `now`. */
export function exportLive(live: LiveRecording, now: number): HandedOverLive {
  const inMs = (at: number | undefined) => (at === undefined ? undefined : at - now);
  return {
    live: {
      recordingId: live.recordingId,
      purposes: live.purposes,
      groups: live.groups,
      by: live.by,
      seen: false,
      storage: live.storage,
      reason: live.reason,
      only: live.only,
      ...(live.asked.size > 0 && { asked: [...live.asked] }),
    },
    rosters: [...live.rosters].map(([purpose, roster]) => [purpose, roster.export()] as const),
    deadlinesInMs: [...live.deadlines].map(([id, at]) => [id, at - now] as const),
    dueInMs: inMs(live.dueAt),
    giveUpInMs: inMs(live.giveUpAt),
    remindInMs: inMs(live.remindAt),
    reminded: [...live.reminded],
    joinedMeanwhile: [...live.joinedMeanwhile],
    reviewing: [...live.reviewing],
    bannered: [...live.bannered],
    announcedTo: [...live.announcedTo],
    refusals: [...live.refusals],
    purposesOn: [...live.purposesOn],
    declined: live.declined.state,
    pausedByHost: live.pausedByHost,
    expired: live.expired,
    lastBy: live.lastBy,
    withoutWaiting: live.withoutWaiting,
  };
}

/** Takes it over at `now`, with everyone who was there. */
export function importLive(handed: HandedOverLive, policy: Policy, now: number): LiveRecording {
  const live = new LiveRecording(handed.live, policy);
  for (const [purpose, rows] of handed.rosters) live.rosters.get(purpose)?.import(rows);
  for (const [id, inMs] of handed.deadlinesInMs) live.deadlines.set(id, now + inMs);
  if (handed.dueInMs !== undefined) live.dueAt = now + handed.dueInMs;
  if (handed.giveUpInMs !== undefined) live.giveUpAt = now + handed.giveUpInMs;
  if (handed.remindInMs !== undefined) live.remindAt = now + handed.remindInMs;
  for (const [id, times] of handed.reminded) live.reminded.set(id, times);
  for (const id of handed.joinedMeanwhile) live.joinedMeanwhile.add(id);
  for (const id of handed.reviewing) live.reviewing.add(id);
  for (const id of handed.bannered) live.bannered.add(id);
  for (const id of handed.announcedTo) live.announcedTo.add(id);
  for (const [id, answerIds] of handed.refusals) live.refusals.set(id, answerIds);
  for (const purpose of handed.purposesOn) live.purposesOn.add(purpose);
  live.declined.take(handed.declined);
  live.pausedByHost = handed.pausedByHost;
  live.expired = handed.expired;
  live.lastBy = handed.lastBy;
  live.withoutWaiting = handed.withoutWaiting;
  for (const id of live.main.ids()) if (live.main.standingOf(id) !== undefined) live.stayed.add(id);
  return live;
}

/** Whoever said hello to the old authority is here for the new one when they have said it again. */
export function awaitEveryone({ rosters }: LiveRecording): void {
  for (const roster of rosters.values()) for (const id of roster.ids()) roster.leave(id);
}
