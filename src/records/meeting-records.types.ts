import type { Clock } from '../core/clock.ts';
import type { ParticipantId, RecordingId } from '../participants/participants.types.ts';
import type { Transcript } from '../transcript/transcript.types.ts';
import type { Ledger, Right } from './ledger.types.ts';
import type { Lock } from './lock.ts';
import type { Pen } from './meeting-ledgers.ts';
import type { RecordingStorage } from './retention.types.ts';
import type { RightRequest } from './right-request.types.ts';
import type { RightOutcome, WordsCorrection } from './rights.types.ts';
import type { Vault } from './vault.types.ts';

/** What rights and erasures of a meeting that goes on are carried out with. */
export interface MeetingRecordsOptions {
  readonly ledger: Ledger;
  readonly vault: Vault;
  /** Where the media of cloud recordings are; a meeting's adapter may bring its own (`MeetingAdapter.storage`). */
  readonly storage?: RecordingStorage;
  /** Of the due dates and the time-outs; the machine's unless given. */
  readonly clock?: Clock;
  /** Between processes that write to the same ledger. */
  readonly lock?: Lock;
  /** How long a call of the storage may take; 60,000 ms unless said. */
  readonly timeoutMs?: number;
  /** Days of 24 hours in which a right is answered, 1 to 366; one month unless said (GDPR Art. 12(3)). */
  readonly daysToAnswer?: number;
  /** Ids of requests; injected by tests. */
  readonly randomId?: () => string;
}

/** What an authority lends for as long as it decides. */
export interface MeetingInHand {
  readonly meetingId: string;
  readonly pen: Pen;
  readonly storage?: RecordingStorage | undefined;
  /** Takes back all that somebody has agreed to and that lives, as `withdrawConsent` does; resolves once that is kept. */
  withdraw(participantId: ParticipantId): Promise<void>;
  /** Hears of each step of a request, once it is kept. */
  changed(request: RightRequest): void;
}

/** What waits still: erasures that were begun, and requests that nobody has answered; beside what is erased by now. */
export interface LeftOpen {
  readonly erasing: readonly { readonly recordingId: RecordingId; readonly code: string }[];
  readonly erased: readonly RecordingId[];
  readonly requests: readonly RightRequest[];
  /** Those that keep somebody's data from being used. */
  readonly restricting: readonly RightRequest[];
}

/** The records of one meeting that goes on. What a store or the storage fails with is a NoticeError, and nothing is lost. */
export interface MeetingDesk {
  /** Whether this ledger has the meeting from its first record: what another host's machine keeps cannot be answered from here. */
  isWhole(): Promise<boolean>;
  exercise(ask: {
    readonly right: Right;
    readonly participantId: ParticipantId;
    readonly askedBy: ParticipantId;
    readonly correction?: WordsCorrection;
  }): Promise<RightOutcome>;
  /** A host has a recording erased, with its transcript and notes. Rejects as `Retention.erase` does. */
  erase(recordingId: RecordingId): Promise<void>;
  /** Seals a transcript as it is now, beside what was sealed of it before; `without`: segments that go. */
  keep(transcript: Transcript, without?: readonly string[]): Promise<void>;
  /** Goes on with what was begun and has not come to its end. */
  goOn(): Promise<LeftOpen>;
  /** The pen is given back. */
  end(): void;
}

/**
 * What a session or an authority is given as `records`: it keeps transcripts sealed, and carries out rights and erasures
 * while the meeting goes on. What it begins and does not finish, `createRights` and `createRetention` go on with.
 */
export interface MeetingRecords {
  readonly ledger: Ledger;
  /** The pen of a meeting that is decided for in this process: for what is made beside, such as `createRetention`. */
  readonly writerOf: (meetingId: string) => Pen | undefined;
  /** An authority begins. */
  begin(meeting: MeetingInHand): MeetingDesk;
}
