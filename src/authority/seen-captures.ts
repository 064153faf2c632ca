import type { RecordingId } from '../participants/participants.types.ts';
import type { Policy } from '../policy/policy.types.ts';
import { seenRecordingId } from '../recording/seen.rules.ts';
import type { SeenCapture } from '../transport/transport.types.ts';
import { LiveRecording } from './live-recording.ts';

interface SeenOptions {
  readonly meetingId: string;
  readonly policy: () => Policy;
  /** Whether a recording is, or was, one of the meeting's own. */
  readonly isOwn: (recordingId: RecordingId) => boolean;
  readonly began: (live: LiveRecording) => void;
  readonly ended: (live: LiveRecording) => void;
}

/**
 * The captures that the platform runs by itself, as adapters see them (G10). One that names a recording of the
 * meeting's own is that recording, and never `seen`.
 */
export class SeenCaptures {
  readonly lives = new Map<RecordingId, LiveRecording>();
  readonly #active = new Map<string, SeenCapture>();
  readonly #options: SeenOptions;

  constructor(options: SeenOptions) {
    this.#options = options;
  }

  see(captures: readonly SeenCapture[]): void {
    for (const capture of captures) {
      if (capture.active) this.#active.set(capture.platformId, capture);
      else this.#active.delete(capture.platformId);
    }
    this.refresh();
  }

  /** Decides anew which captures are the platform's own: a recording of ours may just have ended. */
  refresh(): void {
    const active = new Map<RecordingId, SeenCapture>();
    for (const capture of this.#active.values()) {
      if (capture.recordingId !== undefined && this.#options.isOwn(capture.recordingId)) continue;
      active.set(seenRecordingId(this.#options.meetingId, capture.platformId), capture);
    }
    for (const [recordingId, live] of this.lives) {
      if (active.has(recordingId)) continue;
      this.lives.delete(recordingId);
      this.#options.ended(live);
    }
    for (const [recordingId, capture] of active) if (!this.lives.has(recordingId)) this.#begin(recordingId, capture);
  }

  #begin(recordingId: RecordingId, { startedBy, storage }: SeenCapture): void {
    const live = new LiveRecording(
      {
        recordingId,
        purposes: ['recording'],
        // An unknown starter exempts nobody.
        by: startedBy === undefined ? 'platform' : { participantId: startedBy },
        seen: true,
        ...(storage && { storage }),
      },
      this.#options.policy(),
    );
    this.lives.set(recordingId, live);
    this.#options.began(live);
  }
}
