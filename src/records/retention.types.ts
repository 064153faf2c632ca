import type { ParticipantId, RecordingId } from '../participants/participants.types.ts';
import type { RetentionPolicy } from '../policy/policy.types.ts';
import type { RecordsOptions } from './meeting-ledgers.ts';
import type { Vault } from './vault.types.ts';

/** A time in milliseconds since the recording began. */
export interface ShareSpan {
  readonly startMs: number;
  readonly endMs: number;
}

/** Where the media of cloud recordings are: a conferencing platform's, by its adapter. All of it is safe to do again. */
export interface RecordingStorage {
  /** Resolves once the media are gone, or were gone already; a rejection is tried again. */
  erase(recordingId: RecordingId): Promise<void>;
  /** Moves the media to where nobody reads them, until they may be erased. */
  isolate?(recordingId: RecordingId): Promise<void>;
  /** Whether isolated media can be deleted by now; without it they stay isolated until they are erased on request. */
  mayErase?(recordingId: RecordingId): Promise<boolean>;
  /** Marks one person's share of the media as out of use, so that it is played and exported no more. */
  markOut?(
    recordingId: RecordingId,
    share: { readonly participantId: ParticipantId; readonly spans: readonly ShareSpan[] },
  ): Promise<void>;
}

/** What a retention stands on. */
export interface RetentionOptions extends RecordsOptions {
  readonly vault: Vault;
  readonly storage: RecordingStorage;
  /** How long recordings are kept and what then, for all meetings or by meeting. */
  readonly policy: RetentionPolicy | ((meetingId: string) => RetentionPolicy);
  /** The fewest people that a count of an anonymised recording is told of; 5 unless said. */
  readonly floor?: number;
  /** How often a run asks a storage that fails, and how long each call may take. 3 times, and 60,000 ms, unless said. */
  readonly attempts?: number;
  readonly timeoutMs?: number;
}

/** One recording of one meeting. */
export interface RecordingRef {
  readonly meetingId: string;
  readonly recordingId: RecordingId;
}

/** What a run did to a recording, or why it did not. */
export type RetentionEntry =
  | (RecordingRef & { readonly outcome: 'erased' | 'anonymised' | 'isolated' })
  | (RecordingRef & { readonly outcome: 'share-erased'; readonly participantId: ParticipantId })
  /** It would have been its time, and a legal hold stands; or people in it have it held by their right to restriction. */
  | (RecordingRef & { readonly outcome: 'held' | 'restricted'; readonly by: readonly string[] })
  /** Not yet: the next run tries again. Without a recording, it is the meeting's ledger that could not be read. */
  | (Pick<RecordingRef, 'meetingId'> & {
      readonly recordingId?: RecordingId;
      readonly outcome: 'failed';
      readonly code: string;
      readonly message: string;
      readonly attempts: number;
    });

/** How far a run is. */
export interface RetentionProgress {
  readonly meetings: number;
  readonly recordings: number;
  /** What has just been done or not been done; missing where there was nothing to do. */
  readonly entry?: RetentionEntry;
}

/** What came of a run. What is not named had nothing to be done. */
export interface RetentionReport {
  readonly meetings: number;
  readonly recordings: number;
  readonly entries: readonly RetentionEntry[];
  /** Whether something is left that the next run must try again. */
  readonly isDone: boolean;
  readonly aborted: boolean;
}

/** Who sets or lifts a legal hold, and why. */
export interface LegalHoldChange extends RecordingRef {
  readonly by: string;
  readonly reason: string;
}

/** Keeps what the policy says for as long as it says, and no longer (R11, G12). */
export interface Retention {
  /**
   * Looks through every meeting and does what is due: erases, makes anonymous or isolates, and tries again what had failed.
   * Safe to run twice, from two processes, and after a crash at any point. Resolves also where a storage fails: the report
   * says so. Rejects only where the list of meetings cannot be read.
   */
  run(options?: {
    readonly signal?: AbortSignal;
    readonly onProgress?: (progress: RetentionProgress) => void;
  }): Promise<RetentionReport>;
  /**
   * Erases a recording, its transcript and its notes before their time.
   * @throws NoticeError `recording/unknown`, `recording/local`, `retention/still-recording`, `retention/held`, `retention/restricted`, and what a
   * store or the storage fails with; then the next `run` goes on with it.
   */
  erase(recording: RecordingRef & { readonly because?: 'host' | 'right' | 'objection' }): Promise<void>;
  /** Stops all erasure of a recording until the same party lifts it. @throws NoticeError `recording/unknown`, `recording/local`, `retention/erased`. */
  setLegalHold(change: LegalHoldChange): Promise<void>;
  /** @throws NoticeError `retention/not-held` where that party has set none. */
  liftLegalHold(change: LegalHoldChange): Promise<void>;
  /** After a store was restored from a backup: erases again all that the ledgers say is gone. */
  eraseAgain(): Promise<RetentionReport>;
}
