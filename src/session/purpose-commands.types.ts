import type { Purpose, RecordingId } from '../participants/participants.types.ts';
import type { CommandOutcome } from './command-outcome.types.ts';

/** A purpose of the open set. `provider` and `reason` are shown to everyone, as the words of who asks. */
export interface RequestPurpose {
  readonly purpose: Purpose;
  /** The living recording that it is to be part of; without it the policy says what it follows, or it lives by itself. */
  readonly recordingId?: RecordingId;
  readonly provider?: string;
  readonly reason?: string;
}

/** The open set of purposes. */
export interface PurposeCommands {
  /** Hosts. Asks for a purpose of the open set (`live-captions`, `ai-notes`, …), and for it alone (docs/policies.md). */
  requestPurpose(request: RequestPurpose): Promise<CommandOutcome>;
  /** Hosts. Ends it; while asking, this cancels. */
  endPurpose(purpose: Purpose): Promise<CommandOutcome>;
}
