import type { Clock } from '../core/clock.ts';
import type { Channel, Endpoint, ParticipantId, Role, Vouches } from '../participants/participants.types.ts';
import type { Transport } from './transport.types.ts';

/** How badly a simulated network behaves. Presence is never lost, repeated or reordered, only late. */
export interface NetworkConditions {
  /** Each message takes a time between these, in milliseconds; none without it. */
  readonly latencyMs?: readonly [number, number];
  /** The share of messages lost, 0 to 1. */
  readonly loss?: number;
  /** The share of messages that arrive twice, 0 to 1. */
  readonly duplicate?: number;
  /** Messages of one sender may overtake each other. */
  readonly reorder?: boolean;
}

/** How a network inside one process behaves, and on which clock. */
export interface NetworkOptions extends NetworkConditions {
  /** Without one, and without latency, messages are delivered in microtasks. */
  readonly clock?: Clock;
  /** For `seededRandom`; the same seed gives the same losses. */
  readonly seed?: number;
  /** In place of `seed`: numbers in [0, 1). */
  readonly random?: () => number;
  /** Default `origin`. */
  readonly vouches?: Vouches;
}

/** Who is connected to a network inside one process. */
export interface ConnectOptions {
  readonly participantId: ParticipantId;
  readonly role: Role | 'authority';
  readonly channel?: Channel;
  /** `false`: a participant whose client does not speak this protocol; it is there at once and never speaks. */
  readonly sdk?: boolean;
  /** Default the participant's id, numbered from the second on. */
  readonly endpoint?: Endpoint;
}

/** One message on its way to one endpoint. */
export interface NetworkMessage {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly data: string;
}

/**
 * A network inside one process, as perfect or as bad as is asked for. Messages are delivered one at a time and never
 * while another is being handled. Everyone on it is trusted (`vouches: 'origin'`) unless told otherwise.
 */
export interface InMemoryNetwork {
  /** Not open yet: `receive` opens it. */
  connect(who: ConnectOptions): Transport;
  /** Ends an endpoint in order: the others are told `left`. */
  leave(endpoint: Endpoint): void;
  /** The endpoint loses its network: nobody is told, it is still named by the others, and its own state is `interrupted`. */
  disconnect(endpoint: Endpoint): void;
  reconnect(endpoint: Endpoint): void;
  /**
   * The endpoint's process is gone: nobody is told, and nothing is delivered to it. The others name it until the same
   * participant opens another endpoint; then it has `left`.
   */
  crash(endpoint: Endpoint): void;
  /**
   * Only those of one group hear each other, named by participant or endpoint; whoever is in no group forms one more. Who is
   * in the meeting stays known to all: that is the service's own word. With `oneWay`, a group hears those named before it
   * as well.
   */
  partition(groups: readonly (readonly string[])[], how?: { readonly oneWay?: boolean }): void;
  heal(): void;
  /** Changes how it behaves from now on. */
  set(conditions: NetworkConditions): void;
  /** From now on messages wait until each is delivered or dropped by hand: neither loss nor latency is theirs. */
  queue(): void;
  /** What waits to be delivered, in the order in which it was sent. */
  readonly waiting: readonly NetworkMessage[];
  /** Delivers one that waits; with `stays`, a copy of it, so that it arrives once more. */
  deliver(message: NetworkMessage, options?: { readonly stays?: boolean }): void;
  /** Loses one that waits. */
  drop(message: NetworkMessage): void;
  /** Delivers all that waits, in the order in which it was sent; from now on messages flow again. */
  flow(): void;
  /** Puts a message on the wire as if `from` had sent it. */
  inject(message: NetworkMessage): void;
  /** Shows every message as it is sent; who answers `'drop'` loses it. */
  tap(listener: (message: NetworkMessage) => unknown): () => void;
  /** How many messages were sent so far, one for each recipient. */
  readonly messages: number;
}
