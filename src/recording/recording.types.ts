import type { Consent, StandingCounts } from '../consent/consent.types.ts';
import type {
  Admission,
  ByPurpose,
  Channel,
  ParticipantId,
  Purpose,
  RecordingId,
  RequestedBy,
  Role,
  Storage,
} from '../participants/participants.types.ts';

/** Why somebody is, or is no longer, captured. */
export type CaptureReason =
  | 'clear'
  | 'announced'
  | 'other-side'
  | 'platform'
  | 'unanswered'
  | 'refused'
  | 'withdrawn'
  | 'expired'
  | 'late'
  | 'cannot-be-asked'
  | 'absent'
  | 'left'
  | 'not-admitted'
  | 'paused'
  | 'ended';

/** How a request or a recording ended; `started` and `stopped` are the good ones. */
export type RecordingOutcome =
  | 'stopped'
  | 'refused'
  | 'vetoed'
  | 'expired'
  | 'cancelled'
  | 'nobody-to-capture'
  | 'failed';

/** A right that somebody has exercised, as hosts see it (docs/rights.md). */
export interface RightAsked {
  readonly requestId: string;
  /** Such as `access`. */
  readonly right: string;
  readonly status: 'received' | 'identified' | 'done' | 'refused' | 'ended';
  /** RFC 3339. */
  readonly dueAt: string;
  /** Why it was refused, as `rights/…`. */
  readonly code?: string;
}

/** One row of a host's roster. */
export interface RosterRow {
  readonly participantId: ParticipantId;
  readonly name?: string;
  readonly role: Role;
  readonly channel: Channel;
  readonly present: boolean;
  /** Each client of theirs can tell whether the meeting is its active window. */
  readonly focus?: true;
  readonly admission: Admission;
  /** The living recording that the rest is about. */
  readonly recordingId?: RecordingId;
  /** By purpose. */
  readonly consents: ByPurpose<Consent>;
  readonly captured: boolean;
  readonly because?: CaptureReason;
  /** Purposes of the open set that live, with a recording or without: whether this person is part of each, and why. */
  readonly others?: readonly {
    readonly recordingId: RecordingId;
    readonly purpose: Purpose;
    readonly captured: boolean;
    readonly because: CaptureReason;
  }[];
  /** Their requests about their data, the last few. */
  readonly rights?: readonly RightAsked[];
}

/** How many participants are at each consent, for the purpose `recording` of the living recording. */
export interface RosterCounts {
  readonly present: number;
  readonly captured: number;
  readonly consents: Readonly<Partial<Record<Consent, number>>>;
}

/** What a recorder is told to do; the machine says it, the authority calls the port. */
export type CaptureCall = 'start' | 'pause' | 'resume' | 'stop' | 'fence';

/** What the machine must know of a request; JSON. */
export interface RecordingRequest {
  readonly recordingId: RecordingId;
  readonly storage: Storage | undefined;
  readonly by: RequestedBy;
  readonly captureTimeoutMs: number;
  /** How long a start may wait for holds. */
  readonly holdWaitMs: number;
  readonly leaseMs: number;
  /** How long after a `stop` that came to nothing it is told again. */
  readonly stopAgainMs: number;
  /** Whether its recorder can be told anything from here: a local one of another client cannot. */
  readonly isReachable: boolean;
  readonly canExclude: boolean;
  readonly hasLease: boolean;
}

/** Who stands where when something is decided, and what forbids it. */
export interface Readiness {
  readonly counts: StandingCounts;
  /** Somebody is present for whom the policy allows no capture at all. */
  readonly blocked: boolean;
  /** Everyone who must answer first has. */
  readonly settled: boolean;
  /** How many of the refused have let their time run out. */
  readonly expired: number;
}

/** What the recording machine remembers; JSON. */
export interface RecordingContext {
  readonly request: RecordingRequest | null;
  readonly outcome: RecordingOutcome | null;
  readonly code: string | null;
  /** Whether `start` ever resolved. */
  readonly started: boolean;
  /** A recording of an authority that is gone: nothing is known of it until its recorder confirms. */
  readonly inherited: boolean;
}

/** What happens to one recording. */
export type RecordingEvent =
  | { readonly type: 'recording.requested'; readonly request: RecordingRequest }
  | { readonly type: 'recording.inherited'; readonly request: RecordingRequest; readonly started: boolean }
  | { readonly type: 'readiness.changed'; readonly readiness: Readiness }
  | { readonly type: 'holds.awaited' }
  | { readonly type: 'holds.confirmed' }
  | { readonly type: 'recording.paused' }
  | { readonly type: 'recording.resumed' }
  | { readonly type: 'recording.stopped'; readonly outcome: RecordingOutcome; readonly code?: string }
  | { readonly type: 'capture.started'; readonly readiness: Readiness }
  | { readonly type: 'capture.paused' }
  | { readonly type: 'capture.resumed' }
  | { readonly type: 'capture.stopped' }
  | { readonly type: 'capture.failed'; readonly call: CaptureCall; readonly code: string }
  | { readonly type: 'capture.ended'; readonly code: string };

/** What the recording machine tells whoever drives it. */
export type RecordingEmitted =
  | { readonly type: 'capture.called'; readonly call: CaptureCall; readonly request: RecordingRequest }
  | { readonly type: 'recording.moved' };

/** The types of the recording machine. */
export interface RecordingSetup {
  context: RecordingContext;
  events: RecordingEvent;
  emitted: RecordingEmitted;
}
