import type { ParticipantId, RecordingId } from '../participants/participants.types.ts';

/** Whose words go out of which recordings. It holds for what is written down later, and goes along in a hand-over. */
export class WordsToGo {
  readonly #people = new Map<RecordingId, Set<ParticipantId>>();

  add(recordingId: RecordingId, id: ParticipantId): void {
    this.#people.set(recordingId, new Set(this.of(recordingId)).add(id));
  }

  of(recordingId: RecordingId): ReadonlySet<ParticipantId> {
    return this.#people.get(recordingId) ?? new Set();
  }

  get handedOver(): readonly (readonly [RecordingId, readonly ParticipantId[]])[] {
    return [...this.#people].map(([recordingId, people]) => [recordingId, [...people]]);
  }

  take(handed: WordsToGo['handedOver']): void {
    for (const [recordingId, people] of handed) for (const id of people) this.add(recordingId, id);
  }
}
