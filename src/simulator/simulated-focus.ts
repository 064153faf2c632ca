import type { FocusSource, FocusState } from '../attention/focus.types.ts';
import type { SimulatedProcess } from './simulated-process.ts';

type Listener = (state: FocusState, at: number) => void;

/** Where a person's attention window is, whatever client of theirs listens. */
export class SimulatedFocus {
  readonly #now: () => number;
  readonly #listeners = new Set<Listener>();
  #state: FocusState = 'focused';

  constructor(now: () => number) {
    this.#now = now;
  }

  /** `true` if it is another now. */
  turn(state: FocusState): boolean {
    if (this.#state === state) return false;
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state, this.#now());
    return true;
  }

  /** As one run of a client's program sees it: while its machine sleeps it hears nothing. */
  source(process: SimulatedProcess): FocusSource {
    return {
      state: () => this.#state,
      subscribe: (listener) => {
        const heard: Listener = (state, at) => process.run(() => listener(state, at));
        this.#listeners.add(heard);
        return () => this.#listeners.delete(heard);
      },
    };
  }
}
