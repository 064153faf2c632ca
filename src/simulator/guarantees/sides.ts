import type { ParticipantId, RecordingId } from '../../participants/participants.types.ts';
import type { Happened } from '../history.types.ts';

/**
 * Of which recordings one side alone is taken: whose, as whoever asked said it and as the others were told. Nobody else
 * may be in them, whatever they have answered.
 */
export class Sides {
  readonly #only = new Map<RecordingId, readonly ParticipantId[]>();
  readonly #others = new Set<string>();

  constructor(history: readonly Happened[]) {
    for (const event of history) {
      if (event.kind === 'outcome' && event.act.does === 'requestsRecording') {
        const { recordingId } = event.outcome;
        if (recordingId !== undefined && event.act.only) this.#only.set(recordingId, event.act.only);
      }
      if (event.kind !== 'hook' || event.hook.hook !== 'noticeRaised') continue;
      const { recordingId, side } = event.hook.payload;
      if (side === 'other') this.#others.add(`${event.participant} ${recordingId}`);
    }
  }

  /** Whether somebody's side is not taken in this recording. */
  isOther(participant: ParticipantId, recordingId: RecordingId): boolean {
    const isUnnamed = this.#only.get(recordingId)?.includes(participant) === false;
    return isUnnamed || this.#others.has(`${participant} ${recordingId}`);
  }
}
