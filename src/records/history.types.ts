import type { Consent, ConsentAsked } from '../consent/consent.types.ts';
import type { NoticeId, NoticeText, TextShown } from '../notice/notice.types.ts';
import type { ParticipantId, Purpose, RecordingId, RequestedBy, Storage } from '../participants/participants.types.ts';
import type { CaptureReason, RecordingOutcome } from '../recording/recording.types.ts';
import type { Kept, LedgerFact, LedgerHead, PublicKey, RecordingCounts, Right } from './ledger.types.ts';

/** The words of a notice, as a person had them before them. */
export type NoticeWords = Pick<NoticeText, 'title' | 'body'>;

/** What a ledger does not hold, and its integrator knows. */
export interface HistoryOptions {
  /** The meeting that is wanted; by default that of the first record. */
  readonly meetingId?: string;
  /** Names for ids; whoever asked to record is named by the ledger itself. */
  readonly nameOf?: (participantId: ParticipantId) => string | undefined;
  /** The words behind a version, a language and a hash, where they are still known. */
  readonly wordsOf?: (text: TextShown) => NoticeWords | undefined;
}

/** The record that something comes from: its number, its time (RFC 3339), and what proves it. */
export interface Moment {
  readonly n: number;
  readonly at: string;
  /** SHA-256 of the record, base64url. */
  readonly hash: string;
  /** The writer's signature over the hash. */
  readonly jws: string;
  /** The writer's key, where the records begin with it. */
  readonly key?: PublicKey;
}

/** One step of one consent. */
export interface ConsentStep extends Moment {
  readonly consent: Consent;
  /** What was asked for, in a step that asks. */
  readonly asks?: ConsentAsked;
  readonly noticeId?: NoticeId;
  readonly text?: TextShown;
  readonly words?: NoticeWords;
  readonly answerId?: string;
  /** False for an answer that is kept as evidence and changed nothing. */
  readonly applied: boolean;
  /** Asking to record is one's own consent to it. */
  readonly byAsking: boolean;
  /** The person's own signature of this answer. */
  readonly signature?: { readonly jws: string; readonly key: PublicKey };
}

/** One person, one purpose, one recording. */
export interface ConsentHistory {
  readonly participantId: ParticipantId;
  readonly recordingId: RecordingId;
  readonly purpose: Purpose;
  /** What it has come to. */
  readonly consent: Consent;
  /** The most that was asked: to be told, to press Continue, or to agree; absent where nothing was. */
  readonly asks?: ConsentAsked;
  readonly steps: readonly ConsentStep[];
}

/** From when to when somebody was in what the recorder took. */
export interface CaptureSpan {
  readonly from: Moment & { readonly because: CaptureReason };
  /** Absent while it goes on, and where no record says when it ended. */
  readonly to?: Moment & { readonly because: CaptureReason };
}

/** From when to when somebody was part of a purpose of the open set that lives with a recording. */
export interface PurposePart {
  readonly purpose: Purpose;
  readonly spans: readonly CaptureSpan[];
}

/** One person's part of one recording. */
export interface PersonInRecording {
  readonly participantId: ParticipantId;
  readonly name?: string;
  readonly consents: readonly ConsentHistory[];
  readonly captured: readonly CaptureSpan[];
  readonly parts: readonly PurposePart[];
}

/** Who asked for a recording, or for one more purpose of it. */
export interface RecordingRequested extends Moment {
  readonly purposes: readonly Purpose[];
  readonly by: RequestedBy;
  readonly storage?: Storage;
  readonly reason?: string;
  /** Where one side alone is recorded: whose. */
  readonly only?: readonly ParticipantId[];
}

/** What else happened to a recording, or to what was kept of it; by the fact's own name. */
export interface RecordingStep extends Moment {
  readonly fact: Exclude<LedgerFact['fact'], Consent | 'captured' | 'not-captured' | 'asked' | 'signed'>;
  /** A person's id, 'platform', 'unknown', or the name of whoever set a legal hold or has access. */
  readonly who?: string;
  /** Whose share it is about, where it is one person's alone. */
  readonly about?: ParticipantId;
  readonly because?: string;
  /** A transcript's status, how a recording ended, which segment was corrected. */
  readonly detail?: string;
  /** What was erased, or is to be; what access was used to. */
  readonly kept?: readonly Kept[];
  /** Until when access is open, RFC 3339. */
  readonly until?: string;
  /** Who opened or ended an access, for the customer. */
  readonly by?: string;
  /** An access that was opened for the sake of a legal hold. */
  readonly forHold?: true;
  /** What is left of a recording that is made anonymous. */
  readonly counts?: RecordingCounts;
}

/** One recording, from who asked for it to what became of it. */
export interface RecordingHistory {
  readonly recordingId: RecordingId;
  readonly requests: readonly RecordingRequested[];
  readonly purposes: readonly Purpose[];
  readonly storage?: Storage;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly outcome?: RecordingOutcome;
  /** In the order in which they are first named. */
  readonly people: readonly PersonInRecording[];
  readonly steps: readonly RecordingStep[];
}

/** One step of a right. */
export interface RightStep extends Moment {
  readonly status: string;
  readonly reason?: string;
  /** How it was made sure that the person is who they say. */
  readonly identifiedBy?: string;
}

/** A right that somebody exercised, and each step of it. */
export interface RightHistory {
  readonly requestId: string;
  readonly participantId: ParticipantId;
  readonly right: Right;
  readonly dueAt: string;
  readonly steps: readonly RightStep[];
}

/** All that the records of one meeting say, read once: every export is made of it. */
export interface MeetingHistory {
  readonly meetingId: string;
  /** Whose copy it is, where it is of one person. */
  readonly of?: ParticipantId;
  /** The last record that was read. */
  readonly head: LedgerHead & { readonly at: string };
  readonly recordings: readonly RecordingHistory[];
  readonly rights: readonly RightHistory[];
  /** The name of whoever has one. */
  readonly names: ReadonlyMap<ParticipantId, string>;
}
