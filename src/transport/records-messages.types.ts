import type { RecordingId } from '../participants/participants.types.ts';

/** How far the erasure of a recording has come, with its transcript and notes; `failing`: it is tried again, and `code` says why. */
export interface ErasureView {
  readonly recordingId: RecordingId;
  readonly status: 'erasing' | 'failing' | 'erased';
  readonly code?: string;
}
