/** Tasks of one name run one after the other, those of different names side by side. */
export class Queues {
  readonly #last = new Map<string, Promise<unknown>>();

  /** What the task resolves to or rejects with; one that rejects holds up none after it. */
  run<T>(name: string, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const done = before.then(task, task);
    const leave = (): void => {
      if (this.#last.get(name) === settled) this.#last.delete(name);
    };
    const settled: Promise<void> = done.then(leave, leave);
    this.#last.set(name, settled);
    return done;
  }
}
