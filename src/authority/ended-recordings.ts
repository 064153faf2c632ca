import type { RecordingId } from '../participants/participants.types.ts';
import type { RecordingState } from '../transport/messages.types.ts';

/** How many are still told of, so that a client that missed the end of one learns it. */
const kept = 3;

/** The recordings that ended last, the latest first. */
export class EndedRecordings {
  states: readonly RecordingState[] = [];

  add(ended: RecordingState): void {
    this.drop(ended.recordingId);
    this.states = [ended, ...this.states].slice(0, kept);
  }

  /** It goes on, or is told of anew. */
  drop(recordingId: RecordingId): void {
    this.states = this.states.filter((state) => state.recordingId !== recordingId);
  }

  /** What an authority that gave way to this one captured has ended, by its host's word. */
  addElsewhere(recordingId: RecordingId): void {
    const about = { status: 'off', purposes: ['recording'], by: 'unknown', started: true, endsBy: 'client' } as const;
    const is = (state: RecordingState) => state.recordingId === recordingId;
    if (!this.states.some(is)) this.add({ recordingId, ...about });
    this.states = this.states.map((state) =>
      is(state) ? { ...state, ended: { outcome: 'stopped', ...state.ended, confirmed: true } } : state,
    );
  }

  /** Whether one of the meeting's own is among them. */
  hasOwn(recordingId: RecordingId): boolean {
    return this.states.some((state) => state.recordingId === recordingId && !state.seen);
  }
}
