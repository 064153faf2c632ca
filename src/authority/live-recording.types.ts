import type { ParticipantId, Purpose, RecordingId, RequestedBy, Storage } from '../participants/participants.types.ts';

/** Who asked for one purpose of a living recording, if not for the whole; who provides it, and why. */
export interface PurposeAsked {
  readonly by: RequestedBy;
  readonly provider?: string;
  readonly reason?: string;
}

/** What can change in a living recording, as it is handed over. */
export interface LiveRecordingState {
  readonly recordingId: RecordingId;
  readonly purposes: readonly Purpose[];
  readonly storage?: Storage | undefined;
  readonly by: RequestedBy;
  readonly reason?: string | undefined;
  readonly seen: boolean;
  readonly controlled?: boolean;
  /** What was asked for together; one prompt asks for a group, and stands until all of it is answered. */
  readonly groups?: readonly (readonly Purpose[])[];
  /** Purposes of the open set that are part of it. */
  readonly asked?: readonly (readonly [Purpose, PurposeAsked])[];
  /** Where one side alone is recorded: whose. */
  readonly only?: readonly ParticipantId[] | undefined;
}
