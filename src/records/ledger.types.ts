import type { Answer } from '../consent/consent.types.ts';
import type { NoticeId, TextShown } from '../notice/notice.types.ts';
import type {
  Epoch,
  ParticipantId,
  Purpose,
  RecordingId,
  RequestedBy,
  Storage,
} from '../participants/participants.types.ts';
import type { CaptureReason, RecordingOutcome } from '../recording/recording.types.ts';

/** A public key as JSON Web Key (RFC 7517). */
export type PublicKey = Readonly<Record<string, string>>;

/** One of the rights of R10, in GDPR's order: Arts. 7(3), 15, 16, 17, 18, 20, 21. */
export type Right = 'withdrawal' | 'access' | 'correction' | 'deletion' | 'restriction' | 'portability' | 'objection';

/** What of a recording is kept, and goes with it when it is erased (G5, G12). */
export type Kept = 'recording' | 'transcript' | 'notes';

/** What erasure was asked for by: the time that the policy gives, a host, one's right to it, or an objection. */
export type ErasedBecause = 'retention' | 'host' | 'right' | 'objection';

/** What is left of an anonymised recording; `null` is withheld, as so few people stand behind it that one would show. */
export interface RecordingCounts {
  readonly durationMs: number | null;
  readonly segments: number | null;
  readonly words: number | null;
  /** People. */
  readonly asked: number | null;
  readonly captured: number | null;
  readonly spoke: number | null;
  /** People by what they had last answered for the recording; `none` for those who had not. */
  readonly answers: Readonly<Record<string, number | null>>;
}

/** A fact about one recording. */
export interface OfRecording {
  readonly recordingId: RecordingId;
}

/** A fact about one person. */
export interface OfPerson {
  readonly participantId: ParticipantId;
}

/** What one person answered, as their own client said it; `applied` is false for what is kept as evidence only. */
export interface AnswerFact extends OfRecording, OfPerson {
  readonly fact: Answer;
  readonly purpose: Purpose;
  readonly answerId: string;
  readonly revision: number;
  readonly noticeId?: NoticeId;
  /** Version, language and hash of the words that were on screen. */
  readonly text?: TextShown;
  readonly applied: boolean;
}

/** What has happened, as the ledger keeps it: JSON. There is none about attention, ever (G4). */
export type LedgerFact =
  /** An authority begins to write; its records are signed with this key. `head`: where the one before had come to, as this one heard. */
  | { readonly fact: 'opened' | 'continued'; readonly key: PublicKey; readonly head?: LedgerHead }
  /** Nothing more is written by this authority. */
  | { readonly fact: 'closed' }
  | ({
      readonly fact: 'requested';
      readonly purposes: readonly Purpose[];
      readonly by: RequestedBy;
      readonly storage?: Storage;
      readonly reason?: string;
      /** Where one side alone is recorded: whose. */
      readonly only?: readonly ParticipantId[];
    } & OfRecording)
  /** One person is asked; `consent` says for what: to be told, to press Continue, or to agree. */
  | ({
      readonly fact: 'asked';
      readonly purposes: readonly Purpose[];
      readonly noticeId: NoticeId;
      readonly consent: string;
    } & OfRecording &
      OfPerson)
  | ({ readonly fact: 'shown'; readonly noticeId: NoticeId; readonly text?: TextShown } & OfRecording & OfPerson)
  | AnswerFact
  /** The person's own client has signed an answer: a JWS over what `signedAnswer` of receipts.ts makes of it (G6). */
  | ({
      readonly fact: 'signed';
      readonly answerId: string;
      readonly jws: string;
      readonly key: PublicKey;
    } & OfRecording &
      OfPerson)
  | ({ readonly fact: 'expired' | 'cannot-be-asked'; readonly purpose: Purpose } & OfRecording & OfPerson)
  | ({ readonly fact: 'started-without-waiting'; readonly by: ParticipantId; readonly reason: string } & OfRecording)
  | ({ readonly fact: 'started' | 'paused' | 'resumed'; readonly by: RequestedBy } & OfRecording)
  | ({
      readonly fact: 'ended';
      readonly by: RequestedBy;
      readonly outcome: RecordingOutcome;
      readonly code?: string;
    } & OfRecording)
  /** From now on somebody is, or is no longer, in what the recorder takes; or part of a purpose that lives with it, or alone. */
  | ({
      readonly fact: 'captured' | 'not-captured';
      readonly because: CaptureReason;
      /** One of the open set that is part of a recording. */
      readonly purpose?: Purpose;
    } & OfRecording &
      OfPerson)
  | ({ readonly fact: 'transcript'; readonly status: string } & OfRecording)
  /** A speaker or a word of a transcript was corrected; the correction is kept beside the original. */
  | ({ readonly fact: 'corrected'; readonly by: ParticipantId; readonly segmentId: string } & OfRecording)
  /** Erasure was asked for, or has been done: of these kept things, and why. */
  | ({
      readonly fact: 'erasing' | 'erased' | 'anonymised' | 'isolated';
      readonly kept: readonly Kept[];
      readonly because: ErasedBecause;
      /** One person's share only. */
      readonly participantId?: ParticipantId;
      /** What is left where it is made anonymous: with `erasing`, before anything goes, and again with `anonymised`. */
      readonly counts?: RecordingCounts;
    } & OfRecording)
  | ({
      readonly fact: 'legal-hold-set' | 'legal-hold-lifted';
      readonly by: string;
      readonly reason: string;
    } & OfRecording)
  /** Access to what is kept (R5): opened by the customer to a named party for a time and a reason, used, or refused. */
  | ({
      readonly fact: 'access-granted' | 'access-used' | 'access-refused' | 'access-ended';
      /** Empty where somebody asked who has no grant. */
      readonly grantId: string;
      readonly to: string;
      readonly reason: string;
      /** RFC 3339. */
      readonly until?: string;
      /** Who opened or ended it, for the customer. */
      readonly by?: string;
      /** Opened for the sake of a legal hold, and so during it. */
      readonly forHold?: true;
      /** What was used. */
      readonly kept?: Kept;
      /** Why it was refused, as `access/…`. */
      readonly code?: string;
    } & OfRecording)
  /** A right that was asked for, and each step until it is done or refused. */
  | ({
      readonly fact:
        | 'right-received'
        | 'right-identified'
        | 'right-done'
        | 'right-refused'
        | 'right-extended'
        /** A restriction or an objection no longer stands. */
        | 'right-ended';
      readonly requestId: string;
      readonly right: Right;
      /** RFC 3339: one month after it was received (GDPR Art. 12(3)), unless another time is set. */
      readonly dueAt: string;
      readonly reason?: string;
      /** Why it was refused, as `rights/…`. */
      readonly code?: string;
      /** How it was made sure that the person is who they say, such as `session`. */
      readonly identifiedBy?: string;
    } & OfPerson);

