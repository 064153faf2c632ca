/** How many different values are kept; most people have the same. */
const kept = 1024;

/** Keeps one copy of each value that many have, so that each of them costs a reference to it. */
export class OneCopy<T> {
  readonly #values = new Map<string, T>();

  /** The value that was first given for this text. */
  of(text: string, value: T): T {
    const known = this.#values.get(text);
    if (known !== undefined) return known;
    if (this.#values.size >= kept) this.#values.clear();
    this.#values.set(text, value);
    return value;
  }
}
