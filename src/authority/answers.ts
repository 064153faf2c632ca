import { isDecline } from '../consent/answer.rules.ts';
import type { Answer, ConsentEvent } from '../consent/consent.types.ts';
import type { NoticeId } from '../notice/notice.types.ts';
import type { ParticipantId, Purpose } from '../participants/participants.types.ts';
import { stricterConsent } from '../policy/strictness.rules.ts';
import type { AcknowledgedOutcome, AnswerMessage } from '../transport/messages.types.ts';
import type { LiveRecording } from './live-recording.ts';

const events: Readonly<Record<Answer, ConsentEvent['type']>> = {
  given: 'consent.given',
  acknowledged: 'consent.acknowledged',
  refused: 'consent.refused',
  withdrawn: 'consent.withdrawn',
};

/** What was made of an answer; its receipt's id is worked out for whoever is told. */
type AnswerOutcome =
  | { readonly outcome: 'recorded'; readonly revision: number }
  | Exclude<AcknowledgedOutcome, { readonly outcome: 'recorded' }>;

export interface Applied {
  readonly outcome: AnswerOutcome;
  /** The purposes that were refused or withdrawn by it. */
  readonly declined: readonly Purpose[];
}

/**
 * Applies one person's answer to a living recording. A refusal or withdrawal first seen always applies; an agreement
 * only if its revision is higher than the highest, only after the notice was shown, and only to what that notice asked
 * (G1). A repeat changes nothing.
 */
export function applyAnswer(live: LiveRecording, id: ParticipantId, message: AnswerMessage): Applied {
  const declined: Purpose[] = [];
  const asked = Object.keys(message.answers).filter((purpose) => live.rosters.has(purpose));
  declineUnasked(live, id, message);
  if (asked.length === 0) return { outcome: { outcome: 'moot', because: 'not-asked' }, declined };
  if (live.refusals.get(id)?.includes(message.id)) return { outcome: recorded(live, id, message), declined };
  const denied: string[] = [];
  for (const purpose of asked) {
    const answer = message.answers[purpose] as Answer;
    const roster = live.rosters.get(purpose);
    if (!roster?.has(id)) continue;
    if (isDecline(answer)) {
      roster.setRevision(id, Math.max(roster.revisionOf(id) + 1, message.revision));
      if (roster.apply(id, { type: events[answer] }) || roster.standingOf(id) === 'refused') declined.push(purpose);
      live.refused(id, message.id);
      continue;
    }
    if (message.revision <= roster.revisionOf(id)) continue;
    // Its `shown` may be lost, or still on its way.
    const notice = message.shown ? live.raised.get(message.noticeId ?? '') : undefined;
    if (notice?.purposes.includes(purpose)) roster.apply(id, { type: 'notice.shown' });
    const objection = objectionTo(answer, purpose, live, id, message.noticeId);
    if (objection) {
      denied.push(objection);
      continue;
    }
    roster.setRevision(id, message.revision);
    roster.apply(id, { type: events[answer] });
    if (roster.isLate(id) && roster.standingOf(id) === 'clear') roster.setLate(id, false);
  }
  const [code] = denied;
  if (code !== undefined && denied.length === asked.length) {
    return {
      outcome: code === superseded ? { outcome: 'moot', because: code } : { outcome: 'denied', code },
      declined,
    };
  }
  return { outcome: recorded(live, id, message), declined };
}

/** A no to a purpose that has ended meanwhile holds when it is asked for again (G5). */
function declineUnasked(live: LiveRecording, id: ParticipantId, { answers }: AnswerMessage): void {
  for (const [purpose, answer] of Object.entries(answers)) {
    if (isDecline(answer) && !live.rosters.has(purpose)) live.declined.add(purpose, id);
  }
}

/** What was shown and answered for a recording of the meeting's own serves for a capture of the platform's too (G10). */
export function applyToSeen(seen: LiveRecording, own: LiveRecording, id: ParticipantId, message: AnswerMessage): void {
  if (own.isAlone) return;
  if (own.main.wasShown(id)) seen.main.apply(id, { type: 'notice.shown' });
  const { noticeId: _, ...answer } = message;
  applyAnswer(seen, id, answer);
}

const superseded = 'superseded';

/** Why an agreement does not count, if it does not. */
function objectionTo(
  answer: Answer,
  purpose: Purpose,
  live: LiveRecording,
  id: ParticipantId,
  noticeId: NoticeId | undefined,
): string | undefined {
  if (live.rooms.has(id)) return 'consent/not-asked';
  const { consent } = live.policyOf(purpose);
  if (noticeId !== undefined) {
    const asked = live.raised.get(noticeId);
    // An older notice counts for what it asked, one that was never raised for nothing.
    if (!asked?.purposes.includes(purpose)) return superseded;
    if (asked.kind === 'prompt' && stricterConsent(asked.consent, consent) !== asked.consent) return superseded;
  }
  if (!live.rosters.get(purpose)?.wasShown(id) && id !== live.requesterOf(purpose)) return 'notice/not-shown';
  return answer === 'acknowledged' && consent === 'explicit' ? 'consent/not-enough' : undefined;
}

function recorded(live: LiveRecording, id: ParticipantId, message: AnswerMessage): AnswerOutcome {
  let revision = 0;
  for (const purpose of Object.keys(message.answers)) {
    revision = Math.max(revision, live.rosters.get(purpose)?.revisionOf(id) ?? 0);
  }
  return { outcome: 'recorded', revision };
}
