import type { Consent } from '../consent/consent.types.ts';
import type { Roster } from '../consent/roster.ts';
import type { ParticipantId, Purpose } from '../participants/participants.types.ts';

/** By purpose, whoever has declined it. */
export type DeclinedState = readonly (readonly [Purpose, readonly ParticipantId[]])[];

const declines: readonly (Consent | undefined)[] = ['refused', 'withdrawn'];

/** Who has declined a purpose that has ended meanwhile: asked for again of the same recording, they still do (G5). */
export class Declined {
  readonly #ids = new Map<Purpose, Set<ParticipantId>>();

  /** Remembers what was said of a purpose that ends; whoever has agreed since has declined no more. */
  keep(purpose: Purpose, roster: Roster | undefined): void {
    const ids = this.#ids.get(purpose) ?? new Set();
    for (const id of roster?.ids() ?? []) {
      if (declines.includes(roster?.consentOf(id))) ids.add(id);
      else ids.delete(id);
    }
    this.#ids.set(purpose, ids);
  }

  /** Somebody's no was on its way when the purpose ended. */
  add(purpose: Purpose, id: ParticipantId): void {
    this.#ids.get(purpose)?.add(id);
  }

  has(purpose: Purpose, id: ParticipantId): boolean {
    return this.#ids.get(purpose)?.has(id) ?? false;
  }

  get state(): DeclinedState {
    return [...this.#ids].filter(([, ids]) => ids.size > 0).map(([purpose, ids]) => [purpose, [...ids]] as const);
  }

  take(state: DeclinedState): void {
    for (const [purpose, ids] of state) this.#ids.set(purpose, new Set(ids));
  }
}
