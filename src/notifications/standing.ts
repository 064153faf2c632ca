/**
 * When one notification that holds for as long as a state does (who has not answered, who is away) is told aloud: once,
 * and again only when it has come to be about somebody else as well, with a window between. It is shown for as long as
 * it is about anybody, unless it was dismissed. It has no clock: it is told the time.
 */
export class Standing {
  readonly #waitsFirst: boolean;
  #keys: ReadonlySet<string> = new Set();
  /** Whom it was about when it was last told, or dismissed. */
  #known: ReadonlySet<string> = new Set();
  #isDismissed = false;
  #sinceMs: number | undefined;
  #toldAt: number | undefined;

  /** `waitsFirst`: it is told aloud only when it has held for a window. */
  constructor({ waitsFirst }: { readonly waitsFirst: boolean }) {
    this.#waitsFirst = waitsFirst;
  }

  get keys(): ReadonlySet<string> {
    return this.#keys;
  }

  get isShown(): boolean {
    return this.#keys.size > 0 && !this.#isDismissed;
  }

  /** Whom it is about from now on. */
  take(keys: ReadonlySet<string>, now: number): void {
    this.#keys = keys;
    if (keys.size === 0) {
      this.#known = new Set();
      this.#isDismissed = false;
      this.#sinceMs = undefined;
      return;
    }
    this.#sinceMs ??= now;
    // Whoever it was not about for a while is somebody else.
    this.#known = new Set([...this.#known].filter((key) => keys.has(key)));
    if (this.#hasGrown()) this.#isDismissed = false;
  }

  /** When it is next to be told aloud, if it is. */
  nextAt(windowMs: number): number | undefined {
    if (!this.isShown || this.#sinceMs === undefined || !this.#hasGrown()) return undefined;
    const first = this.#sinceMs + (this.#waitsFirst ? windowMs : 0);
    return this.#toldAt === undefined ? first : Math.max(first, this.#toldAt + windowMs);
  }

  told(now: number): void {
    this.#toldAt = now;
    this.#known = new Set(this.#keys);
  }

  dismiss(): void {
    this.#isDismissed = true;
    this.#known = new Set(this.#keys);
  }

  #hasGrown(): boolean {
    for (const key of this.#keys) if (!this.#known.has(key)) return true;
    return false;
  }
}
