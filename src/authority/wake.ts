import { times } from '../transport/times.ts';
import type { AuthorityContext } from './authority.types.ts';

/**
 * Notices that this machine has slept: somebody else may decide by now, so the authority asks for the highest epoch
 * and says nothing until the others had time to answer (G8).
 */
export class Wake {
  readonly #context: AuthorityContext;
  readonly #asked: () => void;
  #tickDueAt: number;
  #isAsking = false;

  /** `asked`: it may speak again. */
  constructor(context: AuthorityContext, asked: () => void) {
    this.#context = context;
    this.#asked = asked;
    this.#tickDueAt = context.now() + times.tickMs;
  }

  /** Its own timer has run; the next is due a tick later. */
  ticked(now: number): void {
    this.#tickDueAt = now + times.tickMs;
  }

  /** Whether it must not speak yet; at the first look after a sleep it begins to ask. */
  isAsking(): boolean {
    if (this.#isAsking || this.#context.now() - this.#tickDueAt <= times.sleptMs) return this.#isAsking;
    this.#isAsking = true;
    this.#context.options.ask();
    this.#context.timers.set('asked', times.electionMs, () => {
      this.#isAsking = false;
      this.#asked();
    });
    return true;
  }
}
