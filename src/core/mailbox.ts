/**
 * Runs tasks one after the other, each to its end: what a task posts runs after it, never inside it. An outermost
 * `post` returns when all is done, so that what a person does takes effect within the same turn (G3).
 */
export class Mailbox {
  readonly #tasks: (() => void)[] = [];
  /** Never changed, but replaced: one that is being run goes on with what it began with. */
  #afterEach: readonly (() => void)[] = [];
  readonly #onError: (error: unknown) => void;
  #running = false;

  /** `onError` hears of a task that threw; the ones after it still run (G9). */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Runs `settle` after each task: what one task changed is told in one go. The function it returns ends that. */
  afterEach(settle: () => void): () => void {
    this.#afterEach = [...this.#afterEach, settle];
    return () => {
      this.#afterEach = this.#afterEach.filter((each) => each !== settle);
    };
  }

  post(task: () => void): void {
    if (this.#running) {
      this.#tasks.push(task);
      return;
    }
    this.#running = true;
    for (let next: (() => void) | undefined = task; next; next = this.#tasks.shift()) {
      this.#try(next);
      for (const settle of this.#afterEach) this.#try(settle);
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
