import { derivedId } from '../core/ids.ts';
import type { Endpoint, ParticipantId } from '../participants/participants.types.ts';
import type { LedgerFact, LedgerRecord, PublicKey, Receipt } from '../records/ledger.types.ts';
import type { SignedMessage } from '../transport/messages.types.ts';
import type { AuthorityContext } from './authority.types.ts';
import type { Seat } from './people.ts';
import { hasSigned } from './signature-check.ts';

interface Answered {
  readonly participantId: ParticipantId;
  /** What their client signs. */
  readonly text: string;
  /** One for each purpose. */
  readonly records: readonly Promise<LedgerRecord | undefined>[];
  signed?: Promise<LedgerRecord | undefined>;
}

interface ReceiptsOptions {
  readonly context: AuthorityContext;
  readonly record: (fact: LedgerFact) => Promise<LedgerRecord | undefined>;
  readonly key: () => PublicKey | undefined;
  /** Tells hosts how far the ledger has come. */
  readonly tellHead: () => void;
}

/** How many answers may still be signed: far more than can be on their way. */
const answersKept = 1024;

/**
 * Gives each person the receipts of their answers: once their client has signed an answer, or has said that it cannot,
 * and the ledger has kept both (G6).
 */
export class Receipts {
  readonly #options: ReceiptsOptions;
  readonly #answered = new Map<string, Answered>();

  constructor(options: ReceiptsOptions) {
    this.#options = options;
  }

  /** `text`: what their client signs. */
  answered(participantId: ParticipantId, answerId: string, text: string, records: Answered['records']): void {
    this.#answered.set(answerId, { participantId, text, records });
    const [oldest] = this.#answered.keys();
    if (this.#answered.size > answersKept && oldest !== undefined) this.#answered.delete(oldest);
  }

  /** A signature for an answer that is not known here is sent again when that is, or given up. */
  signed({ endpoint, person }: Seat, message: SignedMessage): void {
    const { id, recordingId } = message;
    const answered = this.#answered.get(id);
    if (answered?.participantId !== person.id) return;
    const { context } = this.#options;
    const { epoch, send } = context.options;
    answered.signed ??= this.#kept(answered, message, endpoint);
    void Promise.all([Promise.all(answered.records), answered.signed]).then(([records, signed]) =>
      context.post(() => {
        this.#options.tellHead();
        const receipts = records.flatMap((each) =>
          each ? [this.#receipt(recordingId, person.id, id, each, signed)] : [],
        );
        send({ t: 'receipts', epoch, id, receipts }, [endpoint]);
      }),
    );
  }

  /** The record of a signature; none of one that is over something else, or by another key: it is reported. */
  async #kept(
    { participantId, text }: Answered,
    { id, recordingId, jws, key }: SignedMessage,
    from: Endpoint,
  ): Promise<LedgerRecord | undefined> {
    if (jws === undefined || key === undefined) return undefined;
    if (await hasSigned(text, jws, key)) {
      return this.#options.record({ fact: 'signed', recordingId, participantId, answerId: id, jws, key });
    }
    this.#options.context.options.doubt('ledger/bad-signature', from);
    return undefined;
  }

  #receipt(
    recordingId: string,
    participantId: ParticipantId,
    answerId: string,
    record: LedgerRecord,
    signed: LedgerRecord | undefined,
  ): Receipt {
    return {
      v: 1,
      receiptId: derivedId(recordingId, participantId, answerId),
      record,
      ...(signed && { signed }),
      key: this.#options.key() ?? {},
    };
  }
}
