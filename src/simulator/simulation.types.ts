import type { ParticipantId } from '../participants/participants.types.ts';
import type { Session } from '../session/session.types.ts';
import type { CaptureSpan, Happened, HookLine } from './history.types.ts';
import type { KeptWords } from './kept-words.ts';
import type { Scenario } from './parsed.types.ts';
import type { Verb, Verbs } from './scenario.types.ts';

/** A guarantee or an expectation that did not hold: which, when, who, and where the scenario says it. */
export interface Broken {
  /** `G1` … `G13`, or `expect`. */
  readonly id: string;
  readonly atMs?: number;
  readonly participant?: ParticipantId;
  readonly message: string;
  /** JSON pointer into the scenario; for expectations. */
  readonly pointer?: string;
}

/** The closing line of a simulation. */
export interface Summary {
  readonly guarantees: 'held' | 'broken';
  readonly hooks: number;
  readonly messages: number;
  readonly captures: readonly CaptureSpan[];
  readonly transcript: readonly KeptWords[];
}

/** What a simulation came to. */
export interface SimulationResult {
  readonly scenario: Scenario;
  readonly lines: readonly HookLine[];
  readonly history: readonly Happened[];
  readonly untilMs: number;
  readonly summary: Summary;
  readonly broken: readonly Broken[];
}

/** One participant of a simulation, who does things now; each resolves when everything due at that instant is done. */
export type Actor = {
  readonly [V in Verb]: (...fields: V extends keyof Verbs ? readonly unknown[] : never) => Promise<void>;
};

/** A simulated meeting: run by its scenario's steps, or by hand. */
export interface Simulation {
  as(who: ParticipantId | 'platform' | 'network'): Actor;
  session(id: ParticipantId): Session | undefined;
  /** Lets time go on, with everything due in it. */
  waits(duration: string): Promise<void>;
  hooks(id?: ParticipantId): readonly HookLine[];
  /** What is broken so far, as the history shows. */
  guarantees(): readonly Broken[];
  /** Runs the scenario's steps to its end. */
  run(): Promise<SimulationResult>;
}
