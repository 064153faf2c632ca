import type {
  Admission,
  ParticipantId,
  Purpose,
  RecordingId,
  Region,
  RequestedBy,
  Requester,
  Storage,
} from '../participants/participants.types.ts';
import type { Policy } from '../policy/policy.types.ts';
import type { RecordingContext, RecordingRequest } from '../recording/recording.types.ts';
import type { HandedClearance } from '../transcript/clearance.ts';
import type { KeptSegment, TranscriptState } from '../transcript/transcript.types.ts';
import type { AcknowledgedOutcome, RecordingState } from '../transport/messages.types.ts';
import type { DeclinedState } from './declined.ts';
import type { LedgerKnown } from './ledger-facts.ts';
import type { LiveRecordingState } from './live-recording.types.ts';

/** Where a machine may be entered in the middle, after an orderly hand-over. */
export type StableState = 'asking' | 'on' | 'paused';

/** Attention tracking is on, and who turned it on. */
export interface Enabling {
  readonly id: string;
  readonly by?: Requester;
}

/** One transcript, as it is handed over. */
export interface HandedTranscript {
  readonly transcriptId: string;
  readonly recordingId: RecordingId;
  readonly state: TranscriptState;
  /** How many segments were told in final form. */
  readonly head: number;
  /** How long ago its recording began; a duration, since clocks differ. */
  readonly ageMs?: number | undefined;
  /** By how much that may be too little, from hand-overs before this one. */
  readonly lagMs: number;
  readonly clearance: HandedClearance;
  readonly segments: readonly KeptSegment[];
}

/** What is known of transcripts, and of the recordings that may be erased with them. */
export interface HandedTranscripts {
  readonly transcripts: readonly HandedTranscript[];
  /** How many there have been. */
  readonly count: number;
  /** The recording that lives now: for a transcript that is asked for later. */
  readonly living?: { readonly ageMs?: number | undefined; readonly lagMs: number } | undefined;
  /** Whose words go out of which recordings. */
  readonly toGo: readonly (readonly [RecordingId, readonly ParticipantId[]])[];
  readonly ended: readonly { readonly recordingId: RecordingId; readonly storage?: Storage | undefined }[];
}

/** All that an authority knows, as it is handed over: JSON, in which nothing is `undefined`. */
export interface HandedOver {
  readonly policy: Policy;
  readonly regions: readonly Region[];
  readonly noticeVersion: string;
  /** Whose client is known to speak this protocol. */
  readonly speaking: readonly ParticipantId[];
  /** Who is not heard: left out until they are. */
  readonly absent: readonly ParticipantId[];
  /** Who waits in the lobby, or was turned away. */
  readonly outside: readonly (readonly [ParticipantId, Admission])[];
  readonly outcomes: readonly (readonly [string, AcknowledgedOutcome])[];
  /** Attention tracking, where it is on. */
  readonly attention?: Enabling | undefined;
  /** What the ledger holds, where one is kept. */
  readonly ledger?: LedgerKnown | undefined;
  /** Absent from an authority that knows of none. */
  readonly transcripts?: HandedTranscripts | undefined;
  readonly own?: HandedOverOwn;
  /** The purposes that live without a recording. */
  readonly purposes?: readonly HandedOverLive[];
  /** The recordings that have ended last: somebody may have missed it. */
  readonly ended: readonly RecordingState[];
}

/** A recording of the meeting's own, with what its recorder does. */
export interface HandedOverOwn extends HandedOverLive {
  readonly request: RecordingRequest;
  readonly state: StableState;
  readonly context: RecordingContext;
  readonly included: readonly ParticipantId[];
}

/** Who was asked for what, and said what. */
export interface HandedOverLive {
  readonly live: LiveRecordingState;
  readonly rosters: readonly (readonly [Purpose, readonly (readonly [ParticipantId, number])[]])[];
  /** Time left, by person; a duration, since clocks differ. */
  readonly deadlinesInMs: readonly (readonly [ParticipantId, number])[];
  readonly dueInMs?: number | undefined;
  readonly giveUpInMs?: number | undefined;
  readonly remindInMs?: number | undefined;
  readonly reminded: readonly (readonly [ParticipantId, number])[];
  readonly joinedMeanwhile: readonly ParticipantId[];
  readonly reviewing: readonly ParticipantId[];
  readonly bannered: readonly ParticipantId[];
  readonly announcedTo: readonly ParticipantId[];
  readonly refusals: readonly (readonly [ParticipantId, readonly string[]])[];
  readonly purposesOn: readonly Purpose[];
  readonly declined: DeclinedState;
  readonly pausedByHost: boolean;
  /** How many have let their time run out. */
  readonly expired: number;
  readonly lastBy?: RequestedBy | undefined;
  readonly withoutWaiting?: { by: ParticipantId; reason: string } | undefined;
}
