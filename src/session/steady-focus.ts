import type { FocusSource, FocusState } from '../attention/focus.types.ts';
import { attempt } from '../core/attempt.ts';

const states: readonly FocusState[] = ['focused', 'lost', 'cannot-tell'];

/** A source that throws, or says what is no state, cannot tell: nobody is flagged for it, and nothing else stops (G4, G9). */
export function steadyFocus(focus: FocusSource, failed: (error: unknown) => void): FocusSource {
  const known = (state: FocusState | undefined): FocusState =>
    state !== undefined && states.includes(state) ? state : 'cannot-tell';
  return {
    state: () => known(attempt(() => focus.state(), failed)),
    subscribe: (listener) => {
      const end = attempt(() => focus.subscribe((state, at) => listener(known(state), at)), failed);
      return () => void (end && attempt(end, failed));
    },
  };
}
