import type { ParticipantId, Purpose, RecordingId, RequestedBy, Storage } from '../participants/participants.types.ts';
import type { ErasedBecause, RecordingCounts } from './ledger.types.ts';

/** What has become of what was kept of a recording. */
export type KeptState = 'asked' | 'running' | 'kept' | 'isolated' | 'erasing' | 'erased' | 'anonymised';

/** A legal hold that stands: nothing of the recording is erased. */
export interface LegalHold {
  readonly by: string;
  readonly reason: string;
  /** RFC 3339. */
  readonly since: string;
}

/** A time in which somebody was in what the recorder took; RFC 3339. */
export interface CapturedSpan {
  readonly participantId: ParticipantId;
  readonly from: string;
  /** Missing while it goes on. */
  readonly to?: string;
}

/** One recording, as a meeting's ledger has it. */
export interface KeptRecording {
  readonly recordingId: RecordingId;
  /** What it was asked for, in the order of the asking; nothing of `recording` where a purpose lives by itself. */
  readonly purposes: readonly Purpose[];
  /** Unknown where the platform started it by itself: then it is with the provider. */
  readonly storage?: Storage;
  readonly requestedBy?: RequestedBy;
  readonly state: KeptState;
  /** RFC 3339. */
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** Of the last fact about it. */
  readonly lastAt: string;
  readonly holds: readonly LegalHold[];
  /** While it is being erased. */
  readonly erasing?: { readonly because: ErasedBecause; readonly counts?: RecordingCounts };
  /** Whose share is to go, or has gone. */
  readonly shares: ReadonlyMap<
    ParticipantId,
    { readonly state: 'erasing' | 'erased'; readonly because: ErasedBecause }
  >;
  /** Who asked for it, was asked, or was captured. */
  readonly people: ReadonlySet<ParticipantId>;
  readonly captured: readonly CapturedSpan[];
  /** The last answer of each person, by purpose. */
  readonly answers: ReadonlyMap<ParticipantId, ReadonlyMap<string, string>>;
  /** The highest revision of each person's answers. */
  readonly revisions: ReadonlyMap<ParticipantId, number>;
}
