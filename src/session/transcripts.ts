import type { SegmentsMessage, TranscriptView } from '../transport/transcript-messages.types.ts';
import { OnDemand } from './on-demand.ts';
import type { SessionContext } from './session-context.ts';
import type { TranscriptModule, TranscriptSide } from './transcript-side.ts';
import type { Wire } from './wire.ts';

export type { TranscriptModule };

const none: readonly TranscriptView[] = [];

/** What every client has of transcripts: what tells of them is loaded once the meeting has one. */
export class Transcripts {
  readonly #context: SessionContext;
  readonly #wire: Wire;
  readonly #module: OnDemand<TranscriptModule>;
  #side: TranscriptSide | undefined;

  constructor(context: SessionContext, wire: Wire, load: () => TranscriptModule | Promise<TranscriptModule>) {
    this.#context = context;
    this.#wire = wire;
    this.#module = new OnDemand(load, context.mailbox);
  }

  get views(): readonly TranscriptView[] {
    return this.#side?.views ?? none;
  }

  /** What there is, or who decides, may have changed. */
  follow(): void {
    if (this.#side) this.#side.follow();
    else if (this.#context.meeting()?.transcripts) {
      this.#module.need(({ createTranscriptSide }) => {
        this.#side = createTranscriptSide(this.#context, this.#wire);
        this.#side.follow();
      });
    }
  }

  take(message: SegmentsMessage): void {
    this.#side?.take(message);
  }

  left(): void {
    this.#side = undefined;
  }
}
