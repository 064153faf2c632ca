import { type Clock, systemClock } from '../core/clock.ts';
import type { TextCatalogue } from '../notice/texts.types.ts';
import type { Session, SessionSnapshot } from '../session/session.types.ts';
import { make, setText } from './markup.ts';
import { adoptStyles, themeStyles } from './theme.ts';
import { say } from './words.ts';

/** `HTMLElement`; on a server, where there are no elements, a class that lets the others be loaded and not created. */
export const ElementBase = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/** How loudly a change is told to assistive technology. */
export type Politeness = 'polite' | 'assertive';

/**
 * What every element of `./ui` is: it shows `session.getSnapshot()` and follows `session.subscribe`, so one that is
 * put into a page late shows the same as one that was there before. Hooks are not needed.
 */
export abstract class NoticeElement extends ElementBase {
  readonly #regions: Readonly<Record<Politeness, HTMLElement>>;
  #session: Session | undefined;
  #texts: TextCatalogue | undefined;
  #clock: Clock = systemClock;
  #unsubscribe: (() => void) | undefined;

  constructor(...styles: readonly string[]) {
    super();
    const root = this.attachShadow({ mode: 'open' });
    adoptStyles(root, themeStyles, ...styles);
    this.#regions = {
      polite: make('p', { class: 'unseen', role: 'status', 'aria-live': 'polite' }),
      assertive: make('p', { class: 'unseen', role: 'alert', 'aria-live': 'assertive' }),
    };
    root.append(this.#regions.polite, this.#regions.assertive);
  }

  /** The session shown. It may be set before or after the element is put into the page, and be changed. */
  get session(): Session | undefined {
    return this.#session;
  }

  set session(session: Session | undefined) {
    if (session === this.#session) return;
    this.#stop();
    this.#session = session;
    this.#start();
  }

  /** The words of the page's language; every `ui.` key may be replaced. English where it is not set. */
  get texts(): TextCatalogue | undefined {
    return this.#texts;
  }

  set texts(texts: TextCatalogue | undefined) {
    this.#texts = texts;
    this.update();
  }

  /** The clock that `answerByAt` of a notice belongs to: the session's own, if that was given one. */
  get clock(): Clock {
    return this.#clock;
  }

  set clock(clock: Clock) {
    this.#clock = clock;
    this.update();
  }

  connectedCallback(): void {
    this.#adoptEarlyProperties();
    this.#start();
  }

  disconnectedCallback(): void {
    this.#stop();
    this.removed();
  }

  /** Shows this snapshot. Called for each new one, and when texts change. */
  protected abstract render(snapshot: SessionSnapshot, session: Session): void;

  /** The element has left the page, or lost its session: what it started outside itself ends. */
  protected removed(): void {}

  /** Updates whenever what is shown may have changed, until the function given back is called. */
  protected follow(session: Session): () => void {
    return session.subscribe(() => this.update());
  }

  protected update(): void {
    const session = this.#session;
    if (session && this.isConnected) this.render(session.getSnapshot(), session);
  }

  protected say(key: string, params: Readonly<Record<string, string | number>> = {}): string {
    return say(this.#texts, key, params);
  }

  /** The words of `key`, or those of `otherwise` where there are none. */
  protected sayOr(key: string, otherwise: string, params: Readonly<Record<string, string | number>> = {}): string {
    return say(this.#texts, key, params) || this.say(otherwise, params);
  }

  /** Tells a change to assistive technology, once. */
  protected announce(text: string, politeness: Politeness = 'polite'): void {
    const other = politeness === 'polite' ? 'assertive' : 'polite';
    setText(this.#regions[other], '');
    setText(this.#regions[politeness], text);
  }

  protected get shadow(): ShadowRoot {
    return this.shadowRoot as ShadowRoot;
  }

  #start(): void {
    if (!this.#session || !this.isConnected || this.#unsubscribe) return;
    this.#unsubscribe = this.follow(this.#session);
    this.update();
  }

  #stop(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    if (this.#session) this.removed();
  }

  /** Properties that a page set before the element was defined hide the accessors: they are set again. */
  #adoptEarlyProperties(): void {
    for (const name of ['session', 'texts', 'clock'] as const) {
      if (!Object.hasOwn(this, name)) continue;
      const value: unknown = this[name];
      delete (this as Record<string, unknown>)[name];
      Object.assign(this, { [name]: value });
    }
  }
}
