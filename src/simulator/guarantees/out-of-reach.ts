import type { RecordingId } from '../../participants/participants.types.ts';
import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';

/** A stop that failed while the network was gone is tried again within this time of its return, in milliseconds. */
const stopsAgainMs = 6000;

/** Recorders in a host's own client: where its network is gone, nobody else's media comes to them, whatever they were told. */
export class LocalRecorders {
  readonly #hosts: ReadonlySet<string>;
  readonly #recordings = new Set<RecordingId>();
  /** Until when each host's is out of reach. */
  readonly #cutOff = new Map<string, number>();
  #now = 0;

  constructor({ participants }: Scenario) {
    this.#hosts = new Set(participants.filter(({ role }) => role !== 'participant').map(({ id }) => id));
  }

  take(event: Happened): void {
    this.#now = event.at;
    if (event.kind === 'recorder' && event.recorder === 'local') this.#recordings.add(event.recordingId);
    if (event.kind !== 'presence' || !this.#hosts.has(event.participant)) return;
    if (event.state === 'disconnected') this.#cutOff.set(event.participant, Number.POSITIVE_INFINITY);
    else if (this.#cutOff.has(event.participant)) this.#cutOff.set(event.participant, event.at + stopsAgainMs);
  }

  /** Whether it runs in a host's own client. */
  has(recordingId: RecordingId): boolean {
    return this.#recordings.has(recordingId);
  }

  /** Whether a recording may be out of everybody's reach. */
  isOutOfReach(recordingId: RecordingId): boolean {
    return this.#recordings.has(recordingId) && [...this.#cutOff.values()].some((until) => this.#now <= until);
  }
}

/** Nothing keeps out of such a recorder whoever is on air, whatever is tried: it says so, and its README does. */
export function isUnstoppable({ capture: { canExclude, lease, hangs, fails, takesMs = {} } }: Scenario): boolean {
  return !canExclude && !lease && [...hangs, ...fails, ...Object.keys(takesMs)].includes('stop');
}

/** Nothing stops a recorder without a lease that nobody can reach, until it is told again. */
export function isCutOff({ capture: { cutOffMs, lease } }: Scenario, at: number): boolean {
  const [fromMs, toMs] = cutOffMs ?? [Number.POSITIVE_INFINITY, 0];
  return !lease && at >= fromMs && at <= toMs + stopsAgainMs;
}
