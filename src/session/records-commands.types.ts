import type { NoticeErrorCode } from '../core/errors.ts';
import type { ParticipantId, RecordingId } from '../participants/participants.types.ts';
import type { Right } from '../records/ledger.types.ts';
import type { RightOutcome, WordsCorrection } from '../records/rights.types.ts';
import type { CommandOutcome } from './command-outcome.types.ts';

/** A right of one's own. */
export interface ExerciseRight {
  readonly right: Right;
  /** Whose right: one's own, which need not be said; another's is denied (`rights/not-yourself`). */
  readonly participantId?: ParticipantId;
  /** What one's own words should read, with `correction`. */
  readonly correction?: WordsCorrection;
}

/** What came of a right; `failed`: whoever decides could not be reached, or a store failed, and nothing is lost. */
export type RightExercised =
  | Exclude<RightOutcome, { readonly outcome: 'denied' }>
  | { readonly outcome: 'denied' | 'failed'; readonly code: NoticeErrorCode };

/** What came of an erasure. `pending`: it was begun and goes on, and `SessionSnapshot.erasures` says how far. */
export type ErasureOutcome = CommandOutcome | { readonly outcome: 'pending'; readonly code: NoticeErrorCode };

/** What is done with what a meeting keeps (docs/rights.md). */
export interface RecordsCommands {
  /**
   * Everyone, for themselves: access, correction, deletion, restriction, objection, portability, withdrawal (GDPR Arts. 7(3),
   * 15 to 18, 20, 21). Carried out by whoever decides, with the meeting's records; denied with `records/unavailable` where
   * they are not kept. `document` with access and portability comes to nobody else. A withdrawal holds one's devices at once,
   * as `withdrawConsent` does.
   * @throws TypeError for what is no right.
   */
  exerciseRight(request: ExerciseRight): Promise<RightExercised>;
  /**
   * Hosts. A recording that has ended is erased, with its transcript and notes (G5, G12), by the meeting's records: denied with
   * `retention/held` under a legal hold, and with `retention/restricted`. Where no records are kept, what goes is the
   * transcript that whoever decides has; the recording is then for its platform to erase.
   */
  eraseRecording(recordingId: RecordingId): Promise<ErasureOutcome>;
  /**
   * Hosts. Says who spoke a segment, `null` for nobody known; it stands beside what was heard. The words go where that person
   * was not `clear` then (G5). Denied with `transcript/unknown-segment`, and with `records/unavailable` where no records are kept.
   */
  correctSpeaker(correction: {
    readonly recordingId: RecordingId;
    readonly segmentId: string;
    readonly speaker: ParticipantId | null;
  }): Promise<CommandOutcome>;
}
