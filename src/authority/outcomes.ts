import type { AcknowledgedOutcome } from '../transport/messages.types.ts';

export const done: AcknowledgedOutcome = { outcome: 'done' };

/** What was asked is not done, and the code says why. */
export const denied = (code: string): AcknowledgedOutcome => ({ outcome: 'denied', code });
