import type { AcknowledgedOutcome } from '../transport/messages.types.ts';
import type { DecidingOptions } from './authority.types.ts';
import type { LedgerDesk } from './ledger-desk.ts';
import type { Seat } from './people.ts';
import type { Publisher } from './publisher.ts';
import type { Answered } from './records-desk.types.ts';
import type { Withdrawals } from './withdrawals.ts';

/** Says what became of answers and commands: once the ledger, where there is one, has kept what they led to (G6). */
export class Acknowledgements {
  readonly #options: DecidingOptions;
  readonly #publisher: Publisher;
  readonly #ledger: LedgerDesk | undefined;

  constructor(options: DecidingOptions, publisher: Publisher, ledger: LedgerDesk | undefined) {
    this.#options = options;
    this.#publisher = publisher;
    this.#ledger = ledger;
  }

  /** Those of withdrawals that wait no longer: whoever withdrew hears first where they stand. */
  sendSettled(withdrawals: Withdrawals): void {
    for (const [id, seat, outcome] of withdrawals.settled()) {
      this.#publisher.personChanged(seat.person.id);
      this.#publisher.flush();
      this.send(seat, id, outcome);
    }
  }

  /** Also of an outcome that comes later; nothing is said of one that is under way. */
  send(seat: Pick<Seat, 'endpoint'>, id: string, answered: Answered): void {
    const { mailbox } = this.#options;
    if (answered instanceof Promise) void answered.then((outcome) => mailbox.post(() => this.#send(seat, id, outcome)));
    else if (answered) this.#send(seat, id, answered);
  }

  #send({ endpoint }: Pick<Seat, 'endpoint'>, id: string, outcome: AcknowledgedOutcome): void {
    const { epoch, send } = this.#options;
    const tell = () => send({ t: 'ack', epoch, id, outcome }, [endpoint]);
    if (!this.#ledger || outcome.outcome === 'denied') tell();
    else {
      this.#ledger.whenKept(() => {
        // Whoever may come to decide knows how far the ledger had come before anybody relies on it.
        this.#publisher.tellHead();
        tell();
      });
    }
  }
}
