import type { ParticipantId } from '../participants/participants.types.ts';
import type { AcknowledgedOutcome } from '../transport/messages.types.ts';
import type { Seat } from './people.ts';
import type { Recordings } from './recordings.ts';

interface Waiting {
  readonly seat: Seat;
  readonly recordingId: string;
  readonly outcome: AcknowledgedOutcome;
  isReleased: boolean;
}

/** Withdrawals whose acknowledgement waits until the recorder has really let go (PROTOCOL, Capture). */
export class Withdrawals {
  readonly #recordings: Recordings;
  readonly #waiting = new Map<string, Waiting>();

  constructor(recordings: Recordings) {
    this.#recordings = recordings;
  }

  /** Whether the recorder may still hold somebody: of what a lost authority left nobody knows whom it holds (G3). */
  isHeld(id: ParticipantId, recordingId: string): boolean {
    const { own } = this.#recordings;
    if (own?.live.recordingId !== recordingId) return false;
    // A veto ends it for everyone: until it has, devices stay off that nothing else keeps out of it.
    const endsIt = own.live.mainPolicy.onRefusal === 'veto' && !own.request.canExclude;
    return own.context.inherited || own.hasCaptured(id) || (endsIt && own.isRunning);
  }

  wait(id: string, seat: Seat, recordingId: string, outcome: AcknowledgedOutcome): void {
    this.#waiting.set(id, { seat, recordingId, outcome, isReleased: false });
  }

  /** The recorder has let go of somebody, if only for now. */
  released(id: ParticipantId): void {
    for (const each of this.#waiting.values()) if (each.seat.person.id === id) each.isReleased = true;
  }

  /** Takes those that need wait no longer. */
  *settled(): Generator<[string, Seat, AcknowledgedOutcome]> {
    for (const [id, { seat, recordingId, outcome, isReleased }] of this.#waiting) {
      if (!isReleased && this.isHeld(seat.person.id, recordingId)) continue;
      this.#waiting.delete(id);
      yield [id, seat, outcome];
    }
  }
}
