import type { Channel, Endpoint } from '../participants/participants.types.ts';
import type { ConnectOptions } from './in-memory.types.ts';
import type { TransportListener } from './transport.types.ts';

/** One endpoint of a network inside one process. */
export interface Line {
  readonly endpoint: Endpoint;
  readonly who: ConnectOptions;
  status: 'new' | 'open' | 'crashed' | 'ended';
  connected: boolean;
  listener: TransportListener | undefined;
  /** Raised at each opening and end, so that what was under way before is not delivered after. */
  opening: number;
  /** What the others are told of it. */
  readonly facts: { readonly channel?: Channel; readonly sdk?: boolean };
  /** Whom it had been told of when it lost its network. */
  knew: ReadonlySet<Endpoint>;
}

const noFacts: Line['facts'] = {};

/** One object for all of whom there is nothing to say. */
export const factsOf = ({ channel, sdk }: ConnectOptions): Line['facts'] =>
  channel === undefined && sdk !== false
    ? noFacts
    : { ...(channel !== undefined && { channel }), ...(sdk === false && { sdk }) };

export const isNamed = (line: Line): boolean => line.status === 'open' || line.status === 'crashed';
