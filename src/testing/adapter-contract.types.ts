import type { Endpoint } from '../participants/participants.types.ts';
import type { AdapterFact, MeetingAdapter } from '../transport/transport.types.ts';
import type { Patience, Statements } from './contract.ts';

/** A thing that an adapter may have, or that its platform may do. */
export type AdapterPart =
  | 'capture'
  | 'capture.exclude'
  | 'capture.pause'
  | 'capture.lease'
  | 'devices'
  | 'focus'
  | 'participants'
  | 'sharing'
  | 'seen-captures'
  | 'keys';

/** A fresh adapter for one check, and how the test makes its platform do things. */
export interface AdapterUnderTest {
  readonly adapter: MeetingAdapter;
  /** Somebody joins the meeting, or leaves it; `participants`. */
  joins?(endpoint: Endpoint): void | Promise<void>;
  leaves?(endpoint: Endpoint): void | Promise<void>;
  /** A screen is shared, or no longer; `sharing`. */
  shares?(active: boolean): void | Promise<void>;
  /** The platform begins to record by itself, or ends; `seen-captures`. */
  recordsByItself?(active: boolean): void | Promise<void>;
  /** The caller presses a key; `keys`. */
  pressesKey?(key: string): void | Promise<void>;
  /** Gives back what the check used. */
  close?(): void | Promise<void>;
}

/** How the adapter under test is made, and what it has. */
export interface AdapterContractOptions extends Patience {
  make(): AdapterUnderTest | Promise<AdapterUnderTest>;
  /** What this adapter has, and nothing else: the first check holds the adapter to it. */
  readonly has: readonly AdapterPart[];
}

/** What a check is given: the adapter, its platform, and what it has said so far. */
export interface AdapterBench extends Statements {
  readonly adapter: MeetingAdapter;
  /** Makes the platform do a thing; the check is only run where it can. */
  readonly platform: Required<Omit<AdapterUnderTest, 'adapter' | 'close'>>;
  /** What a listener of its own hears, from now on. */
  listen(): { readonly facts: readonly AdapterFact[]; end(): void };
}

/** One sentence that must hold, and the parts it is about. */
export interface AdapterCheck {
  readonly needs: readonly AdapterPart[];
  run(bench: AdapterBench): Promise<void>;
}
