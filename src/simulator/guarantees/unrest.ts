import type { ParticipantId } from '../../participants/participants.types.ts';
import type { Happened } from '../history.types.ts';

/** How long a message may be on its way once everybody is heard, in milliseconds. */
export const onItsWayMs = 5000;

/** When the meeting was parted, or somebody was not to be heard. */
export class Unrest {
  readonly #times: { readonly from: number; to: number }[] = [];
  readonly #away = new Set<ParticipantId>();
  #isParted = false;

  take(event: Happened): void {
    if (event.kind === 'network') this.#isParted = event.groups.length > 0 || event.queues === true;
    else if (event.kind !== 'presence') return;
    else if (event.state === 'disconnected' || event.state === 'crashed') this.#away.add(event.participant);
    else this.#away.delete(event.participant);
    const last = this.#times.at(-1);
    const isUnrest = this.#isParted || this.#away.size > 0;
    if (isUnrest && last?.to !== Number.POSITIVE_INFINITY) {
      this.#times.push({ from: event.at, to: Number.POSITIVE_INFINITY });
    } else if (!isUnrest && last) last.to = Math.min(last.to, event.at);
  }

  /** By when what was said at an instant, again and again, has been heard; `calmMs`: how long that takes where all are heard. */
  heardBy(at: number, calmMs: number): number {
    let by = at + calmMs;
    for (const { from, to } of this.#times) if (to >= at && from <= by) by = Math.max(by, to + onItsWayMs);
    return by;
  }
}
