import type { AttentionTracking } from '../attention/attention.types.ts';
import type { FocusSource } from '../attention/focus.types.ts';
import type { NoticeClosed, NoticeData, NoticeId } from '../notice/notice.types.ts';
import type { Policy } from '../policy/policy.types.ts';
import type { Transport } from '../transport/transport.types.ts';
import type { KeptAnswer } from './kept-answer.ts';
import type { Requests } from './requests.ts';
import type { SessionContext } from './session-context.ts';

/** What a participant's client tells its tracker of the meeting. */
export interface Followed {
  readonly tracking: AttentionTracking;
  readonly policy: Policy['attention'];
  /** Contact with whoever decides: without it nobody knows whether a share is on. */
  readonly hasContact: boolean;
}

export interface TrackerOptions {
  readonly context: SessionContext;
  readonly focus: FocusSource | undefined;
  /** The version of the words. */
  readonly version: string;
  readonly transport: Pick<Transport, 'present' | 'participantOf' | 'roleOf'>;
  /** When whoever decides was last heard. */
  readonly heardAt: () => number;
  /** Whether this client can tell its focus, as hosts are told: each hello says it too. */
  readonly signal: { canTell: boolean };
  readonly send: Requests['send'];
  /** Where this person's own answer is kept; default: their browser's tab. */
  readonly kept?: KeptAnswer;
  readonly notices: {
    raiseLocal(data: NoticeData): void;
    close(noticeId: NoticeId, because: NoticeClosed): void;
  };
}
