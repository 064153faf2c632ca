import type { RecordingId } from '../participants/participants.types.ts';
import type { MeetingState, RecordingState } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';

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

  /** When the next of them can run no more; `undefined` if there is none. */
  get nextMs(): number | undefined {
    const all = [...this.#orphans.values()].map(({ untilMs }) => untilMs);
    return all.length > 0 ? Math.min(...all) : undefined;
  }

  add({ recordings }: MeetingState, untilMs: number): void {
    for (const last of recordings) {
      if (last.seen || last.status === 'off' || last.endsBy === 'platform') continue;
      const before = this.#orphans.get(last.recordingId)?.untilMs ?? 0;
      this.#orphans.set(last.recordingId, { last, untilMs: Math.max(before, untilMs) });
    }
  }

  /** What an authority says of the meeting, as far as this client can believe it at `now`. */
  over(meeting: MeetingState, now: number): MeetingState {
    for (const [recordingId, orphan] of this.#orphans) {
      if (now < orphan.untilMs) continue;
      if (this.#runsHere(recordingId)) orphan.untilMs = now + times.stopAgainMs;
      else this.#orphans.delete(recordingId);
    }
    if (this.#orphans.size === 0) return meeting;
    const recordings = meeting.recordings.map((each) => this.#doubted(each));
    const told = new Set(recordings.map(({ recordingId }) => recordingId));
    for (const { last } of this.#orphans.values()) {
      if (!told.has(last.recordingId)) recordings.push({ ...last, status: 'unknown' });
    }
    return { ...meeting, recordings };
  }

  forget(): void {
    this.#orphans.clear();
  }

  #doubted(recording: RecordingState): RecordingState {
    if (!this.#orphans.has(recording.recordingId) || recording.status !== 'off') return recording;
    if (recording.ended?.confirmed) {
      this.#orphans.delete(recording.recordingId);
      return recording;
    }
    const { ended: _, ...before } = recording;
    return { ...before, status: 'unknown' };
  }
}
