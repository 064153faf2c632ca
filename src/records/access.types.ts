import type { RecordingId } from '../participants/participants.types.ts';
import type { Kept } from './ledger.types.ts';
import type { RecordsOptions } from './meeting-ledgers.ts';
import type { Vault } from './vault.types.ts';

/** An access that the customer has opened (R5). Times are RFC 3339. */
export interface AccessGrant {
  readonly grantId: string;
  readonly meetingId: string;
  readonly recordingId: RecordingId;
  /** The one party who may use it. */
  readonly to: string;
  /** Who opened it, for the customer. */
  readonly by: string;
  readonly reason: string;
  readonly since: string;
  readonly until: string;
  /** Opened for the sake of a legal hold: it is used during one, and others are not. */
  readonly forHold?: true;
  /** Ended by the customer before its time. */
  readonly ended?: true;
}

/** What an access is opened with. */
export interface GrantWish {
  readonly meetingId: string;
  readonly recordingId: RecordingId;
  readonly to: string;
  readonly by: string;
  readonly reason: string;
  /** How long it is open from now, in milliseconds; there is none without an end. */
  readonly forMs: number;
  readonly forHold?: boolean;
}

/** What one use of an access asks for. */
export interface AccessWish {
  readonly meetingId: string;
  readonly recordingId: RecordingId;
  /** Who asks, by the word of whoever checked it. */
  readonly to: string;
  readonly kept: Kept;
}

/** Why an access is refused. */
export type AccessRefusal =
  | 'access/closed'
  | 'access/expired'
  | 'access/ended'
  | 'access/restricted'
  | 'access/held'
  | 'access/isolated'
  | 'access/erased'
  | 'access/still-recording'
  | 'access/not-kept'
  | 'access/unreadable';

/** What came of asking; each of both is on the ledger before it resolves. For `recording` there is no text: the media are where the storage has them. */
export type AccessOutcome =
  | { readonly outcome: 'opened'; readonly grantId: string; readonly text?: string }
  | { readonly outcome: 'refused'; readonly code: AccessRefusal };

/** What access stands on. */
export interface AccessOptions extends RecordsOptions {
  readonly vault: Pick<Vault, 'open'>;
}

/** Closed until the customer opens it to a named party, for a time and a reason (R5); every use and every refusal is on the ledger. */
export interface Access {
  /** @throws NoticeError `recording/unknown`, `recording/local`, `retention/erased`. TypeError for a time that is none. */
  grant(wish: GrantWish): Promise<AccessGrant>;
  /** @throws NoticeError `recording/unknown`, `recording/local`, and what the ledger fails with: what is not on record is not handed out. */
  use(wish: AccessWish): Promise<AccessOutcome>;
  /** Ends an access before its time; one that is not open is left as it is, and answers with `false`. */
  end(grant: Pick<AccessGrant, 'meetingId' | 'grantId' | 'by' | 'reason'>): Promise<boolean>;
  /** Every access that was opened in a meeting, in order. */
  grants(meetingId: string): Promise<readonly AccessGrant[]>;
}
