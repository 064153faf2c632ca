import type { Consent, ConsentAsked } from '../consent/consent.types.ts';
import type { NotificationKind } from '../notice/notice.types.ts';
import type { Purpose, RecordingId } from '../participants/participants.types.ts';
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

/** What somebody's consents are about: the living recording, else a purpose that lives without one. */
export const lifeOf = ({ recordingId, others = [] }: RosterRow): RecordingId | undefined =>
  recordingId ?? others[0]?.recordingId;

/** Whether somebody present was asked for what lives and has not answered; `asked`: what is asked for a purpose. */
export function isUnanswered(row: RosterRow, asked: (purpose: Purpose) => ConsentAsked): boolean {
  if (!row.present || row.channel === 'bot') return false;
  return Object.entries(row.consents).some(
    ([purpose, consent]) => consent === 'requested' || (consent === 'shown' && asked(purpose) !== 'notice'),
  );
}
