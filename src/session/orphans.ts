import type { RecordingId } from '../participants/participants.types.ts';
import type { MeetingState, PersonalState, RecordingState } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';

/** A recording of which only this client's personal state has told. */
const unheard = (
  { recordingId }: PersonalState['captured'][number],
  _: unknown,
  all: PersonalState['captured'],
): RecordingState => ({
  recordingId,
  purposes: all.filter((each) => each.recordingId === recordingId).map(({ purpose = 'recording' }) => purpose),
  status: 'unknown',
  by: 'unknown',
  started: false,
  endsBy: 'client',
});

interface Orphan {
  readonly last: RecordingState;
  /** By when, on this client's clock, the old authority has left this client out. */
  untilMs: number;
}

/**
 * Recordings whose authority is gone, without a hand-over. Another authority may not know of one, or may count its end
 * from its own last word; the old one, if it lives, goes by this client's. Until then it is `unknown` here, unless a
 * recorder has confirmed its end (G2); and for as long as this client's own recorder has not ended it.
 */
export class Orphans {
  readonly #orphans = new Map<RecordingId, Orphan>();
  readonly #runsHere: (recordingId: RecordingId) => boolean;

  constructor(runsHere: (recordingId: RecordingId) => boolean) {
    this.#runsHere = runsHere;
  }

  /** When the next of them can run no more; never if there is none. */
  get nextMs(): number {
    return Math.min(...[...this.#orphans.values()].map(({ untilMs }) => untilMs));
  }

  /** Takes what ran for an authority that is gone, by its word of the meeting or only by that of this client's person. */
  add(recordings: readonly RecordingState[], captured: PersonalState['captured'], untilMs: number): void {
    for (const last of [...captured.map(unheard), ...recordings]) {
      const { recordingId } = last;
      if (last.seen || last.status === 'off') this.#orphans.delete(recordingId);
      else {
        const before = this.#orphans.get(recordingId)?.untilMs ?? 0;
        this.#orphans.set(recordingId, { last, untilMs: Math.max(before, untilMs) });
      }
    }
  }

  /** What an authority says of the meeting, as far as this client can believe it at `now`. */
  over(meeting: MeetingState, now: number): MeetingState {
    const told = new Map(meeting.recordings.map((each) => [each.recordingId, each]));
    for (const [recordingId, orphan] of this.#orphans) {
      const recording = told.get(recordingId);
      if (now >= orphan.untilMs && this.#runsHere(recordingId)) orphan.untilMs = now + times.stopAgainMs;
      if (now >= orphan.untilMs || recording?.ended?.confirmed) this.#orphans.delete(recordingId);
      else if (!recording || recording.status === 'off') {
        const { ended: _, ...before } = recording ?? orphan.last;
        told.set(recordingId, { ...before, status: 'unknown' });
      }
    }
    return { ...meeting, recordings: [...told.values()] };
  }

  forget(): void {
    this.#orphans.clear();
  }
}
