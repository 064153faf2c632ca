import type { NoticeErrorCode } from '../core/errors.ts';

/** What became of a command. */
export type CommandOutcome =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'denied' | 'failed'; readonly code: NoticeErrorCode };
