import type { AnswerMessage, ReceiptsMessage } from '../transport/messages.types.ts';
import type { AnswerSigner, SignerModule, SignerParts } from './answer-signer.ts';
import { OnDemand } from './on-demand.ts';

export type { SignerModule };

/** What every client has of signatures: the signer of its person's answers is loaded once their meeting keeps them. */
export class Signing {
  readonly #parts: SignerParts;
  readonly #module: OnDemand<SignerModule>;
  readonly #unsigned: AnswerMessage[] = [];
  #signer: AnswerSigner | undefined;

  constructor(
    { context, wire }: Omit<SignerParts, 'keys'>,
    keys: CryptoKeyPair | undefined,
    load: () => SignerModule | Promise<SignerModule>,
  ) {
    this.#parts = { context, wire, keys };
    this.#module = new OnDemand(load, context.mailbox);
  }

  sign(answer: AnswerMessage): void {
    if (!this.#parts.context.meeting()?.kept) return;
    this.#unsigned.push(answer);
    if (this.#signer) this.#signAll(this.#signer);
    else {
      this.#module.need(({ createSigner }) => {
        this.#signer = createSigner(this.#parts);
        this.#signAll(this.#signer);
      });
    }
  }

  take(message: ReceiptsMessage): void {
    this.#signer?.take(message);
  }

  #signAll(signer: AnswerSigner): void {
    for (const answer of this.#unsigned.splice(0)) signer.sign(answer);
  }
}
