import type { NoticeErrorCode } from '../core/errors.ts';
import type { RecordingId } from '../participants/participants.types.ts';

/** What became of a command. */
export type CommandOutcome =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'denied' | 'failed'; readonly code: NoticeErrorCode };

/** How a request for a recording came to its end. */
export type RequestOutcome =
  | { readonly outcome: 'started'; readonly recordingId: RecordingId }
  | {
      readonly outcome: 'refused' | 'vetoed' | 'expired' | 'cancelled' | 'nobody-to-capture';
      readonly recordingId: RecordingId;
    }
  | {
      readonly outcome: 'failed';
      readonly recordingId: RecordingId;
      readonly code: NoticeErrorCode;
      readonly retryable: boolean;
    }
  | { readonly outcome: 'denied'; readonly code: NoticeErrorCode };
