import type { FocusState } from '../attention/focus.types.ts';
import { type Clock, systemClock } from '../core/clock.ts';
import { focusOf, stoodStill, type WindowFacts } from './focus.rules.ts';
import type { BrowserFocus, BrowserFocusOptions } from './focus.types.ts';
import { Listeners } from './listeners.ts';

/** How late at the most a change is found that no event tells of: a frame of another origin gains or loses the focus. */
const lookEveryMs = 500;

const awayEvents = ['freeze', 'pagehide'];
const backEvents = ['resume', 'pageshow', 'focus'];
const windowEvents = ['focus', 'blur', 'pagehide', 'pageshow'];
const documentEvents = ['visibilitychange', 'freeze', 'resume', 'enterpictureinpicture', 'leavepictureinpicture'];

type PageWindow = Window &
  typeof globalThis & { readonly documentPictureInPicture?: EventTarget & { readonly window: Window | null } };

interface Told {
  readonly state: FocusState;
  readonly at: number;
}

/** Whether the meeting is this browser's active window (R6), for `createSession({ focus: browserFocus() })`. */
export function browserFocus(options: BrowserFocusOptions = {}): BrowserFocus {
  return new PageFocus(options);
}

class PageFocus implements BrowserFocus {
  readonly #page: PageWindow | undefined;
  readonly #clock: Clock;
  readonly #canTell: boolean | undefined;
  readonly #listeners = new Listeners<Told>();
  readonly #included = new Set<Window>();
  /** How to stop listening to the page, and to each window beside it. */
  #deafen: readonly (() => void)[] = [];
  readonly #followed = new Map<Window, () => void>();
  #subscribers = 0;
  #dialogs = 0;
  #isAway = false;
  /** A frame may have the focus: it left the page's own document, and was not seen to come back. */
  #isWithin = false;
  #told: FocusState = 'cannot-tell';
  #looked: { readonly at: number; readonly isVisible: boolean } | undefined;
  #timer: unknown;

  constructor({ clock = systemClock, window: page = globalThis.window, canTell }: BrowserFocusOptions) {
    this.#page = page;
    this.#clock = clock;
    this.#canTell = canTell;
  }

  state(): FocusState {
    return this.#subscribers > 0 ? this.#look() : this.#now();
  }

  subscribe(listener: (state: FocusState, at: number) => void): () => void {
    const forget = this.#listeners.add(({ state, at }) => listener(state, at));
    this.#subscribers += 1;
    if (this.#subscribers === 1) this.#begin();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      forget();
      this.#subscribers -= 1;
      if (this.#subscribers === 0) this.#end();
    };
  }

  during<T extends PromiseLike<unknown>>(dialog: T): T {
    const over = (): void => {
      this.#dialogs -= 1;
      this.#lookIfHeard();
    };
    this.#dialogs += 1;
    dialog.then(over, over);
    return dialog;
  }

  include(window: Window): () => void {
    this.#included.add(window);
    this.#lookIfHeard();
    return () => {
      this.#included.delete(window);
      this.#lookIfHeard();
    };
  }

  #begin(): void {
    const page = this.#page;
    if (!page) return;
    const { document, documentPictureInPicture } = page;
    this.#deafen = [
      this.#hear(page, windowEvents),
      this.#hear(document, documentEvents),
      ...(documentPictureInPicture ? [this.#hear(documentPictureInPicture, ['enter'])] : []),
    ];
    // Whatever has the focus now may be a frame, or hold one.
    this.#isWithin = document.activeElement !== null && document.activeElement !== document.body;
    this.#told = this.#now();
    this.#looked = undefined;
    this.#look();
  }

  #end(): void {
    this.#clock.clearTimeout(this.#timer);
    for (const stop of [...this.#deafen, ...this.#followed.values()]) stop();
    this.#followed.clear();
    this.#isAway = false;
  }

  #hear(target: EventTarget, types: readonly string[]): () => void {
    const hearing = new AbortController();
    const happened = ({ type }: Event): void => this.#happened(target, type);
    for (const type of types) target.addEventListener(type, happened, { signal: hearing.signal });
    return () => hearing.abort();
  }

  #happened(target: EventTarget, type: string): void {
    if (target === this.#page || target === this.#page?.document) {
      if (awayEvents.includes(type)) this.#isAway = true;
      if (backEvents.includes(type)) this.#isAway = false;
      if (type === 'blur') this.#isWithin = true;
      if (type === 'focus') this.#isWithin = false;
    }
    this.#look();
  }

  #lookIfHeard(): void {
    if (this.#subscribers > 0) this.#look();
  }

  #look(): FocusState {
    const at = this.#clock.now();
    const state = this.#now();
    const before = this.#looked;
    this.#looked = { at, isVisible: this.#page?.document.visibilityState === 'visible' };
    this.#follow();
    this.#lookAgainSoon(state);
    const isGap = before !== undefined && stoodStill(at - before.at, before.isVisible);
    if (isGap && this.#told === 'lost') this.#tell('cannot-tell', before.at);
    this.#tell(state, at);
    return state;
  }

  #tell(state: FocusState, at: number): void {
    if (state === this.#told) return;
    this.#told = state;
    this.#listeners.tell({ state, at });
  }

  /** Most changes have their event. Where they may have none, and while a loss lasts that a sleep would end, looks go on. */
  #lookAgainSoon(state: FocusState): void {
    this.#clock.clearTimeout(this.#timer);
    const mayChangeUnheard = this.#isWithin || this.#followed.size > 0;
    if (state !== 'lost' && !(mayChangeUnheard && this.#isAble())) return;
    this.#timer = this.#clock.setTimeout(() => this.#look(), lookEveryMs);
  }

  #follow(): void {
    const others = this.#others();
    for (const [other, stop] of this.#followed) {
      if (others.includes(other)) continue;
      stop();
      this.#followed.delete(other);
    }
    for (const other of others) {
      if (!this.#followed.has(other)) this.#followed.set(other, this.#hear(other, windowEvents));
    }
  }

  /** The meeting's windows beside its page. */
  #others(): readonly Window[] {
    const floating = this.#page?.documentPictureInPicture?.window;
    const others = new Set(floating ? [floating, ...this.#included] : this.#included);
    return [...others].filter(isOurs);
  }

  #isAble(): boolean {
    return this.#canTell ?? this.#page?.matchMedia?.('(pointer: coarse)').matches === false;
  }

  #now(): FocusState {
    const page = this.#page;
    if (!page) return 'cannot-tell';
    return focusOf({
      canTell: this.#isAble(),
      isAway: this.#isAway,
      windows: [page, ...this.#others()].map(factsOf),
      hasFloatingVideo: Boolean(page.document.pictureInPictureElement),
      isEmbedded: page.top !== page,
      isAsking: this.#dialogs > 0,
    });
  }
}

/** One that has gone to another origin is no longer the meeting's. */
function isOurs(window: Window): boolean {
  try {
    return !window.closed && window.document !== null;
  } catch {
    return false;
  }
}

function factsOf({ document }: Window): WindowFacts {
  return { hasFocus: document.hasFocus(), isVisible: document.visibilityState === 'visible' };
}
