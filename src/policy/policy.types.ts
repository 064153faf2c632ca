import type { ConsentAsked } from '../consent/consent.types.ts';
import type { Device, Purpose, Region, Storage } from '../participants/participants.types.ts';

/** When capture begins. */
export type Start = 'when-everyone-answered' | 'at-once';
/** What happens to who has not answered yet. */
export type UntilAnswered = 'exclude' | 'hold';
/** What happens to who joins while it runs, until they have answered. */
export type OnLateJoin = 'exclude' | 'hold' | 'lobby' | 'pause';
/** What a refusal, a withdrawal and a time that ran out do. */
export type OnRefusal = 'exclude' | 'hold' | 'leave' | 'veto';
/** What happens to who cannot be asked: captured once told, left out, or nothing is captured with them. */
export type OnCannotBeAsked = 'announce' | 'exclude' | 'block';
/** What happens when the time to answer is over. */
export type OnTimeout = 'refused' | 'remind';

/** What must be done to capture one purpose. Every `…Ms` is a duration. */
export interface PurposePolicy {
  readonly consent: ConsentAsked;
  readonly start: Start;
  readonly untilAnswered: UntilAnswered;
  readonly onLateJoin: OnLateJoin;
  readonly onRefusal: OnRefusal;
  readonly onCannotBeAsked: OnCannotBeAsked;
  /** How long an answer is waited for; `null` is without end. */
  readonly timeoutMs: number | null;
  readonly onTimeout: OnTimeout;
  readonly remindEveryMs: number;
  /** Delays a start that waits for holds, never the protection. */
  readonly graceMs: number;
  readonly holds: readonly Device[];
  readonly storage: readonly Storage[];
  readonly captureTimeoutMs: number;
}

/** The rules for transcripts, over the recording's. */
export interface TranscriptionPolicy extends PurposePolicy {
  readonly readers: 'hosts' | 'everyone';
}

/** What must be done to track attention (docs/attention.md). */
export interface AttentionPolicy {
  readonly allowed: boolean;
  /** On from the start; only an administrator may say so. */
  readonly enabled: boolean;
  readonly enabledBy: readonly ('host' | 'admin')[];
  readonly armedBy: 'host' | 'anyone';
  readonly thresholdMs: number;
  readonly consent: ConsentAsked;
}

/** The rules for a purpose of the open set. */
export interface OpenPurposePolicy extends PurposePolicy {
  /** The purpose this one lives and ends with. */
  readonly follows?: Purpose;
}

/** How long recordings are kept after their end, in days of 24 hours, and what then (docs/retention.md). */
export interface RetentionPolicy {
  readonly recordingDays: number;
  readonly then: 'delete' | 'anonymise' | 'isolate';
}

/** What is made of declared regions. */
export type RegionsMode = 'declared' | 'required' | 'ignore';

/** A policy with nothing left open; JSON. */
export interface Policy {
  readonly regions: RegionsMode;
  readonly recording: PurposePolicy;
  readonly transcription: TranscriptionPolicy;
  readonly attention: AttentionPolicy;
  readonly purposes: Readonly<Record<string, OpenPurposePolicy>>;
  readonly retention: RetentionPolicy;
  /** Dotted paths (`recording.consent`) that no later setting may change. */
  readonly locked: readonly string[];
}

/** A policy that has a name. */
export type PresetName = 'notice-only' | 'acknowledge' | 'all-party' | 'gdpr';

/** A policy as written: fields over a preset (`extends`, default `all-party`). */
export interface PolicyInput {
  readonly extends?: PresetName | PolicyInput;
  readonly regions?: RegionsMode;
  readonly recording?: Partial<PurposePolicy>;
  readonly transcription?: Partial<TranscriptionPolicy>;
  readonly attention?: Partial<AttentionPolicy>;
  readonly purposes?: Readonly<Record<string, Partial<OpenPurposePolicy>>>;
  readonly retention?: Partial<RetentionPolicy>;
  readonly locked?: readonly string[];
}

/** How strict a region is about recording; see `recording-law.json`. */
export type RegionRule = 'one-party' | 'notice' | 'explicit-consent' | 'all-party';

/** What one region asks for, with its citation; no legal advice. */
export interface RegionRow {
  readonly region: Region;
  readonly rule: RegionRule;
  readonly citation: string;
  readonly confidence: 'high' | 'medium' | 'low' | 'contested';
  readonly note?: string;
}

/** The strictest that some regions ask for, as what it does to a policy. */
export interface RegionDemand {
  readonly consent: ConsentAsked;
  readonly start: Start;
}
