import type { ParticipantId } from '../participants/participants.types.ts';

/** What a transcript is at; the status of the purpose `transcription` says whether one is being made. */
export type TranscriptStatus =
  | 'off'
  | 'asking'
  | 'transcribing'
  | 'paused'
  | 'processing'
  | 'ready'
  | 'erased'
  | 'anonymised'
  | 'isolated'
  | 'failed';

/**
 * Where a transcript stands: its status, and while it is asked for, whether the recording runs already (`askingWhileOn`,
 * `askingWhilePaused`), or the request is settled and only the recording is waited for (`settled`).
 */
export type TranscriptState = TranscriptStatus | 'askingWhileOn' | 'askingWhilePaused' | 'settled';

/** What happens to a transcript; what it must know of its recording comes as events. */
export type TranscriptEvent = {
  readonly type:
    | 'transcript.requested'
    /** Everyone who must answer first has. */
    | 'consent.settled'
    | 'recording.started'
    | 'recording.paused'
    | 'recording.resumed'
    | 'recording.ended'
    | 'recording.erased'
    /** By a host; or the request was cancelled, refused or has run out. */
    | 'transcript.stopped'
    | 'transcript.processed'
    | 'transcript.failed'
    | 'transcript.anonymised'
    | 'transcript.isolated';
};

/** For XState: the types of the machine. */
export interface TranscriptSetup {
  readonly context: object;
  readonly events: TranscriptEvent;
}

/** One word of a segment, where the engine tells them apart. Milliseconds as in the segment. */
export interface SpokenWord {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * One piece of speech, from any engine. `startMs` and `endMs` are milliseconds since the recording began, on the clock of
 * whoever decides. An interim segment is replaced by the final one of the same `id`, or of the same speaker and `startMs`.
 */
export interface Segment {
  readonly id?: string;
  /** Nobody where the engine does not know, or several spoke at once. */
  readonly speaker: ParticipantId | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  readonly final: boolean;
  /** BCP 47. */
  readonly language?: string;
  /** Lets a segment be split where a consent changed between two words; without it, it is dropped whole. */
  readonly words?: readonly SpokenWord[];
}

/** How a segment stands in the WebVTT file that it was read from; it is written so again, as long as nothing was corrected. */
export interface CueSource {
  /** From 1; segments of one number are the speakers of one cue. */
  readonly number: number;
  readonly id?: string;
  readonly settings?: string;
  /** With its tags and entities. */
  readonly payload: string;
}

/** A segment that is kept. A correction stands beside what was heard, marked; nothing is overwritten. */
export interface KeptSegment extends Segment {
  readonly id: string;
  readonly corrections?: readonly Correction[];
  readonly cue?: CueSource;
}

/** What somebody says that a segment should read, or who spoke it. */
export interface Correction {
  readonly by: ParticipantId;
  /** RFC 3339. */
  readonly at: string;
  readonly text?: string;
  readonly speaker?: ParticipantId | null;
}

/** The transcript of one recording. */
export interface Transcript {
  readonly transcriptId: string;
  readonly recordingId: string;
  readonly language?: string;
  readonly segments: readonly KeptSegment[];
}
