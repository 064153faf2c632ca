/**
 * Runs tasks one after the other, each to its end: what a task posts runs after it, never inside it. An outermost
 * `post` returns when all is done, so that what a person does takes effect within the same turn (G3).
 */
export class Mailbox {
  readonly #tasks: (() => void)[] = [];
  readonly #afterEach: (() => void)[] = [];
  readonly #onError: (error: unknown) => void;
  #running = false;

  /** `onError` hears of a task that threw; the ones after it still run (G9). */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Runs `settle` after each task: what one task changed is told in one go. The function it returns ends that. */
  afterEach(settle: () => void): () => void {
    // A function of its own, so that the same one twice is two.
    const own = () => settle();
    this.#afterEach.push(own);
    return () => {
      const place = this.#afterEach.indexOf(own);
      if (place >= 0) this.#afterEach.splice(place, 1);
    };
  }

  post(task: () => void): void {
    this.#tasks.push(task);
    if (this.#running) return;
    this.#running = true;
    let next = this.#tasks.shift();
    while (next) {
      this.#try(next);
      for (const settle of [...this.#afterEach]) this.#try(settle);
      next = this.#tasks.shift();
    }
    this.#running = false;
  }

  #try(task: () => void): void {
    try {
      task();
    } catch (error) {
      try {
        this.#onError(error);
      } catch {
        // Whoever hears of errors must not stop what comes after (G9).
      }
    }
  }
}
