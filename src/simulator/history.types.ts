import type { AnyHook, HookMap } from '../hooks/hooks.types.ts';
import type { NoticeId } from '../notice/notice.types.ts';
import type { Device, ParticipantId, Purpose, RecordingId, Storage } from '../participants/participants.types.ts';
import type { Act } from './parsed.types.ts';

/** What the session, or the device, answered to a step. */
export interface StepOutcome {
  readonly outcome: string;
  readonly code?: string;
  readonly recordingId?: RecordingId;
  readonly because?: string;
}

/** Why a device is on or off. */
export type DeviceCause = 'start' | 'switch' | 'hold' | 'release' | 'lock';

/**
 * One thing that really happened: not what a client believes, but what a person did or was shown, what the recorder
 * took, what the network was. In order; `at` is milliseconds from the start.
 */
export type HistoryEvent =
  | { readonly kind: 'hook'; readonly participant: ParticipantId; readonly hook: AnyHook | DeniedHook }
  /** A step; `about` are the recordings that the person's client showed as living or asked about at that moment. */
  | {
      readonly kind: 'step';
      readonly step: number;
      readonly act: Act;
      readonly about: readonly { readonly recordingId: RecordingId; readonly purposes: readonly Purpose[] }[];
    }
  | { readonly kind: 'outcome'; readonly step: number; readonly act: Act; readonly outcome: StepOutcome }
  /** The person has seen a notice, or heard its cue on a phone. */
  | {
      readonly kind: 'shown';
      readonly participant: ParticipantId;
      readonly noticeId: NoticeId;
      readonly recordingId: RecordingId;
      readonly purposes: readonly Purpose[];
    }
  /** The recorder's output begins or ends to hold this person. */
  | {
      readonly kind: 'captured';
      readonly participant: ParticipantId;
      readonly recordingId: RecordingId;
      readonly captured: boolean;
    }
  | {
      readonly kind: 'recorder';
      readonly recorder: 'cloud' | 'local' | 'platform';
      readonly recordingId: RecordingId;
      readonly status: 'on' | 'paused' | 'off';
      readonly storage: Storage;
    }
  | {
      readonly kind: 'device';
      readonly participant: ParticipantId;
      readonly device: Device;
      readonly on: boolean;
      readonly because: DeviceCause;
    }
  /** Somebody has said something; `heard`: their microphone was on, and the meeting heard it. */
  | {
      readonly kind: 'said';
      readonly participant: ParticipantId;
      readonly segmentId: string;
      readonly text: string;
      readonly heard: boolean;
    }
  | {
      readonly kind: 'hold';
      readonly participant: ParticipantId;
      readonly devices: readonly Device[];
      readonly held: boolean;
    }
  | { readonly kind: 'lock'; readonly participant: ParticipantId; readonly device: Device; readonly locked: boolean }
  | {
      readonly kind: 'presence';
      readonly participant: ParticipantId;
      readonly state: 'joined' | 'left' | 'disconnected' | 'reconnected' | 'crashed';
    }
  /** Whether the meeting is somebody's active window. */
  | { readonly kind: 'focus'; readonly participant: ParticipantId; readonly state: 'focused' | 'lost' }
  /** Who hears whom (no groups: everyone does), and whether messages wait to be delivered by hand. */
  | { readonly kind: 'network'; readonly groups: readonly (readonly ParticipantId[])[]; readonly queues?: boolean };

/** A step that was not allowed, or not possible. */
export interface DeniedHook {
  readonly hook: 'stepDenied';
  readonly payload: { readonly does: string; readonly code: string };
}

/** One thing that happened in a simulation, and when, in milliseconds from its start. */
export type Happened = HistoryEvent & { readonly at: number };

/** One line of a simulation's output. */
export interface HookLine {
  readonly at: number;
  readonly participant: ParticipantId;
  readonly hook: keyof HookMap | 'stepDenied';
  readonly payload: unknown;
}

/** When the recorder's output held somebody; `toMs` of one that still runs is the end of the simulation. */
export interface CaptureSpan {
  readonly recordingId: RecordingId;
  readonly participantId: ParticipantId;
  readonly fromMs: number;
  readonly toMs: number;
}
