import type { Consent, ConsentAsked } from '../consent/consent.types.ts';
import type { NotificationKind } from '../notice/notice.types.ts';
import type { RosterRow } from '../recording/recording.types.ts';

/** The consents that a host is told of. */
const told = ['refused', 'withdrawn', 'expired'] as const satisfies readonly (NotificationKind & Consent)[];

/** What a host is told of one person's answer. */
export type AnswerNews = (typeof told)[number];

/** What is new of somebody's consents, of whatever purpose: each kind once. Bots are never asked. */
export function answerNews(before: RosterRow | undefined, row: RosterRow): readonly AnswerNews[] {
  const known = before?.recordingId === row.recordingId ? before?.consents : undefined;
  const changed = Object.entries(row.consents).filter(([purpose, consent]) => known?.[purpose] !== consent);
  return told.filter((kind) => row.channel !== 'bot' && changed.some(([, consent]) => consent === kind));
}

/** What of these kinds no longer holds of somebody. */
export function answersOver(row: RosterRow | undefined): readonly AnswerNews[] {
  const consents = Object.values(row?.consents ?? {});
  return told.filter((kind) => !consents.includes(kind));
}

/** Whether somebody present was asked for a living recording and has not answered. */
export function isUnanswered(row: RosterRow, asked: ConsentAsked): boolean {
  if (!row.present || row.channel === 'bot' || row.recordingId === undefined) return false;
  return Object.values(row.consents).some(
    (consent) => consent === 'requested' || (consent === 'shown' && asked !== 'notice'),
  );
}
