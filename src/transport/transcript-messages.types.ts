import type { Epoch, RecordingId } from '../participants/participants.types.ts';
import type { KeptSegment, TranscriptStatus } from '../transcript/transcript.types.ts';

/** One transcript, as everyone is told of it: never what it says. */
export interface TranscriptView {
  readonly transcriptId: string;
  readonly recordingId: RecordingId;
  readonly status: TranscriptStatus;
}

/** From whoever may read a transcript: they miss what was kept of it from this number on. */
export interface SegmentsQuery {
  readonly t: 'segments?';
  readonly epoch: Epoch;
  readonly transcriptId: string;
  readonly from: number;
}

/**
 * To whoever may read a transcript: what was kept, final, numbered from `from` on; and what may still change. With neither,
 * it says how far it has come.
 */
export interface SegmentsMessage {
  readonly t: 'segments';
  readonly epoch: Epoch;
  readonly transcriptId: string;
  readonly recordingId: RecordingId;
  readonly from: number;
  readonly kept: readonly KeptSegment[];
  readonly interim?: readonly KeptSegment[];
  /** The number that was asked for: nothing between it and `from` is for this reader. */
  readonly re?: number;
}
