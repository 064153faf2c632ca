import type { Requester } from '../participants/participants.types.ts';

/**
 * Where a participant's own client stands: not tracked; enabled, and not (yet) told or agreed; waiting for a share; and
 * while one is on, whether the meeting is the active window, has not been for a while, has not been for too long, or
 * cannot be told.
 */
export type AttentionState = 'off' | 'announced' | 'armed' | 'focused' | 'lost' | 'inattentive' | 'blind';

/** What a participant's client learns, and what its person does. */
export type AttentionEvent = {
  readonly type:
    | 'tracking.enabled'
    | 'tracking.disabled'
    | 'notice.effective'
    | 'notice.revoked'
    | 'share.started'
    | 'share.stopped'
    | 'focus.gained'
    | 'focus.lost'
    | 'focus.unknown'
    | 'threshold.passed';
};

/** For XState: the types of the machine. */
export interface AttentionSetup {
  readonly context: object;
  readonly events: AttentionEvent;
}

/** What everyone knows of attention tracking in a meeting. */
export interface AttentionTracking {
  readonly enabled: boolean;
  /** Enabled, and a share that arms it is on. */
  readonly active: boolean;
  /** The enabling: stands where a recording's id does. */
  readonly enabling?: string;
  /** One share, from hosts that hand it on without a gap: what is said of attention names it. */
  readonly share?: string;
  /** Who has turned it on; nobody where it is on from the start. */
  readonly by?: Requester;
}

/** Nothing is tracked. */
export const notTracked: AttentionTracking = { enabled: false, active: false };
