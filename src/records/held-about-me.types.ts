import type { Answer } from '../consent/consent.types.ts';
import type { NoticeId, TextShown } from '../notice/notice.types.ts';
import type { ParticipantId, Purpose, RecordingId, RequestedBy, Storage } from '../participants/participants.types.ts';
import type { CaptureReason } from '../recording/recording.types.ts';
import type { KeptSegment } from '../transcript/transcript.types.ts';
import type { KeptState } from './kept.types.ts';
import type { Kept, Receipt } from './ledger.types.ts';
import type { RightRequest } from './right-request.types.ts';

/** What a person was asked. Times are RFC 3339 here and below. */
export interface AskedOfMe {
  readonly at: string;
  readonly noticeId: NoticeId;
  readonly purposes: readonly Purpose[];
  readonly consent: string;
}

/** The words that were on a person's screen: their version, language and hash. */
export interface ShownToMe {
  readonly at: string;
  readonly noticeId: NoticeId;
  readonly text?: TextShown;
}

/** What a person answered; `expired` and `cannot-be-asked` for what stood in place of an answer. */
export interface AnsweredByMe {
  readonly at: string;
  readonly purpose: Purpose;
  readonly answer: Answer | 'expired' | 'cannot-be-asked';
  readonly answerId?: string;
  readonly noticeId?: NoticeId;
  readonly text?: TextShown;
  /** False for what is kept as evidence and changed nothing. */
  readonly applied: boolean;
}

/** From when to when a person was in what the recorder took, or part of a purpose of the open set; without `to` it goes on. */
export interface CapturedOfMe {
  readonly from: string;
  readonly to?: string;
  readonly because?: CaptureReason;
}

/** From when to when a person was part of a purpose of the open set that lives with a recording. */
export interface PartOfMine {
  readonly purpose: Purpose;
  readonly spans: readonly CapturedOfMe[];
}

/** A person's own words. `erased` and `unreadable` say why there are none. */
export interface WordsOfMine {
  readonly state: 'kept' | 'none' | 'erased' | 'unreadable' | 'outside';
  readonly language?: string;
  readonly segments: readonly KeptSegment[];
}

/** What one recording holds about one person, or one purpose that lives without a recording, of which nothing else is kept. */
export interface RecordingAboutMe {
  readonly recordingId: RecordingId;
  /** What it was asked for; without `recording` among them it is a purpose of the open set that lives by itself. */
  readonly purposes: readonly Purpose[];
  /** `local` is on its host's own device, outside of all this (R2). Missing, with `state`, where there is no recording. */
  readonly storage?: Storage;
  readonly state?: KeptState;
  readonly requestedBy?: RequestedBy;
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** Whether the person's own share is being deleted, or is. */
  readonly ownShare?: 'erasing' | 'erased';
  readonly asked: readonly AskedOfMe[];
  readonly shown: readonly ShownToMe[];
  readonly answers: readonly AnsweredByMe[];
  readonly captured: readonly CapturedOfMe[];
  /** The purposes of the open set that live with the recording, and the person's part in each. */
  readonly parts: readonly PartOfMine[];
  readonly words: WordsOfMine;
}

/** Somebody to whom a recording with the person in it was opened, or who was refused (R5). */
export interface AccessToMine {
  readonly at: string;
  readonly recordingId: RecordingId;
  readonly what: 'granted' | 'used' | 'refused' | 'ended';
  readonly to: string;
  readonly reason: string;
  readonly kept?: Kept;
}

/**
 * All that is held about one person in one meeting, as one JSON (GDPR Art. 15), or what they gave, to take elsewhere
 * (Art. 20): schemas/held-about-me.json. Nothing of others but what was done to the person, and nothing about attention.
 */
export interface HeldAboutMe {
  readonly format: 'meeting-notice/held-about-me/1';
  readonly right: 'access' | 'portability';
  readonly meetingId: string;
  readonly participantId: ParticipantId;
  readonly madeAt: string;
  readonly recordings: readonly RecordingAboutMe[];
  readonly receipts: readonly Receipt[];
  /** With access alone. */
  readonly access?: readonly AccessToMine[];
  readonly rights?: readonly RightRequest[];
}
