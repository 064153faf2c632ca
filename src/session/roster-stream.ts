import type { RosterRow } from '../recording/recording.types.ts';
import type { AuthorityMessage } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';
import type { SessionContext } from './session-context.ts';

type RosterMessage = Extract<AuthorityMessage, { t: 'roster' }>;

interface Parts {
  readonly seq: number;
  readonly rows: RosterRow[];
  readonly removed: string[];
  readonly got: Set<number>;
}

/** The hosts' numbered stream: put together from its parts, and asked for again where some of it was lost. */
export class RosterStream {
  readonly #context: SessionContext;
  readonly #told: (rows: readonly RosterRow[], removed: readonly string[], whole: boolean) => void;
  #seq = -1;
  /** The highest number that was named. */
  #due = -1;
  #parts: Parts | undefined;

  constructor(
    context: SessionContext,
    told: (rows: readonly RosterRow[], removed: readonly string[], whole: boolean) => void,
  ) {
    this.#context = context;
    this.#told = told;
  }

  /** Another authority is followed, or the same one anew: it is told from the beginning. */
  forgetNumbers(): void {
    this.#seq = -1;
    this.#due = -1;
  }

  /** The authority has told up to this number. */
  named(seq: number): void {
    this.#due = Math.max(this.#due, seq);
    this.#askAgain();
  }

  take(message: RosterMessage): void {
    const { seq, part, parts: count, rows, removed, whole } = message;
    if (seq < this.#seq || (seq === this.#seq && !whole)) return;
    if (!whole && seq !== this.#seq + 1) {
      this.named(seq);
      return;
    }
    const parts = this.#parts?.seq === seq ? this.#parts : { seq, rows: [], removed: [], got: new Set<number>() };
    this.#parts = parts;
    if (parts.got.has(part)) return;
    parts.got.add(part);
    parts.rows.push(...rows);
    parts.removed.push(...removed);
    if (parts.got.size < count) return;
    this.#parts = undefined;
    this.#seq = seq;
    this.#told(parts.rows, parts.removed, whole);
  }

  #askAgain(): void {
    const followed = this.#context.followed();
    if (!followed || this.#due <= this.#seq || !this.#context.isHosting()) return;
    this.#context.tellAuthority({ t: 'again', epoch: followed.epoch, stream: 'hosts' });
    this.#context.timers.set('again hosts', times.repeatMs, () => this.#askAgain());
  }
}
