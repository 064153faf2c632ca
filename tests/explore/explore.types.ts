import type { Act } from '../../src/simulator/parsed.types.ts';
import type { NetworkMessage } from '../../src/transport/in-memory.types.ts';

/** What may go wrong, each so often on one way. */
export type Budget = 'losses' | 'repeats' | 'delays' | 'crashes' | 'partitions' | 'waits';

/** What is explored: with whom, how much may go wrong in one meeting, and for how long. */
export interface Bounds extends Readonly<Record<Budget, number>> {
  /** Who is there: the host, and as many of the others as there are to be. */
  readonly cast: readonly string[];
  /** Whose clients may crash. */
  readonly who: readonly string[];
  /** Whom a partition may cut off from everyone else: one of these groups. */
  readonly apart: readonly (readonly string[])[];
  /** Time goes on from timer to timer up to here, in milliseconds. */
  readonly untilMs: number;
  /** Of orders that make no difference, one is gone; `false` only to prove that it makes none. */
  readonly isReduced: boolean;
  /** A state that was seen is not gone into again; `false` only to prove that it comes to the same. */
  readonly isMerged: boolean;
}

/** One way in which a meeting can go on. */
export interface Choice {
  /** The same for the same choice in the same state, however that state was reached. */
  readonly key: string;
  readonly does: 'act' | 'deliver' | 'repeat' | 'drop' | 'delay' | 'pass';
  /** Whose client alone has to do with it; absent where it may be anybody's. */
  readonly whose?: string;
  readonly costs?: Budget;
  readonly act?: Act;
  /** What somebody does in the course of the meeting, not what befalls it. */
  readonly isDeed?: boolean;
  readonly message?: NetworkMessage;
  /** It was set aside: others have overtaken it. */
  readonly isAside?: boolean;
}

/** One step of the way so far, as a scenario says it. */
export interface TakenStep {
  readonly at: string;
  readonly who: string;
  readonly does: string;
}
