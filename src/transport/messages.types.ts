import type { AttentionTracking } from '../attention/attention.types.ts';
import type { Answer, Consent } from '../consent/consent.types.ts';
import type { HoldReason, NoticeClosed, NoticeData, NoticeId, TextShown } from '../notice/notice.types.ts';
import type {
  Admission,
  ByPurpose,
  Channel,
  Device,
  Epoch,
  ParticipantId,
  Purpose,
  RecordingId,
  Region,
  RequestedBy,
  Status,
  Storage,
} from '../participants/participants.types.ts';
import type { Policy } from '../policy/policy.types.ts';
import type { CaptureReason, RecordingOutcome, RosterRow } from '../recording/recording.types.ts';
import type { LedgerHead, PublicKey, Receipt } from '../records/ledger.types.ts';
import type { Command } from './command.types.ts';
import type { ErasureView } from './records-messages.types.ts';
import type { SegmentsMessage, SegmentsQuery, TranscriptView } from './transcript-messages.types.ts';
import type { SeenCapture } from './transport.types.ts';

/** One recording as everyone is told of it: a whole state, never a change, so that a lost message costs nothing. */
export interface RecordingState {
  readonly recordingId: RecordingId;
  /** `recording` first, then what was asked for along with it. */
  readonly purposes: readonly Purpose[];
  readonly status: Status;
  /** By purpose, where it differs from `status`. */
  readonly statuses?: ByPurpose<Status>;
  readonly storage?: Storage;
  readonly by: RequestedBy;
  readonly reason?: string;
  /** Where one side alone is recorded: whose. */
  readonly only?: readonly ParticipantId[];
  /** `start` has resolved. */
  readonly started: boolean;
  /** Started without waiting for the unanswered: who did and why, shown to all. */
  readonly withoutWaiting?: { readonly by: ParticipantId; readonly reason: string };
  /** A capture of the platform's own (G10). */
  readonly seen?: true;
  /** One that the authority pauses until everyone is accounted for. */
  readonly controlled?: true;
  /** Whose act the present state is. */
  readonly lastBy?: RequestedBy;
  readonly ended?: {
    readonly outcome: RecordingOutcome;
    readonly code?: string;
    readonly retryable?: boolean;
    /** The recorder itself has said so. */
    readonly confirmed?: boolean;
  };
  /** What ends it when its authority is gone: its lease, its client's own end, or only the platform's word. */
  readonly endsBy: 'lease' | 'client' | 'platform';
}

/** A bot or recorder, as everyone is shown it (G1). */
export interface BotHere {
  readonly participantId: ParticipantId;
  readonly name?: string;
}

/** What everyone knows of the meeting. */
export interface MeetingState {
  /** The living ones, then the last ended. */
  readonly recordings: readonly RecordingState[];
  readonly policy: Policy;
  /** Hosts, then co-hosts, each in join order: who takes over. */
  readonly succession: readonly ParticipantId[];
  readonly attention: AttentionTracking;
  /** Facts of consent are kept: each client signs its person's answers. */
  readonly kept?: true;
  /** The one that is being made, then the last others; absent where there was none. */
  readonly transcripts?: readonly TranscriptView[];
  /** How far the last erasures have come; absent where there was none. */
  readonly erasures?: readonly ErasureView[];
  /** Software that is in the meeting: bots and recorders, the first few in join order. */
  readonly bots?: readonly BotHere[];
  /** The authority has left in order; nothing runs and nobody follows it. */
  readonly closed?: true;
}

export interface ConsentState {
  readonly recordingId: RecordingId;
  readonly purpose: Purpose;
  readonly consent: Consent;
  /** The highest revision of an answer that the authority has applied. */
  readonly revision: number;
}

/** What one person is told about themselves; a whole state, to each of their sessions. */
export interface PersonalState {
  readonly notices: readonly NoticeData[];
  readonly closed: readonly { readonly noticeId: NoticeId; readonly because: NoticeClosed }[];
  readonly consents: readonly ConsentState[];
  readonly captured: readonly {
    readonly recordingId: RecordingId;
    /** One of the open set; otherwise it is the recording itself. */
    readonly purpose?: Purpose;
    readonly captured: boolean;
    readonly because: CaptureReason;
  }[];
  readonly hold: {
    readonly recordingId: RecordingId;
    readonly devices: readonly Device[];
    readonly because: HoldReason;
    readonly endsInMs?: number;
  } | null;
  /** Why the last hold ended, if by the person's own answer: only that gives devices back (G13). */
  readonly admission: { readonly admission: Admission; readonly because: string; readonly recordingId?: RecordingId };
  readonly leave?: {
    readonly because: 'refused' | 'withdrawn' | 'expired' | 'denied';
    readonly recordingId: RecordingId;
    readonly leaveInMs: number;
  };
}

export interface HelloMessage {
  readonly t: 'hello';
  readonly id: string;
  readonly name?: string;
  readonly region?: Region;
  readonly channel?: Channel;
  /** Whether this client has a device controller. */
  readonly devices: boolean;
  /** This client reaches the meeting's recorder: a capture can be handed over to it. */
  readonly recorder?: true;
  /** This client can tell whether the meeting is its active window. */
  readonly focus?: true;
  /** This client's person shares their screen now. */
  readonly sharing?: true;
  /** The highest epoch it has followed. */
  readonly highest?: Epoch;
}

