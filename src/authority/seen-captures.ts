import type { RecordingId } from '../participants/participants.types.ts';
import type { Policy } from '../policy/policy.types.ts';
import { seenRecordingId } from '../recording/seen.rules.ts';
import type { SeenCapture } from '../transport/transport.types.ts';
import type { AuthorityContext } from './authority.types.ts';
import { LiveRecording } from './live-recording.ts';
import { SeenControl } from './seen-control.ts';

interface SeenOptions {
  readonly policy: () => Policy;
  /** Whether a recording is, or was, one of the meeting's own. */
  readonly isOwn: (recordingId: RecordingId) => boolean;
  readonly began: (live: LiveRecording) => void;
  /** The platform has paused it, or lets it go on. */
  readonly turned: (live: LiveRecording) => void;
  readonly ended: (live: LiveRecording) => void;
}

/**
 * The captures that the platform runs by itself, as adapters see them (G10). One that names a recording of the
 * meeting's own is that recording, and never `seen`.
 */
export class SeenCaptures {
  readonly lives = new Map<RecordingId, LiveRecording>();
  readonly #controls = new Map<RecordingId, SeenControl>();
  readonly #active = new Map<string, SeenCapture>();
  readonly #context: AuthorityContext;
  readonly #options: SeenOptions;

  constructor(context: AuthorityContext, options: SeenOptions) {
    this.#context = context;
    this.#options = options;
  }

  /** What can be told to a capture, if the authority's recorder controls it; to the first such one without an id. */
  control(recordingId?: RecordingId): SeenControl | undefined {
    if (recordingId !== undefined) return this.#controls.get(recordingId);
    const [first] = this.#controls.values();
    return first;
  }

  /** Decides anew what is paused and what may go on. */
  decide(): void {
    for (const control of this.#controls.values()) control.decide();
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
      active.set(seenRecordingId(this.#context.options.meetingId, capture.platformId), capture);
    }
    for (const [recordingId, live] of this.lives) {
      if (active.has(recordingId)) continue;
      this.lives.delete(recordingId);
      this.#controls.delete(recordingId);
      this.#options.ended(live);
    }
    for (const [recordingId, capture] of active) this.#take(recordingId, capture);
    this.decide();
  }

  #take(recordingId: RecordingId, capture: SeenCapture): void {
    const live = this.lives.get(recordingId) ?? this.#begin(recordingId, capture);
    this.#turn(live, capture.paused ?? false);
  }

  #turn(live: LiveRecording, paused: boolean): void {
    if (live.isPaused === paused) return;
    live.isPaused = paused;
    this.#options.turned(live);
  }

  #begin(recordingId: RecordingId, { platformId, startedBy, storage, controllable }: SeenCapture): LiveRecording {
    const { capture } = this.#context.options;
    const recorder = controllable && capture?.capabilities.pause ? capture : undefined;
    const live = new LiveRecording(
      {
        recordingId,
        purposes: ['recording'],
        // An unknown starter exempts nobody.
        by: startedBy === undefined ? 'platform' : { participantId: startedBy },
        seen: true,
        controlled: recorder !== undefined,
        storage,
      },
      this.#options.policy(),
    );
    this.lives.set(recordingId, live);
    if (recorder) {
      const turned = (paused: boolean) => this.#turn(live, paused);
      this.#controls.set(recordingId, new SeenControl(this.#context, recorder, platformId, live, turned));
    }
    this.#options.began(live);
    return live;
  }
}
