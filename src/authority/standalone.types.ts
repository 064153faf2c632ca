import type { Clock } from '../core/clock.ts';
import type { PolicyInput, PresetName } from '../policy/policy.types.ts';
import type { CaptureController } from '../recording/capture.types.ts';
import type { Ledger } from '../records/ledger.types.ts';
import type { MeetingRecords } from '../records/meeting-records.types.ts';
import type { Transport } from '../transport/transport.types.ts';

/** What an authority of its own stands on. */
export interface AuthorityOptions {
  readonly meetingId: string;
  /** One that vouches for this endpoint as `authority` (`roleOf`): then no host's client takes over while it is there. */
  readonly transport: Transport;
  /** The recorder that it tells to start and stop; without one, requests are denied. */
  readonly capture?: CaptureController;
  /** Default `all-party`. */
  readonly policy?: PresetName | PolicyInput;
  readonly adminPolicy?: PresetName | PolicyInput | null;
  /** Names the words that people are shown (`NoticeDocument.version`); when it changes, everyone is asked anew. */
  readonly noticeVersion?: string;
  /** Where the facts of consent are kept (`createLedger` of ./records). */
  readonly ledger?: Ledger;
  /** What transcripts are kept, and rights and erasures carried out with (`createMeetingRecords` of ./records); its ledger is the meeting's. */
  readonly records?: MeetingRecords;
  readonly clock?: Clock;
  /** Hears of what was wrong and dropped, by its code; `from` names the endpoint that sent it. */
  readonly onProblem?: (problem: { readonly code: string; readonly from: string }) => void;
}

/** The one place that decides for a meeting, where that is no host's client: on a server, or in any process. */
export interface Authority {
  /**
   * Opens the transport and decides as soon as it knows of every earlier epoch: at once where nobody is there, after 2 s at
   * the latest. Resolves when it decides. Idempotent.
   */
  start(): Promise<void>;
  /** Stops what it captures, says that nobody decides any more, and closes the transport. Idempotent. */
  stop(): Promise<void>;
}
