/** Who wants to hear of something. One that throws does not keep the others from hearing; its error is thrown later. */
export class Listeners<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** The function returned ends it; the same listener may be added twice. */
  add(listener: (value: T) => void): () => void {
    const own = (value: T): void => listener(value);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  tell(value: T): void {
    for (const listener of [...this.#listeners]) isolated(() => listener(value));
  }
}

/** Calls code that is not ours. What it throws is thrown later, to nobody's harm (G9). */
export function isolated(call: () => void): void {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
