import type { AcknowledgedOutcome } from '../transport/messages.types.ts';

export const done: AcknowledgedOutcome = { outcome: 'done' };

/** What was asked is not done, and the code says why. */
export const denied = (code: string): AcknowledgedOutcome => ({ outcome: 'denied', code });

/** A part of the authority that a command needs could not be loaded. */
export const notLoaded = denied('authority/not-loaded');
