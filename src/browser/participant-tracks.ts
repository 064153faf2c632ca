import type { ParticipantId } from '../participants/participants.types.ts';
import type { ParticipantMedia } from './capture.types.ts';
import { Listeners } from './listeners.ts';

/** What may be mixed of one person. */
export interface PersonTracks {
  readonly participantId: ParticipantId;
  readonly name: string;
  readonly audio: readonly MediaStreamTrack[];
  readonly video: readonly MediaStreamTrack[];
}

interface Known {
  name: string | undefined;
  stream: MediaStream | undefined;
}

/** The media of everyone in the meeting, as the client hands it in. It only knows of them; gates are elsewhere. */
export class ParticipantTracks {
  readonly #known = new Map<ParticipantId, Known>();
  readonly #changed = new Listeners<void>();
  readonly #tell = (): void => this.#changed.tell();

  set(participantId: ParticipantId, { stream, name }: ParticipantMedia): void {
    const before = this.#known.get(participantId);
    const now = {
      name: name ?? before?.name,
      stream: stream === undefined ? before?.stream : (stream ?? undefined),
    };
    this.#known.set(participantId, now);
    if (before?.stream !== now.stream) {
      this.#ignore(before?.stream);
      for (const event of ['addtrack', 'removetrack']) now.stream?.addEventListener(event, this.#tell);
    }
    this.#tell();
  }

  remove(participantId: ParticipantId): void {
    const before = this.#known.get(participantId);
    if (!before) return;
    this.#known.delete(participantId);
    this.#ignore(before.stream);
    this.#tell();
  }

  /** Those of these people who are known, in the order given, with the tracks that are alive. */
  of(people: readonly ParticipantId[]): readonly PersonTracks[] {
    return people.flatMap((participantId) => {
      const known = this.#known.get(participantId);
      if (!known) return [];
      const live = (known.stream?.getTracks() ?? []).filter((track) => track.readyState === 'live');
      return {
        participantId,
        name: known.name ?? participantId,
        audio: live.filter((track) => track.kind === 'audio'),
        video: live.filter((track) => track.kind === 'video'),
      };
    });
  }

  subscribe(listener: () => void): () => void {
    return this.#changed.add(listener);
  }

  /** Two people may have handed in the same stream: it is heard as long as one of them has it. */
  #ignore(stream: MediaStream | undefined): void {
    if (!stream || [...this.#known.values()].some((other) => other.stream === stream)) return;
    for (const event of ['addtrack', 'removetrack']) stream.removeEventListener(event, this.#tell);
  }
}
