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
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
