import type { Answer, ConsentEvent } from '../consent/consent.types.ts';
import { derivedId } from '../core/ids.ts';
import type { ParticipantId, Purpose } from '../participants/participants.types.ts';
import type { AcknowledgedOutcome, AnswerMessage } from '../transport/messages.types.ts';
import type { LiveRecording } from './live-recording.ts';

const events: Readonly<Record<Answer, ConsentEvent['type']>> = {
  given: 'consent.given',
  acknowledged: 'consent.acknowledged',
  refused: 'consent.refused',
  withdrawn: 'consent.withdrawn',
};

export interface Applied {
  readonly outcome: AcknowledgedOutcome;
  /** The purposes that were refused or withdrawn by it. */
  readonly declined: readonly Purpose[];
}

const isDecline = (answer: Answer): boolean => answer === 'refused' || answer === 'withdrawn';

/**
 * Applies one person's answer to a living recording. A refusal or withdrawal first seen always applies; an agreement
 * only if its revision is higher than the highest, and only after the notice was shown (G1). A repeat changes nothing.
 */
export function applyAnswer(live: LiveRecording, id: ParticipantId, message: AnswerMessage): Applied {
  const declined: Purpose[] = [];
  const asked = Object.entries(message.answers).filter(([purpose]) => live.rosters.has(purpose));
  if (asked.length === 0) return { outcome: { outcome: 'moot', because: 'not-asked' }, declined };
  if (live.refusalIds.has(message.id)) return { outcome: recorded(live, id, message), declined };
  let denied = 0;
  for (const [purpose, answer] of asked) {
    const roster = live.rosters.get(purpose);
    if (!roster?.has(id)) continue;
    if (isDecline(answer)) {
      roster.setRevision(id, Math.max(roster.revisionOf(id) + 1, message.revision));
      if (roster.apply(id, { type: events[answer] }) || roster.standingOf(id) === 'refused') declined.push(purpose);
      live.refusalIds.add(message.id);
      continue;
    }
    if (message.revision <= roster.revisionOf(id)) continue;
    if (!roster.wasShown(id) && id !== live.requesterId) {
      denied += 1;
      continue;
    }
    roster.setRevision(id, message.revision);
    roster.apply(id, { type: events[answer] });
    if (roster.isLate(id) && roster.standingOf(id) === 'clear') roster.setLate(id, false);
  }
  if (denied === asked.length) return { outcome: { outcome: 'denied', code: 'notice/not-shown' }, declined };
  return { outcome: recorded(live, id, message), declined };
}

function recorded(live: LiveRecording, id: ParticipantId, message: AnswerMessage): AcknowledgedOutcome {
  const revision = Math.max(
    ...Object.keys(message.answers).map((purpose) => live.rosters.get(purpose)?.revisionOf(id) ?? 0),
  );
  return { outcome: 'recorded', receiptId: derivedId(live.recordingId, id, message.id), revision };
}
