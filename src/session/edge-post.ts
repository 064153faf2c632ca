import type { Endpoint } from '../participants/participants.types.ts';
import type { AttentionQuery } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';
import type { Transport } from '../transport/transport.types.ts';
import type { SessionContext } from './session-context.ts';

interface Told {
  /** The number of the last edge that was sent there. */
  readonly n: number;
  /** Whether that edge said inattentive. */
  readonly inattentive: boolean;
  isConfirmed: boolean;
  /** When it was sent last. */
  readonly sentAt: number;
}

/**
 * Brings each host to know whether this client's person is inattentive: an edge to each of them when that changes,
 * repeated until it is there. Of who is attentive no host is told anything, unless they believe otherwise (G4).
 */
export class EdgePost {
  readonly #context: SessionContext;
  readonly #transport: Pick<Transport, 'present' | 'participantOf' | 'roleOf'>;
  readonly #told = new Map<Endpoint, Told>();
  #share: string | undefined;
  #sinceMs: number | undefined;
  #n = 0;

  constructor(context: SessionContext, transport: Pick<Transport, 'present' | 'participantOf' | 'roleOf'>) {
    this.#context = context;
    this.#transport = transport;
  }

  /** `sinceMs` is since when they are inattentive; without a share there is nothing to say. */
  tell(share: string | undefined, sinceMs: number | undefined): void {
    if (share !== this.#share) this.#told.clear();
    this.#share = share;
    this.#sinceMs = sinceMs;
    this.#settle();
  }

  /** A host has an edge; or asks, and starts from nothing. */
  heard({ got }: AttentionQuery, from: Endpoint): void {
    const told = this.#told.get(from);
    if (got === undefined) this.#told.delete(from);
    else if (told?.n === got) told.isConfirmed = true;
  }

  #settle(): void {
    const { timers } = this.#context;
    timers.clear('attention edges');
    if (this.#share === undefined || (this.#sinceMs === undefined && this.#told.size === 0)) return;
    const hosts = new Set(this.#hosts());
    for (const endpoint of this.#told.keys()) if (!hosts.has(endpoint)) this.#told.delete(endpoint);
    let isWaiting = false;
    for (const endpoint of hosts) isWaiting = this.#bring(endpoint, this.#share) || isWaiting;
    if (isWaiting) timers.set('attention edges', times.repeatMs, () => this.#settle());
  }

  /** The endpoints of those who host now, by the transport's word. */
  #hosts(): readonly Endpoint[] {
    const followed = this.#context.followed();
    const here = this.#transport.present() ?? (followed ? [followed.endpoint] : []);
    return here.filter((endpoint) => {
      const id = this.#transport.participantOf(endpoint);
      const role = id === undefined ? undefined : this.#transport.roleOf(id);
      return role === 'host' || role === 'co-host';
    });
  }

  /** Whether its confirmation is still waited for. */
  #bring(endpoint: Endpoint, share: string): boolean {
    const inattentive = this.#sinceMs !== undefined;
    const told = this.#told.get(endpoint);
    if (!told && !inattentive) return false;
    if (told?.inattentive === inattentive && told.isConfirmed) return false;
    const { clock, followed, tell } = this.#context;
    const now = clock.now();
    const epoch = followed()?.epoch;
    const isRepeat = told?.inattentive === inattentive;
    if (!epoch || (isRepeat && now - told.sentAt < times.repeatMs)) return true;
    if (!isRepeat) this.#n += 1;
    const n = isRepeat ? told.n : this.#n;
    this.#told.set(endpoint, { n, inattentive, isConfirmed: false, sentAt: now });
    const sinceMs = this.#sinceMs === undefined ? 0 : Math.round(now - this.#sinceMs);
    tell({ t: 'attention', epoch, share, n, inattentive, sinceMs }, [endpoint]);
    return true;
  }
}
