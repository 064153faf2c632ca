import type { ParticipantId, Storage } from '../participants/participants.types.ts';

/**
 * What is asked for; `reason` is shown to everyone. `only` names whose side is recorded, 8 people at most, where it is not
 * everyone's (a voicemail, one side of a call): they are asked, and all others are told. Aborting `signal` while it asks
 * cancels.
 */
export interface RequestRecording {
  readonly storage: Storage;
  readonly transcript?: boolean;
  readonly reason?: string;
  readonly only?: readonly ParticipantId[];
  readonly signal?: AbortSignal;
}
