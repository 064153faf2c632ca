import type { ParticipantId, RecordingId } from '../participants/participants.types.ts';
import type { Session } from '../session/session.types.ts';
import type { HistoryEvent } from './history.types.ts';
import type { SimulatedDevices } from './simulated-devices.ts';

/** One client, as far as an engine beside it knows. */
interface Listening {
  readonly participant: { readonly id: ParticipantId };
  readonly session: Session | undefined;
  readonly isActive: boolean;
  readonly isOnAir: boolean;
  readonly devices: SimulatedDevices;
}

/**
 * A speech engine: it hears whoever has their microphone on, and hands in what they say through the client of whoever
 * decides, with the times of the recording that is being transcribed. What it hears of whom is not its business.
 */
export class SimulatedEngine {
  readonly #clients: ReadonlyMap<ParticipantId, Listening>;
  readonly #now: () => number;
  readonly #record: (event: HistoryEvent) => void;
  /** When the first client told of each start: that is where the times of its segments begin. */
  readonly #startedAt = new Map<RecordingId, number>();
  #said = 0;

  constructor(
    clients: ReadonlyMap<ParticipantId, Listening>,
    now: () => number,
    record: (event: HistoryEvent) => void,
  ) {
    this.#clients = clients;
    this.#now = now;
    this.#record = record;
  }

  started(recordingId: RecordingId): void {
    if (!this.#startedAt.has(recordingId)) this.#startedAt.set(recordingId, this.#now());
  }

  /** Somebody says something, at once. */
  hears(speaker: ParticipantId, text: string): void {
    this.#said += 1;
    const id = `said-${this.#said}`;
    const client = this.#clients.get(speaker);
    const isHeard = client?.isOnAir === true && client.devices.isOn('microphone');
    this.#record({ kind: 'said', participant: speaker, segmentId: id, text, heard: isHeard });
    if (!isHeard) return;
    for (const session of this.#deciding()) {
      const [transcript] = session.getSnapshot().transcripts;
      const startedAt = transcript && this.#startedAt.get(transcript.recordingId);
      if (startedAt === undefined) continue;
      const atMs = this.#now() - startedAt;
      void session.feedSegment({ id, speaker, startMs: atMs, endMs: atMs, text, final: true });
    }
  }

  /** Where a network is parted there may be two who believe that they decide. */
  *#deciding(): Generator<Session> {
    for (const { participant, session, isActive } of this.#clients.values()) {
      if (isActive && session?.getSnapshot().authorityId === participant.id) yield session;
    }
  }
}
