import type { Consent } from '../consent/consent.types.ts';
import type { HoldReason, Notice, NoticeClosed, NoticeId, RequestedBy } from '../notice/notice.types.ts';
import type { HostNotified } from '../notifications/notifications.types.ts';
import type {
  Admission,
  Device,
  ParticipantId,
  Purpose,
  RecordingId,
  Status,
  Storage,
} from '../participants/participants.types.ts';
import type { CaptureReason, RosterCounts, RosterRow } from '../recording/recording.types.ts';
import type { Receipt } from '../records/ledger.types.ts';
import type { KeptSegment, TranscriptStatus } from '../transcript/transcript.types.ts';

export type { Admission, CaptureReason, RosterCounts, RosterRow };

/** Contact with whoever decides: `lost` is told by the transport or by silence, `local-only` has no transport. */
export type Connection = 'idle' | 'joining' | 'connected' | 'lost' | 'local-only' | 'left';
/** The point of a recording's life that a cue tells of; `answered` says back to a caller what came of a key. */
export type CueKind =
  | 'asking'
  | 'answered'
  | 'started'
  | 'paused'
  | 'resumed'
  | 'stopped'
  | 'ended-unexpectedly'
  | 'reminder';

/** What is spoken, and on a phone the keys that answer. */
export interface Announcement {
  readonly text: string;
  readonly locale: string;
  readonly keys?: Readonly<Record<string, 'agree' | 'refuse' | 'repeat'>>;
  /** Where one side alone is recorded: the tone comes after the words, and the recording of this caller after it. */
  readonly tone?: 'after';
}

/** What is told of one recording as it moves. */
export interface RecordingFact {
  readonly recordingId: RecordingId;
  readonly storage: Storage | undefined;
  /** Whose act it was: a person, `'platform'`, or `'unknown'`. */
  readonly by: RequestedBy;
  readonly reason?: string;
  readonly code?: string;
}

/** One clock icon beside a name, on or off; `sinceMs` is how long the meeting has not been the active window there, 0 when off. */
export interface AttentionChange {
  readonly participantId: ParticipantId;
  readonly inattentive: boolean;
  readonly sinceMs: number;
}

/** Every hook and its payload. Delivery: see docs/hooks.md. */
export interface HookMap {
  noticeRaised: Notice;
  noticeClosed: {
    readonly noticeId: NoticeId;
    readonly purpose: Purpose;
    readonly recordingId: RecordingId;
    readonly because: NoticeClosed;
  };
  indicatorChanged: { readonly purpose: Purpose; readonly status: Status; readonly recordingId?: RecordingId };
  cueRequested: {
    readonly cueId: string;
    readonly purpose: Purpose;
    readonly purposes: readonly Purpose[];
    readonly cue: CueKind;
    readonly announcement: Announcement;
    /** Play it within this time; later it is no longer true. */
    readonly playInMs: number;
    readonly recordingId: RecordingId;
  };
  consentChanged: {
    readonly participantId: ParticipantId;
    readonly purpose: Purpose;
    readonly consent: Consent;
    readonly recordingId: RecordingId;
  };
  holdChanged: {
    readonly purpose: Purpose;
    readonly recordingId: RecordingId;
    readonly devices: readonly Device[];
    readonly held: boolean;
    readonly because: HoldReason | 'answered' | 'acknowledged' | 'capture-ended' | 'left';
    readonly endsInMs?: number;
    /** What was on before the first hold: given back already (own answer), or to be offered. */
    readonly restore: readonly Device[];
  };
  captureChanged: {
    readonly participantId: ParticipantId;
    readonly purpose: Purpose;
    readonly captured: boolean;
    readonly because: CaptureReason;
    readonly recordingId: RecordingId;
  };
  recordingStarted: RecordingFact;
  recordingPaused: RecordingFact;
  recordingResumed: RecordingFact;
  recordingStopped: RecordingFact;
  recordingFailed: RecordingFact;
  transcriptChanged: {
    readonly transcriptId: string;
    readonly recordingId: RecordingId;
    readonly status: TranscriptStatus;
  };
  /**
   * To whom the policy lets read (`transcription.readers`). An interim segment is replaced by what is told later under its
   * id; a final one with an empty text takes back what was told under it.
   */
  transcriptSegment: {
    readonly transcriptId: string;
    readonly recordingId: RecordingId;
    readonly segment: KeptSegment;
  };
  attentionTrackingChanged: {
    readonly enabled: boolean;
    /** Enabled, and a share that arms it is on. */
    readonly active: boolean;
  };
  /** Hosts only, one a frame: who has turned inattentive, and who is so no more. */
  attentionIndicatorChanged: { readonly changes: readonly AttentionChange[] };
  admissionChanged: { readonly admission: Admission; readonly because: string; readonly recordingId?: RecordingId };
  leaveRequested: {
    readonly because: 'refused' | 'withdrawn' | 'expired' | 'denied';
    readonly leaveInMs: number;
    readonly recordingId: RecordingId;
  };
  connectionChanged: { readonly connection: Connection; readonly authorityId: ParticipantId | undefined };
  rosterChanged: {
    readonly counts: RosterCounts;
    readonly changed: readonly RosterRow[];
    readonly removed: readonly ParticipantId[];
  };
  hostNotified: HostNotified;
  recordIssued: { readonly receipt: Receipt };
  protocolFailed: { readonly code: string; readonly from?: string; readonly count: number; readonly detail?: string };
  listenerFailed: { readonly hook: string; readonly code: 'listener/threw'; readonly error: unknown };
}

/** A hook by name. */
export type HookName = keyof HookMap;

/** What `onAny` is told. */
export type AnyHook = { [H in HookName]: { readonly hook: H; readonly payload: HookMap[H] } }[HookName];
