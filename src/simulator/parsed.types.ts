import type { Channel, ParticipantId, Region, Role, Status } from '../participants/participants.types.ts';
import type { PolicyInput, PresetName } from '../policy/policy.types.ts';
import type { NetworkConditions } from '../transport/in-memory.types.ts';
import type { CaptureCall, Verb, Verbs } from './scenario.types.ts';

/** A participant of a scenario, defaults filled in. */
export interface SimulatedParticipant {
  readonly id: ParticipantId;
  readonly role: Role;
  readonly name?: string;
  readonly region?: Region;
  readonly joinsAtMs: number;
  readonly channel: Channel;
  readonly presents: 'at-once' | 'never';
  readonly sdk: boolean;
}

/** The recorder of a scenario, defaults filled in. */
export interface SimulatedCapture {
  readonly startMs: number;
  readonly fails: readonly CaptureCall[];
  readonly hangs: readonly CaptureCall[];
  readonly canExclude: boolean;
  readonly canPause: boolean;
  readonly lease: boolean;
  readonly crashesAtMs?: number;
  readonly takesMs?: Readonly<Partial<Record<CaptureCall, number>>>;
  readonly cutOffMs?: readonly [number, number];
}

/** What somebody does, without when. */
export type Act = { [V in Verb]: { readonly who: string; readonly does: V } & Readonly<Verbs[V]> }[Verb];
/** What somebody does, and when. */
export type Step = Act & { readonly atMs: number };

/** From when to when an expectation looks, in milliseconds from the start of the meeting. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What a scenario expects, its times in milliseconds. */
export type Expectation =
  | ({
      readonly kind: 'hook';
      readonly participant: ParticipantId;
      readonly hook: string;
      readonly with?: Readonly<Record<string, unknown>>;
      readonly times?: number;
    } & Window)
  | {
      readonly kind: 'status';
      readonly status: Status;
      readonly purpose: string;
      readonly participant: ParticipantId;
      readonly atMs: number;
    }
  | ({ readonly kind: 'captured'; readonly captured: ParticipantId; readonly ms: readonly [number, number] } & Window);

/** A scenario with nothing left open: defaults filled in, times in milliseconds, every id known. */
export interface Scenario {
  readonly about: string;
  readonly meeting: {
    readonly id: string;
    readonly policy: PresetName | PolicyInput;
    readonly adminPolicy: PresetName | PolicyInput | null;
    readonly records: boolean;
  };
  readonly participants: readonly SimulatedParticipant[];
  /** `undefined`: messages arrive at once and in order. */
  readonly network: (NetworkConditions & { readonly seed: number }) | undefined;
  readonly capture: SimulatedCapture;
  readonly steps: readonly Step[];
  readonly untilMs: number;
  readonly expect: readonly Expectation[];
}
