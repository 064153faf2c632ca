import { leastThresholdMs } from '../attention/attention.rules.ts';
import type { FocusState } from '../attention/focus.types.ts';
import type { TrackerOptions } from './attention-tracker.types.ts';

/** No timer of a browser takes more. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Whether this client can tell its focus, for hosts to know of whom nothing can be known (G4): that bit and nothing else,
 * while a share is on. That it can is said by every client, whatever its person has answered. That it cannot any more is
 * said by whose window counts alone, and after as long as a loss would need: by who refused, never.
 */
export class FocusSignal {
  readonly #options: TrackerOptions;
  #thresholdMs = leastThresholdMs;
  #stopListening: (() => void) | undefined;

  constructor(options: TrackerOptions) {
    this.#options = options;
  }

  /** A share is on, or is not. */
  follow(isOn: boolean, thresholdMs: number): void {
    this.#thresholdMs = Math.max(thresholdMs, leastThresholdMs);
    const { focus, context, signal } = this.#options;
    if (!isOn || signal.canTell) this.#stop();
    else if (focus && !this.#stopListening) {
      this.#stopListening = focus.subscribe((state) => context.mailbox.post(() => this.#sees(state)));
      this.#sees(focus.state());
    }
  }

  /** This person's window counts, and the source cannot tell; or one of the two is so no more. */
  follows(isBlind: boolean): void {
    const { context, signal } = this.#options;
    if (!isBlind) context.timers.clear('focus signal');
    else if (signal.canTell && !context.timers.has('focus signal')) {
      context.timers.set('focus signal', Math.min(this.#thresholdMs + 1, longestTimerMs), () => this.#isDue());
    }
  }

  #sees(state: FocusState): void {
    if (state === 'cannot-tell' || !this.#stopListening) return;
    this.#stop();
    this.#say(true);
  }

  #isDue(): void {
    if (this.#options.focus?.state() !== 'cannot-tell') return;
    this.#say(false);
    this.follow(true, this.#thresholdMs);
  }

  #stop(): void {
    this.#stopListening?.();
    this.#stopListening = undefined;
  }

  #say(able: boolean): void {
    const { signal, send } = this.#options;
    signal.canTell = able;
    send({ do: 'reportFocus', able }, ({ outcome }) => {
      // It was repeated, and heard after what was said later. What was not heard at all is in the next hello.
      if (outcome === 'done' && signal.canTell !== able) this.#say(signal.canTell);
    });
  }
}
