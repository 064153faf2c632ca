import type { Epoch, ParticipantId, RecordingId, Storage } from '../participants/participants.types.ts';

/** What a recorder can do. What it cannot decides which policies it is accepted for. */
export interface CaptureCapabilities {
  /** Can leave single persons out. */
  readonly exclude: boolean;
  readonly pause: boolean;
  /** Stops by itself when nobody renews, and takes `start` and `renew` only from the highest epoch it has seen. */
  readonly lease: boolean;
  readonly storage: readonly Storage[];
}

/** What a recorder is doing now. */
export interface CaptureState {
  readonly captures: readonly {
    readonly recordingId: RecordingId;
    readonly status: 'on' | 'paused';
    readonly included: readonly ParticipantId[];
  }[];
}

/** What a recorder says by itself. */
export type CaptureFact =
  /** It has ended without being told to: crashed, lease lost, disk full. */
  | { readonly fact: 'ended'; readonly recordingId: RecordingId; readonly code: string }
  /** It is known to have stopped, as asked. */
  | { readonly fact: 'stopped'; readonly recordingId: RecordingId };

/**
 * What a recorder is told when it shall start.
 * `leaseMs` is how long it may go on without `renew`; `signal` gives the start up.
 */
export interface StartCapture {
  readonly recordingId: RecordingId;
  readonly storage: Storage;
  readonly epoch: Epoch;
  readonly leaseMs: number;
  readonly signal: AbortSignal;
}

/**
 * The port to a recorder. Every call is idempotent. `start` resolves when capture runs, with **nobody** included
 * where the recorder can exclude; a rejected `start` means that nothing runs. `stop` resolves when nothing more
 * will be written.
 */
export interface CaptureController {
  readonly capabilities: CaptureCapabilities;
  snapshot(): Promise<CaptureState>;
  subscribe(listener: (fact: CaptureFact) => void): () => void;
  /** From now on refuses every epoch lower than this. */
  fence(epoch: Epoch): Promise<void>;
  start(command: StartCapture): Promise<void>;
  renew(recordingId: RecordingId, epoch: Epoch, leaseMs: number): Promise<void>;
  pause(recordingId: RecordingId): Promise<void>;
  resume(recordingId: RecordingId): Promise<void>;
  stop(recordingId: RecordingId): Promise<void>;
  include(recordingId: RecordingId, who: readonly ParticipantId[]): Promise<void>;
  exclude(recordingId: RecordingId, who: readonly ParticipantId[]): Promise<void>;
}
