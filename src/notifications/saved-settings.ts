import type { ParticipantId } from '../participants/participants.types.ts';
import type { SettingsStore } from './notifications.types.ts';
import { type SomeSettings, settingsRead } from './settings.rules.ts';

/**
 * What one host has chosen, kept in a store from one session to the next. A store that is missing, full, broken, slow or
 * lying changes nothing but that: nothing here throws, and nobody waits for it.
 */
export class SavedSettings {
  readonly #store: SettingsStore | undefined;
  readonly #key: string;
  /** What is written once the store has answered, so that nothing that it holds is lost. */
  #waiting: (() => void) | undefined;
  #isReading = false;

  constructor(store: SettingsStore | undefined, host: ParticipantId) {
    this.#store = store ?? windowStore();
    this.#key = `meeting-notice/notifications/${host}`;
  }

  /** Hands over what was chosen before: at once where the store answers at once. */
  read(take: (settings: SomeSettings) => void): void {
    try {
      const text = this.#store?.get(this.#key);
      if (typeof text === 'object' && text !== null) this.#readLater(text, take);
      else take(settingsRead(text));
    } catch {
      // A store that throws holds nothing.
    }
  }

  /** Keeps what is chosen now, as `settings` has it when it is written. */
  write(settings: () => SomeSettings): void {
    if (this.#isReading) {
      this.#waiting = () => this.write(settings);
      return;
    }
    try {
      const written = this.#store?.set(this.#key, JSON.stringify(settings()));
      Promise.resolve(written).catch(() => {});
    } catch {
      // What cannot be kept holds for as long as the session does.
    }
  }

  #readLater(text: Promise<string | null | undefined>, take: (settings: SomeSettings) => void): void {
    this.#isReading = true;
    const done = () => {
      this.#isReading = false;
      this.#waiting?.();
      this.#waiting = undefined;
    };
    Promise.resolve(text)
      .then((answer) => take(settingsRead(answer)))
      .then(done, done);
  }
}

/** @throws TypeError for what is no store. */
export function checkStore(store: unknown): void {
  const { get, set } = (store ?? new Map()) as Partial<SettingsStore>;
  if (typeof get === 'function' && typeof set === 'function') return;
  throw new TypeError('createSession: notifications.store must have the methods get(key) and set(key, value).');
}

/** The store of a browser's window, where there is one and it may be used. */
function windowStore(): SettingsStore | undefined {
  try {
    const storage = typeof window === 'undefined' ? undefined : window.localStorage;
    return storage && { get: (key) => storage.getItem(key), set: (key, value) => storage.setItem(key, value) };
  } catch {
    return undefined;
  }
}
