import type { ParticipantId } from '../participants/participants.types.ts';
import type { LedgerFact } from '../records/ledger.types.ts';
import type { RightRequest } from '../records/right-request.types.ts';
import { isStep, restricts, statusAfter } from '../records/rights.rules.ts';
import type { TranscriptDesk } from './transcript-desk.ts';

/**
 * Whose words are kept and told to nobody: who has the use of their data restricted, or objects to it until that is
 * decided on (GDPR Art. 18).
 */
export class Restrictions {
  readonly #transcripts: Pick<TranscriptDesk, 'of'>;
  readonly #people = new Set<ParticipantId>();
  /** By request: whose data it keeps from being used; nobody's any more, for undefined. */
  readonly #standing = new Map<string, ParticipantId | undefined>();

  constructor(transcripts: Pick<TranscriptDesk, 'of'>) {
    this.#transcripts = transcripts;
  }

  /** A fact is written. */
  written(fact: LedgerFact): void {
    const status = isStep(fact) ? statusAfter[fact.fact] : undefined;
    if (isStep(fact) && status) this.#stands(fact.requestId, restricts({ ...fact, status }) && fact.participantId);
  }

  /** These stood on the ledger; what is known of one by now goes before. */
  stood(requests: readonly RightRequest[]): void {
    for (const { requestId, participantId } of requests)
      if (!this.#standing.has(requestId)) this.#stands(requestId, participantId);
  }

  /** Whatever is written down from now on is held to it. */
  settle(): void {
    for (const transcript of this.#transcripts.of()) transcript.restrict(this.#people);
  }

  #stands(requestId: string, whose: ParticipantId | false): void {
    this.#standing.set(requestId, whose || undefined);
    this.#people.clear();
    for (const id of this.#standing.values()) if (id !== undefined) this.#people.add(id);
  }
}
