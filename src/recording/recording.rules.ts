import type { Status } from '../participants/participants.types.ts';
import type { Readiness, RecordingContext, RecordingOutcome } from './recording.types.ts';

/** Whether capture may begin: nothing forbids it, who must answer first has, and somebody may be captured (G1). */
export function mayStart({ blocked, settled, counts }: Readiness): boolean {
  return settled && !blocked && counts.clear > 0;
}

/** Whether capture may go on at the instant it commits. Answers no longer awaited were awaited before. */
export function mayCommit({ blocked, counts }: Readiness): boolean {
  return !blocked && counts.clear > 0;
}

/** How a request ends that has nobody left to capture: with what the people said. */
export function outcomeOfNobody({ counts, expired }: Readiness): RecordingOutcome {
  if (counts.refused === 0) return 'nobody-to-capture';
  return counts.refused === expired ? 'expired' : 'refused';
}

/** Whether all that matters is answered and yet nobody may be captured. */
export function isPointless({ settled, blocked, counts }: Readiness): boolean {
  return settled && !blocked && counts.clear === 0 && counts.unanswered === 0 && counts.late === 0;
}

/**
 * The status announced in a state of the recording's machine (G2): `on` from the call of `start` until the recorder
 * confirmed the end; `unknown` for what an authority that is gone has left behind, and for a `stop` that cannot be
 * confirmed.
 */
export function statusIn(state: string, context: RecordingContext): Status {
  switch (state) {
    case 'off':
      return 'off';
    case 'asking':
    case 'holding':
      return 'asking';
    case 'paused':
      return 'paused';
    case 'fencing':
      return context.inherited ? 'unknown' : 'on';
    case 'unstopped':
      return context.inherited || !context.request?.hasLease ? 'unknown' : 'on';
    default:
      return 'on';
  }
}
