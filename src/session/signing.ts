import type { AnswerMessage, ReceiptsMessage } from '../transport/messages.types.ts';
import type { AnswerSigner, SignerModule, SignerParts } from './answer-signer.ts';

export type { SignerModule };

/** What every client has of signatures: the signer of its person's answers is loaded once their meeting keeps them. */
export class Signing {
  readonly #parts: SignerParts;
  readonly #load: () => SignerModule | Promise<SignerModule>;
  #signer: Promise<AnswerSigner> | undefined;
  #taker: AnswerSigner | undefined;

  constructor(parts: SignerParts, load: () => SignerModule | Promise<SignerModule>) {
    this.#parts = parts;
    this.#load = load;
  }

  sign(answer: AnswerMessage): void {
    if (!this.#parts.context.meeting()?.kept) return;
    this.#signer ??= this.#made();
    void this.#signer.then(
      (signer) => signer.sign(answer),
      () => {
        this.#signer = undefined;
      },
    );
  }

  take(message: ReceiptsMessage): void {
    this.#taker?.take(message);
  }

  async #made(): Promise<AnswerSigner> {
    const { createSigner } = await this.#load();
    this.#taker = createSigner(this.#parts);
    return this.#taker;
  }
}
