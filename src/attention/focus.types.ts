/** What a client can tell of its window: `cannot-tell` where the system does not say, and while the page is frozen. */
export type FocusState = 'focused' | 'lost' | 'cannot-tell';

/**
 * Whether the meeting is the active window of this client; nothing else is read. A browser's is `browserFocus()`; a
 * native client brings its own.
 */
export interface FocusSource {
  state(): FocusState;
  /** Tells of each change, with when it was, on the session's clock; the function it returns ends that. */
  subscribe(listener: (state: FocusState, at: number) => void): () => void;
}
