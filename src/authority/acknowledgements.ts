import type { AcknowledgedOutcome } from '../transport/messages.types.ts';
import type { DecidingOptions } from './authority.types.ts';
import type { LedgerDesk } from './ledger-desk.ts';
import type { Seat } from './people.ts';
import type { Publisher } from './publisher.ts';

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

  send({ endpoint }: Pick<Seat, 'endpoint'>, id: string, outcome: AcknowledgedOutcome): void {
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
