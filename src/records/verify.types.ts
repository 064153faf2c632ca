import type { Answer } from '../consent/consent.types.ts';
import type { ParticipantId, Purpose } from '../participants/participants.types.ts';
import type { LedgerHead, LedgerRecord, PublicKey, Receipt } from './ledger.types.ts';

/** A ledger as lines of its file or as records, in order. What can be read twice, such as a list, is told more of. */
export type LedgerSource = Iterable<string | LedgerRecord> | AsyncIterable<string | LedgerRecord>;

/** What `verifyLedger` is told beside the ledger. */
export interface VerifyOptions {
  /** The same meeting's ledger as other machines have kept it: what one continues of another is looked up there. */
  readonly others?: readonly LedgerSource[];
  /** A head that was made known: the ledger must have that record. */
  readonly head?: LedgerHead;
  /** People's own copies: the ledger must have their records. */
  readonly receipts?: readonly Receipt[];
  readonly keys?: KnownKeys;
}

/** Keys that are known from elsewhere. Without them a ledger is held against the keys that it names itself. */
export interface KnownKeys {
  /** Who may write; an authority with another key is named. */
  readonly authorities?: readonly PublicKey[];
  /** With what each person signs; another key's signature is none. */
  readonly participants?: Readonly<Record<ParticipantId, readonly PublicKey[]>>;
}

/**
 * What is wrong with a ledger. `may-be-cut-off` alone is no fault: it has no `closed` at its end. `forked`: two branches
 * go on after record `n`. `wrong-key`: signed by a key that no record before it, or nobody that is known, has.
 */
export type FindingCode =
  | 'changed'
  | 'removed'
  | 'added'
  | 'reordered'
  | 'cut-off'
  | 'forked'
  | 'wrong-key'
  | 'receipt-invalid'
  | 'answer-invalid'
  | 'may-be-cut-off';

/** One thing that is wrong, and the record at which it is. */
export interface LedgerFinding {
  readonly code: FindingCode;
  readonly n: number;
  /** Of which source, from 0: the ledger itself, then the others. */
  readonly source: number;
  /** From 1; only where there is such a line. */
  readonly line?: number;
  /** One plain sentence or two. */
  readonly says: string;
}

/** An answer in the ledger. */
export interface AnswerRef {
  readonly n: number;
  readonly participantId: ParticipantId;
  readonly answerId: string;
  readonly purpose: Purpose;
  readonly fact: Answer;
}

/** Which answers carry their person's own signature. */
export interface AnswersVerdict {
  /** How many answers do, and it is valid: the person's client signed exactly this. */
  readonly signed: number;
  /** Those that carry none: the authority's word is all there is. */
  readonly unsigned: readonly AnswerRef[];
  /** Those with one that is not over this answer, or by another key; each is a finding too. */
  readonly invalid: readonly AnswerRef[];
}

/** What `verifyLedger` has found. */
export interface LedgerVerdict {
  /** There are records, and nothing was found, but perhaps that the end may be cut off. */
  readonly held: boolean;
  /** How many records were read, of all sources. */
  readonly records: number;
  readonly meetingId?: string;
  /** The last record. Keep it: with it, nobody can cut the ledger off unnoticed. */
  readonly head?: LedgerHead;
  /** By number of the record: the first is where the ledger stops being what was written. At most 100. */
  readonly findings: readonly LedgerFinding[];
  readonly answers: AnswersVerdict;
}
