import type { ParticipantId } from '../participants/participants.types.ts';
import type { Right } from './ledger.types.ts';

/** `identified`: it is being carried out, or decided on; `ended`: a restriction or an objection no longer stands. */
export type RightStatus = 'received' | 'identified' | 'done' | 'refused' | 'ended';

/** One right that one person exercises in one meeting, as the ledger has it. Times are RFC 3339. */
export interface RightRequest {
  readonly requestId: string;
  readonly meetingId: string;
  readonly participantId: ParticipantId;
  readonly right: Right;
  readonly status: RightStatus;
  readonly receivedAt: string;
  /** One month after it was received, or `daysToAnswer`; up to two months more where that was extended with a reason (GDPR Art. 12(3)). */
  readonly dueAt: string;
  readonly extended?: true;
  readonly identifiedBy?: string;
  /** Of a refusal, an extension or an end. */
  readonly reason?: string;
  /** Of a refusal. */
  readonly code?: string;
  /** When it was done or refused. */
  readonly settledAt?: string;
}
