import type { FocusSource, FocusState } from '../attention/focus.types.ts';
import type { Clock } from '../core/clock.ts';

/** How a page tells whether the meeting is its person's active window. */
export interface BrowserFocusOptions {
  /** Of the session, so that times are on its clock. Default: the clock of this machine. */
  readonly clock?: Clock;
  /** The meeting's own page. Default: the one this runs in; on a server there is none, and nothing can be told. */
  readonly window?: Window & typeof globalThis;
  /**
   * Whether this system says anything of use. Default: unless a finger is what mostly points here,
   * `(pointer: coarse)`. On phones and tablets another app, a notification or half of a split screen takes over without
   * a word, or with the same word as a glance at the clock. Give `false` on a room system or a television.
   */
  readonly canTell?: boolean;
}

/**
 * Whether the meeting is the active window of a browser, from `document.hasFocus()`, `visibilityState`, the page's
 * focus, freeze and Picture-in-Picture events, and nothing else: no title, no other window, no content, no input.
 *
 * `focused`: the page has the focus, or a frame within it, its Document Picture-in-Picture window or one that was
 * `include`d; or a video of it is in Picture-in-Picture, which tells nobody whether it is active. `lost`: none of that;
 * so also while the person is in the address bar or the developer tools, for the page hears the same. `cannot-tell`: on
 * a phone or tablet, on a server, while the page is frozen or put away, while a dialog is open that it was told of, and
 * in a page embedded by another while that one is in view, for it may be there that the person is. After the machine
 * has slept it could not tell, and a loss begins anew.
 *
 * A person can make it say anything, by a script or by a second screen: it is never evidence.
 */
export interface BrowserFocus extends FocusSource {
  /** Looks anew. A change that is found is told to who subscribed before this answers. */
  state(): FocusState;
  /**
   * The browser is asking the person something until the promise settles (a screen to share, a microphone, a file): it
   * takes the focus, and looks like any other window. Until then a page in view without the focus `cannot-tell`. Gives
   * the promise back: `await focus.during(navigator.mediaDevices.getDisplayMedia())`.
   */
  during<T extends PromiseLike<unknown>>(dialog: T): T;
  /** A window that the meeting itself has opened: who is there is in the meeting. The function returned ends that. */
  include(window: Window): () => void;
}
