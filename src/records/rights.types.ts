import type { ParticipantId, RecordingId } from '../participants/participants.types.ts';
import type { HeldAboutMe } from './held-about-me.types.ts';
import type { Right } from './ledger.types.ts';
import type { RecordsOptions } from './meeting-ledgers.ts';
import type { RecordingStorage } from './retention.types.ts';
import type { RightRequest } from './right-request.types.ts';
import type { Vault } from './vault.types.ts';

/** What one's own words should read; the words are kept beside the original, and stand on no ledger. */
export interface WordsCorrection {
  readonly recordingId: RecordingId;
  readonly segmentId: string;
  readonly text: string;
}

/** A right that somebody asks for. */
export interface RightAsk {
  readonly meetingId: string;
  readonly right: Right;
  /** Whose right. */
  readonly participantId: ParticipantId;
  /** Who asks, by the word of a transport or of whoever checked it: the same person, or it is denied. */
  readonly askedBy: ParticipantId;
}

/** What may be said where a right is refused; each refusal has words beside. */
export type RefusalCode =
  | 'rights/not-identified'
  | 'rights/unfounded'
  | 'rights/excessive'
  | 'rights/compelling-grounds'
  | 'rights/held'
  | 'rights/local'
  | 'rights/erased'
  | 'rights/not-your-words'
  | 'rights/no-such-words'
  | 'rights/taken-back';

/** What came of a step. */
export type RightOutcome =
  /** `document` with access and portability; `outside` names recordings on their host's own device, to be asked there. */
  | {
      readonly outcome: 'done';
      readonly request: RightRequest;
      readonly document?: HeldAboutMe;
      readonly outside?: readonly RecordingId[];
    }
  | { readonly outcome: 'refused'; readonly request: RightRequest; readonly code: string; readonly reason: string }
  /** It waits: for the person to be identified, for a decision, or for what `code` says. */
  | { readonly outcome: 'pending'; readonly request: RightRequest; readonly code?: string }
  /** Nothing was changed. */
  | { readonly outcome: 'denied'; readonly code: string };

/** What rights stand on: a ledger and a vault are enough, so that they outlive the meeting. */
export interface RightsOptions extends RecordsOptions {
  readonly vault: Vault;
  readonly storage: RecordingStorage;
  /** Tells the host of each step. */
  readonly onChanged?: (request: RightRequest) => void;
  /** Withdraws somebody's consents in a meeting that goes on; without it, that waits until the meeting is over. */
  readonly withdraw?: (meetingId: string, participantId: ParticipantId) => Promise<void>;
  /** How long a call of the storage may take; 60,000 ms unless said. */
  readonly timeoutMs?: number;
  /** Days of 24 hours in which a right is answered, 1 to 366; one month unless said (GDPR Art. 12(3)). */
  readonly daysToAnswer?: number;
  /** Ids of requests; injected by tests. */
  readonly randomId?: () => string;
}

/** One request of one meeting. */
export interface RequestRef {
  readonly meetingId: string;
  readonly requestId: string;
}

/**
 * The rights of GDPR Arts. 7(3), 15 to 18, 20 and 21, over what a meeting's ledger and the vault hold. Each is received,
 * identified, then done or refused with a reason, and every step is on the ledger before it resolves. What can happen is an
 * outcome; a store that fails is a NoticeError (`ledger/store-failed`, `records/meeting-open`), and nothing is lost.
 */
export interface Rights {
  /** Denied: `rights/not-yourself`, `rights/nothing-held`. The same right asked for again while it is open is the same request. */
  receive(ask: RightAsk): Promise<RightOutcome>;
  /** A restriction and an objection take effect from here. `identifiedBy` says how, such as `session`. */
  identify(request: RequestRef & { readonly identifiedBy: string }): Promise<RightOutcome>;
  /** Does what the right asks for; of an objection, what it asks for if it is upheld. Safe to do again. */
  carryOut(request: RequestRef & { readonly correction?: WordsCorrection }): Promise<RightOutcome>;
  /** All three at once, for a person that a session knows. An objection waits, restricted, for the host to decide. */
  exercise(
    ask: RightAsk & { readonly identifiedBy: string; readonly correction?: WordsCorrection },
  ): Promise<RightOutcome>;
  refuse(request: RequestRef & { readonly code: RefusalCode; readonly reason: string }): Promise<RightOutcome>;
  /** By up to two months, once, before it is due. Denied: `rights/extended`, `rights/overdue`. */
  extend(request: RequestRef & { readonly reason: string; readonly months?: 1 | 2 }): Promise<RightOutcome>;
  /** A restriction stands no more, of which its person was told before (Art. 18(3)). */
  end(request: RequestRef & { readonly reason: string }): Promise<RightOutcome>;
  /** In the order in which they were received. */
  requests(meetingId: string): Promise<readonly RightRequest[]>;
  /** Tries again each deletion that had to wait; answers with all that are still open, of all meetings or of one. */
  run(options?: { readonly signal?: AbortSignal; readonly meetingId?: string }): Promise<readonly RightRequest[]>;
}
