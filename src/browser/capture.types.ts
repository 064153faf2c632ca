import type { Clock } from '../core/clock.ts';
import type { ParticipantId, RecordingId } from '../participants/participants.types.ts';
import type { CaptureController } from '../recording/capture.types.ts';

/** How a page records. */
export interface BrowserCaptureOptions {
  readonly clock?: Clock;
  /** A type for `MediaRecorder`; the first that the browser can write, WebM before MP4, where it is left out. */
  readonly mimeType?: string;
  /** Default 1,500,000. */
  readonly videoBitsPerSecond?: number;
  /** Of the picture, in pixels. Default 1280 by 720. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Default 12. */
  readonly framesPerSecond?: number;
  /** How much is lost at most when the page crashes. Default 1000. */
  readonly timesliceMs?: number;
  /** The page's own; it is never closed here. Without it one is made for the time of a recording. */
  readonly audioContext?: AudioContext;
  readonly document?: Document;
}

/** What the client knows of one person's media. What is left out stays as it was; `null` takes the stream away. */
export interface ParticipantMedia {
  readonly stream?: MediaStream | null;
  /** Written on the person's tile. */
  readonly name?: string;
}

/** One recording that has ended, on this device only (R2). */
export interface RecordedFile {
  readonly recordingId: RecordingId;
  /** A name to save it under, with its extension. */
  readonly name: string;
  readonly mimeType: string;
  /** An instant of the clock. */
  readonly startedAt: number;
  /** Without the pauses; 0 where it is not known, because the page ended before the recording. */
  readonly durationMs: number;
  readonly sizeBytes: number;
  /** In the origin's private file system, which outlives the page, or in the page's memory, which does not. */
  readonly keptIn: 'origin' | 'page';
  /** `stopped`, or why it ended by itself; `capture/page-ended` for one found by `recover`. */
  readonly ended: string;
  read(): Promise<Blob>;
  /** Erases it. What `read` gave before is no longer readable where the file was kept by the origin. */
  remove(): Promise<void>;
}

/**
 * Records a meeting in the page of whoever may record: one picture and one sound, mixed of those included. Nobody is
 * included at the start; of anybody else no sample and no pixel reaches the recorder (G1). Media from before an
 * `exclude` stays in the file: what was lawful then stays on record (G3).
 */
export interface BrowserCapture extends CaptureController {
  /** To be called as people and their tracks come and go, for oneself too. It includes nobody. */
  setParticipant(participantId: ParticipantId, media: ParticipantMedia): void;
  /** They are gone with their media. Whether they are included stays the authority's word. */
  removeParticipant(participantId: ParticipantId): void;
  /** The recordings that ended and were not removed, oldest first. */
  files(): readonly RecordedFile[];
  /** Finds what earlier pages of this origin have left, crashed ones included, and lists it with `files`. */
  recover(): Promise<readonly RecordedFile[]>;
}
