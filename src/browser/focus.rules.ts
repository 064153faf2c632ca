import type { FocusState } from '../attention/focus.types.ts';

/** What one window of the meeting says of itself. */
export interface WindowFacts {
  readonly hasFocus: boolean;
  readonly isVisible: boolean;
}

/** All that is known when the state is asked for. */
export interface FocusFacts {
  readonly canTell: boolean;
  /** Frozen, or put away for when the person comes back to it. */
  readonly isAway: boolean;
  /** The page, and what belongs to it. */
  readonly windows: readonly WindowFacts[];
  /** A video of it is in Picture-in-Picture. */
  readonly hasFloatingVideo: boolean;
  readonly isEmbedded: boolean;
  readonly isAsking: boolean;
}

/** Timers of a hidden page run once a minute at the least. */
const hiddenGapMs = 90_000;
const visibleGapMs = 5000;

export function focusOf(facts: FocusFacts): FocusState {
  if (!facts.canTell || facts.isAway) return 'cannot-tell';
  const inView = facts.windows.filter(({ isVisible }) => isVisible);
  if (facts.hasFloatingVideo || inView.some(({ hasFocus }) => hasFocus)) return 'focused';
  return inView.length > 0 && (facts.isEmbedded || facts.isAsking) ? 'cannot-tell' : 'lost';
}

/** Whether so long without a look, where one was due all the time, can only be a page or a machine that stood still. */
export function stoodStill(forMs: number, isVisible: boolean): boolean {
  return forMs > (isVisible ? visibleGapMs : hiddenGapMs);
}