/** The number and hash of a record: with it, all before it is fixed. */
export interface LedgerHead {
  readonly n: number;
  readonly hash: string;
}

/** One record of a meeting's ledger, and one line of its file. */
export interface LedgerRecord {
  readonly v: 1;
  /** From 0, without a gap. */
  readonly n: number;
  /** RFC 3339, UTC, with milliseconds: the writer's clock. */
  readonly at: string;
  readonly meetingId: string;
  readonly epoch: Epoch;
  /** The hash of the record before; empty in the first. */
  readonly prev: string;
  readonly fact: LedgerFact;
  /** SHA-256, base64url, over the canonical JSON (RFC 8785) of all the above. */
  readonly hash: string;
  /** Compact JWS (RFC 7515) over the hash, by the writer's key. */
  readonly jws: string;
}

/** Where lines are kept, in order, one meeting beside the other. */
export interface LedgerStore {
  /** All or none of the lines, after the last; resolves once they outlive a crash. Rejects with `ledger/store-failed`. */
  append(meetingId: string, lines: readonly string[]): Promise<void>;
  /** The lines from the first on; a torn last line, which was never acknowledged, is not among them. */
  read(meetingId: string): AsyncIterable<string>;
  /** The meetings that have any. */
  meetings(): AsyncIterable<string>;
}

/** One authority's pen: facts in the order in which they are appended. */
export interface LedgerWriter {
  /** The last record that is kept. */
  readonly head: LedgerHead | undefined;
  /** The key that it signs with. */
  readonly key: PublicKey;
  /** Takes a fact at this instant of the writer's clock; it is kept when `kept()` resolves. Never throws. */
  append(fact: LedgerFact): void;
  /**
   * Appends a fact, and resolves with its record once that is kept, however long it takes; with `undefined` once it never
   * will be: a fact about attention, one that JSON cannot hold, one for a writer that has ended. Never rejects.
   */
  record(fact: LedgerFact): Promise<LedgerRecord | undefined>;
  /** Resolves once all that was appended so far is kept; rejects with `ledger/store-failed`, and what was appended is tried again. */
  kept(): Promise<void>;
  /** Writes `closed`, and ends. */
  close(): Promise<void>;
  /**
   * Ends, and tries nothing again. Resolves once no call of the store is under way; what is not kept by then never will be by
   * this writer: `record()` answers nothing for it, `kept()` rejects with `ledger/abandoned`. What was kept stays.
   */
  abandon(): Promise<void>;
}

/** What a host's session or a server is given as `ledger`. */
export interface Ledger {
  /**
   * An authority begins; `continues` is the head that clients saw of the one before. Rejects with `ledger/store-failed`,
   * `ledger/corrupt`, `ledger/key-failed` or `ledger/no-library`.
   */
  open(start: {
    readonly meetingId: string;
    readonly epoch: Epoch;
    readonly continues?: LedgerHead;
  }): Promise<LedgerWriter>;
  /** Every record of a meeting, as kept. */
  records(meetingId: string): AsyncIterable<LedgerRecord>;
  /** The meetings that have any. */
  meetings(): AsyncIterable<string>;
}

/** A person's own copy of one of their answers: the record of it, both signatures, and who wrote it. */
export interface Receipt {
  readonly v: 1;
  readonly receiptId: string;
  /** The record of the answer, whole. */
  readonly record: LedgerRecord;
  /** The record of the person's own signature, where their client signs. */
  readonly signed?: LedgerRecord;
  /** The key of who wrote both. */
  readonly key: PublicKey;
}
