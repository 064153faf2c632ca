import type { AdapterFact, SeenCapture } from '../transport/transport.types.ts';

/** What one client's adapter tells of the platform's own captures. */
export class PlatformView {
  readonly #listeners = new Set<(fact: AdapterFact) => void>();
  /** Told of, and not the end of. */
  readonly #running = new Set<string>();

  readonly subscribe = (listener: (fact: AdapterFact) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  tell(capture: SeenCapture): void {
    if (capture.active) this.#running.add(capture.platformId);
    else this.#running.delete(capture.platformId);
    for (const listener of [...this.#listeners]) listener({ fact: 'capture-seen', ...capture });
  }

  /** The platform is in sight again: what runs now, and what has ended meanwhile. */
  catchUp(running: readonly SeenCapture[]): void {
    const now = new Set(running.map(({ platformId }) => platformId));
    const ended = [...this.#running].filter((platformId) => !now.has(platformId));
    for (const capture of running) this.tell(capture);
    for (const platformId of ended) this.tell({ platformId, active: false });
  }

  /** The client is gone, and all it knew. */
  forget(): void {
    this.#listeners.clear();
    this.#running.clear();
  }
}
