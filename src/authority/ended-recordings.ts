import type { RecordingId } from '../participants/participants.types.ts';
import type { RecordingState } from '../transport/messages.types.ts';

/** How many are still told of, so that a client that missed the end of one learns it. */
const kept = 3;

/** The recordings that ended last, the latest first. */
export class EndedRecordings {
  readonly states: RecordingState[] = [];

  add(ended: RecordingState): void {
    this.states.unshift(ended);
    this.states.length = Math.min(this.states.length, kept);
  }

  /** What an authority that gave way to this one captured has ended, by its host's word. */
  addElsewhere(recordingId: RecordingId): void {
    const place = this.states.findIndex((state) => state.recordingId === recordingId);
    const about = { purposes: ['recording'], by: 'unknown', started: true, endsBy: 'client' } as const;
    const known = this.states[place] ?? { recordingId, status: 'off', ...about };
    const confirmed = { ...known, ended: { outcome: 'stopped', ...known.ended, confirmed: true } } as const;
    if (place < 0) this.add(confirmed);
    else this.states[place] = confirmed;
  }

  /** Whether one of the meeting's own is among them. */
  hasOwn(recordingId: RecordingId): boolean {
    return this.states.some((state) => state.recordingId === recordingId && !state.seen);
  }
}
