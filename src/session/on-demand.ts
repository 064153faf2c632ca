import type { Mailbox } from '../core/mailbox.ts';

/** A part of a client that is loaded when it is first needed; where that failed, it is tried again with the next need. */
export class OnDemand<Module> {
  readonly #load: () => Module | Promise<Module>;
  readonly #mailbox: Mailbox;
  #isLoading = false;

  constructor(load: () => Module | Promise<Module>, mailbox: Mailbox) {
    this.#load = load;
    this.#mailbox = mailbox;
  }

  /** Hands over what is loaded: at once where it is at hand, else on the mailbox. */
  need(take: (module: Module) => void): void {
    if (this.#isLoading) return;
    const loaded = this.#load();
    if (!(loaded instanceof Promise)) {
      take(loaded);
      return;
    }
    this.#isLoading = true;
    const end = (task: () => void) => () =>
      this.#mailbox.post(() => {
        this.#isLoading = false;
        task();
      });
    loaded.then(
      (module) => end(() => take(module))(),
      end(() => {}),
    );
  }
}

/** Hands over what is loaded, at once where it is at hand; a promise where it is not. */
export function taken<Module>(loaded: Module | Promise<Module>, take: (module: Module) => void): Promise<void> | void {
  return loaded instanceof Promise ? loaded.then(take) : take(loaded);
}
