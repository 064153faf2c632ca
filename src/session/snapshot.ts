import { frozen } from '../core/frozen.ts';
import { keepIdentity } from '../core/identity.ts';
import type { SessionSnapshot } from './session.types.ts';

/** The snapshot of a session that has not joined, or runs on a server: all unknown, nothing to show. */
export function idleSnapshot(self: SessionSnapshot['self']): SessionSnapshot {
  return frozen({
    connection: 'idle',
    authorityId: undefined,
    vouches: undefined,
    admission: 'admitted',
    notices: [],
    prompt: null,
    indicators: { recording: 'unknown', transcription: 'unknown', 'attention-tracking': 'unknown' },
    recordings: [],
    hold: null,
    restorable: [],
    self,
    attention: { enabled: false, active: false, inattentive: false },
    transcripts: [],
    erasures: [],
    policy: undefined,
    bots: [],
    counts: null,
    notifications: null,
    notificationSettings: null,
  });
}

/** `next` with every part of `before` that is the same kept as it is; `before` itself if all is. */
export function sharedSnapshot(before: SessionSnapshot, next: SessionSnapshot): SessionSnapshot {
  return frozen(keepIdentity(before, next));
}
