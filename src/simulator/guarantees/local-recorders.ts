import type { RecordingId } from '../../participants/participants.types.ts';
import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';

/** Recorders in a host's own client: where its network is gone, nobody else's media comes to them, whatever they were told. */
export class LocalRecorders {
  readonly #hosts: ReadonlySet<string>;
  readonly #recordings = new Set<RecordingId>();
  readonly #cutOff = new Set<string>();

  constructor({ participants }: Scenario) {
    this.#hosts = new Set(participants.filter(({ role }) => role !== 'participant').map(({ id }) => id));
  }

  take(event: Happened): void {
    if (event.kind === 'recorder' && event.recorder === 'local') this.#recordings.add(event.recordingId);
    if (event.kind !== 'presence' || !this.#hosts.has(event.participant)) return;
    if (event.state === 'disconnected') this.#cutOff.add(event.participant);
    else this.#cutOff.delete(event.participant);
  }

  /** Whether a recording may be out of everybody's reach. */
  isOutOfReach(recordingId: RecordingId): boolean {
    return this.#cutOff.size > 0 && this.#recordings.has(recordingId);
  }
}