export interface AnswerMessage {
  readonly t: 'answer';
  readonly id: string;
  /** Absent for an answer given without an open notice. */
  readonly noticeId?: NoticeId;
  readonly recordingId: RecordingId;
  readonly revision: number;
  readonly answers: ByPurpose<Answer>;
  /** The notice was on screen when it was answered: said here too, since `shown` may be lost or come later. */
  readonly shown?: true;
  readonly text?: TextShown;
}

/**
 * From a participant's client to one host's: they are inattentive, for `sinceMs` already, or are so no more. Never to
 * anybody else, never numbered among the meeting's facts (G4).
 */
export interface AttentionEdge {
  readonly t: 'attention';
  readonly epoch: Epoch;
  /** The share that it is about. */
  readonly share: string;
  /** Rises with each edge: what was overtaken is old. */
  readonly n: number;
  readonly inattentive: boolean;
  readonly sinceMs: number;
}

/** From a host's client: an edge is here (`got`), or what is the case now is asked for. */
export interface AttentionQuery {
  readonly t: 'attention?';
  readonly epoch: Epoch;
  readonly got?: number;
}

/** The client's own signature of an answer of its person's; without one, it cannot sign. */
export interface SignedMessage {
  readonly t: 'signed';
  /** The answer's. */
  readonly id: string;
  readonly recordingId: RecordingId;
  readonly jws?: string;
  readonly key?: PublicKey;
}

/** A person's copies of the records of one answer of theirs, one for each purpose. */
export interface ReceiptsMessage {
  readonly t: 'receipts';
  readonly epoch: Epoch;
  /** The answer's. */
  readonly id: string;
  readonly receipts: readonly Receipt[];
}

/** From a client to whoever decides (or, where said, to everyone). */
export type ClientMessage =
  | HelloMessage
  | AttentionEdge
  | AttentionQuery
  | SegmentsQuery
  | AnswerMessage
  | SignedMessage
  | { readonly t: 'alive'; readonly epoch: Epoch; readonly seq: number }
  | { readonly t: 'there?'; readonly epoch: Epoch }
  /** Asks for a whole stream again. */
  | { readonly t: 'again'; readonly epoch: Epoch; readonly stream: 'meeting' | 'hosts' }
  /** A personal state has arrived and been carried out; `held`: whose hold is on now. */
  | { readonly t: 'got'; readonly epoch: Epoch; readonly n: number; readonly held?: RecordingId }
  | { readonly t: 'shown'; readonly id: string; readonly noticeId: NoticeId; readonly text?: TextShown }
  | { readonly t: 'command'; readonly id: string; readonly epoch: Epoch; readonly command: Command }
  /** A host's adapter has seen captures of the platform's own. */
  | { readonly t: 'seen'; readonly captures: readonly SeenCapture[] }
  /** What this host's client captured, when it decided, has ended. */
  | { readonly t: 'ended'; readonly recordingId: RecordingId }
  /** To everyone: the highest epoch heard of; in reply to a lower one, or to a host's `hello`. */
  | { readonly t: 'highest'; readonly epoch: Epoch | null; readonly re?: string };

export type AcknowledgedOutcome =
  | { readonly outcome: 'done' | 'accepted'; readonly recordingId?: RecordingId }
  | { readonly outcome: 'recorded'; readonly receiptId: string; readonly revision: number }
  | { readonly outcome: 'moot'; readonly because: string }
  | { readonly outcome: 'denied' | 'failed' | 'pending'; readonly code: string }
  /** What came of a right, for whoever exercises it alone: a `RightOutcome` as JSON. */
  | { readonly outcome: 'exercised'; readonly right: string };

/** From the authority. */
export type AuthorityMessage =
  | ReceiptsMessage
  | SegmentsMessage
  | {
      readonly t: 'beacon';
      readonly epoch: Epoch;
      readonly seq: number;
      readonly hostSeq?: number;
      readonly aliveMs: number;
      /** How far the ledger has come, where one is kept. */
      readonly ledger?: LedgerHead;
      /** The epoch that handed over to this one in order. */
      readonly after?: Epoch;
    }
  | {
      readonly t: 'meeting';
      readonly epoch: Epoch;
      readonly seq: number;
      readonly meeting: MeetingState;
      readonly aliveMs: number;
      /** The epoch that handed over to this one in order. */
      readonly after?: Epoch;
    }
  | {
      readonly t: 'personal';
      readonly epoch: Epoch;
      /** The number of the meeting's state that this one goes with. */
      readonly seq: number;
      readonly n: number;
      readonly personal: PersonalState;
      readonly re?: string;
    }
  | { readonly t: 'ack'; readonly epoch: Epoch; readonly id: string; readonly outcome: AcknowledgedOutcome }
  | {
      readonly t: 'roster';
      readonly epoch: Epoch;
      readonly seq: number;
      /** Chunk `part` of `parts`; with `whole`, it replaces what was. */
      readonly part: number;
      readonly parts: number;
      readonly whole: boolean;
      readonly rows: readonly RosterRow[];
      readonly removed: readonly ParticipantId[];
    }
  /** An orderly hand-over to one host: all that the authority knows, as text. */
  | { readonly t: 'hand-over'; readonly epoch: Epoch; readonly text: string };

/** A part of a message that is longer than 4 KiB. */
export interface ChunkMessage {
  readonly t: 'chunk';
  readonly id: string;
  readonly part: number;
  readonly parts: number;
  readonly text: string;
}

export type Message = ClientMessage | AuthorityMessage | ChunkMessage;
