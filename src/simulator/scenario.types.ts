import type { HookName } from '../hooks/hooks.types.ts';
import type { NotificationInput } from '../notifications/notifications.types.ts';
import type {
  Channel,
  Device,
  ParticipantId,
  Purpose,
  Region,
  Role,
  Status,
  Storage,
} from '../participants/participants.types.ts';
import type { PolicyInput, PresetName } from '../policy/policy.types.ts';
import type { Right } from '../records/ledger.types.ts';

/** A time from the start of the meeting: `"1500ms"`, `"30s"`, `"2m"` or `"1h"`. */
export type Duration = string;

/** What each verb of a step wants beside `at`, `who` and `does`. */
export interface Verbs {
  joins: object;
  leaves: object;
  requestsRecording: { storage?: Storage; transcript?: boolean; reason?: string; only?: readonly string[] };
  pausesRecording: object;
  resumesRecording: object;
  stopsRecording: object;
  /** With `"who": "platform"`: a capture that the platform starts by itself (G10). */
  startsRecording: { storage?: Storage };
  acknowledges: PurposeOrPurposes;
  givesConsent: PurposeOrPurposes;
  refusesConsent: PurposeOrPurposes;
  withdrawsConsent: PurposeOrPurposes;
  requestsTranscript: object;
  stopsTranscript: { failed?: boolean };
  requestsPurpose: { purpose: Purpose; provider?: string; reason?: string };
  endsPurpose: { purpose: Purpose };
  says: { text: string };
  erasesRecording: object;
  enablesAttentionTracking: object;
  disablesAttentionTracking: object;
  startsSharing: object;
  stopsSharing: object;
  losesFocus: object;
  regainsFocus: object;
  losesConnection: object;
  reconnects: object;
  /** The client's machine sleeps: nothing of it runs, and what is sent to it arrives when it wakes. */
  sleeps: { for: Duration };
  /** The clock of the client's machine goes on at once, as when somebody sets it; its timers do not. */
  clockJumps: { by: Duration };
  crashes: object;
  handsOver: { to: ParticipantId };
  setsNotifications: { settings: NotificationInput };
  exercisesRight: { right: Right };
  declaresRegion: { region: Region };
  switchesOn: { device: Device };
  switchesOff: { device: Device };
  moderatorLocks: { device: Device; whom: ParticipantId };
  moderatorUnlocks: { device: Device; whom: ParticipantId };
  admits: { whom: ParticipantId | readonly ParticipantId[] };
  pressesKey: { key: string };
  startsWithoutWaiting: { reason: string };
  reminds: { whom?: ParticipantId | readonly ParticipantId[] };
  reviewsConsent: { purpose: Purpose };
  confirmsShown: object;
  confirmsCue: { result: 'played' | 'blocked' };
  /** `oneWay`: a group hears those named before it, and not those named after it. */
  partitions: { groups: readonly (readonly ParticipantId[])[]; oneWay?: boolean };
  heals: object;
  queues: object;
  delivers: WaitingMessage;
  repeats: WaitingMessage;
  drops: WaitingMessage;
  flows: object;
}

/** One of the messages that wait from somebody to somebody: the `nth` in the order in which they were sent, default 1. */
export interface WaitingMessage {
  readonly from: ParticipantId;
  readonly to: ParticipantId;
  readonly nth?: number;
}

/** One purpose, or several answered at once on the open notice. */
export type PurposeOrPurposes = { purpose: Purpose } | { purposes: readonly Purpose[] };

/** What a step may do, by name. */
export type Verb = keyof Verbs;

/** What somebody does; `who` is a participant, `platform` or `network`. */
export type StepInput = { [V in Verb]: { at: Duration; who: string; does: V } & Verbs[V] }[Verb];

/** A participant, as a scenario writes them. */
export interface ParticipantInput {
  readonly id: ParticipantId;
  readonly role?: Role;
  readonly name?: string;
  readonly region?: Region;
  /** Default 0 s: there from the start. */
  readonly joins?: Duration;
  readonly channel?: Channel;
  /** `never`: a client that shows no notice and plays no cue. */
  readonly presents?: 'at-once' | 'never';
  /** `false`: a client without this library. */
  readonly sdk?: boolean;
}

/** How the network treats messages: `latencyMs` between two bounds, `loss` and `duplicate` as shares from 0 to 1. */
export interface NetworkInput {
  readonly latencyMs?: readonly [number, number];
  readonly loss?: number;
  readonly duplicate?: number;
  readonly reorder?: boolean;
  readonly seed?: number;
}

/** A call of `CaptureController`. */
export type CaptureCall =
  | 'start'
  | 'renew'
  | 'pause'
  | 'resume'
  | 'stop'
  | 'include'
  | 'exclude'
  | 'fence'
  | 'snapshot';

/** How the recorder behaves; `startMs` is how long its start takes. */
export interface CaptureInput {
  readonly startMs?: number;
  /** Every call of these names is rejected. */
  readonly fails?: readonly CaptureCall[];
  /** Every call of these names never ends. */
  readonly hangs?: readonly CaptureCall[];
  readonly canExclude?: boolean;
  readonly canPause?: boolean;
  readonly lease?: boolean;
  /** The recorder itself crashes then. */
  readonly crashesAt?: Duration;
  /** How long calls of these names take; a start has begun by then, everything else is done at the end. */
  readonly takes?: Readonly<Partial<Record<CaptureCall, Duration>>>;
  /** From when to when nobody reaches the cloud recorder, which goes on. */
  readonly cutOff?: readonly [Duration, Duration];
}

/** How many hooks there must be, with a payload of which `with` is a deep subset. */
export interface HookExpectation {
  readonly participant: ParticipantId | '*';
  readonly hook: HookName | 'stepDenied';
  readonly with?: Readonly<Record<string, unknown>>;
  readonly from?: Duration;
  readonly to?: Duration;
  /** Exactly so many; without it, at least one. */
  readonly times?: number;
}

/** The status that a participant's client shows for a purpose at an instant. */
export interface StatusExpectation {
  readonly status: Status;
  readonly purpose: Purpose;
  readonly participant: ParticipantId;
  readonly at: Duration;
}

/** Between how many milliseconds of a person the recorder's output holds. */
export interface CapturedExpectation {
  readonly captured: ParticipantId;
  readonly purpose: 'recording';
  readonly from?: Duration;
  readonly to?: Duration;
  readonly ms: readonly [number, number];
}

/** Something a scenario expects. */
export type ExpectationInput = HookExpectation | StatusExpectation | CapturedExpectation;

/** A meeting to be simulated, as it is written; `schemas/scenario.json` describes the same. */
export interface ScenarioInput {
  readonly $schema?: string;
  readonly about?: string;
  readonly meeting?: {
    readonly id?: string;
    readonly policy?: PresetName | PolicyInput;
    readonly adminPolicy?: PresetName | PolicyInput | null;
    /** A ledger, a vault and a storage are kept, by all hosts together. Default: only where a step exercises a right. */
    readonly records?: boolean;
  };
  readonly participants: readonly ParticipantInput[];
  readonly network?: NetworkInput;
  readonly capture?: CaptureInput;
  readonly steps: readonly StepInput[];
  readonly until: Duration;
  readonly expect?: readonly ExpectationInput[];
}
