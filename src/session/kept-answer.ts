import { everyAnswer } from '../consent/answer.rules.ts';
import type { Answer } from '../consent/consent.types.ts';

const key = 'meeting-notice/attention';
const answers: readonly unknown[] = everyAnswer;

/**
 * A person's own answer about attention tracking, on their own client alone (G4): kept by their browser's tab, so that a
 * reload finds it, and gone with the tab or once tracking is off. A store that fails loses it, and they are asked again.
 */
export class KeptAnswer {
  readonly #store: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined;

  constructor(store = tabStore()) {
    this.#store = store;
  }

  /** What was answered to this enabling. */
  get(enabling: string): Answer | undefined {
    try {
      const kept = JSON.parse(this.#store?.getItem(key) ?? 'null') as { enabling?: unknown; answer?: unknown } | null;
      return kept?.enabling === enabling && answers.includes(kept.answer) ? (kept.answer as Answer) : undefined;
    } catch {
      return undefined;
    }
  }

  keep(enabling: string, answer: Answer): void {
    try {
      this.#store?.setItem(key, JSON.stringify({ enabling, answer }));
    } catch {
      // It holds for as long as the session does.
    }
  }

  forget(): void {
    try {
      this.#store?.removeItem(key);
    } catch {
      // What was not kept need not be forgotten.
    }
  }
}

function tabStore(): Storage | undefined {
  try {
    return typeof window === 'undefined' ? undefined : window.sessionStorage;
  } catch {
    return undefined;
  }
}
