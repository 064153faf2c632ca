/** What happens to one notice on a client. */
export type PromptEvent =
  | { readonly type: 'notice.shown' }
  | { readonly type: 'answer.sent' }
  | { readonly type: 'answer.acknowledged' }
  | { readonly type: 'answer.denied' }
  | { readonly type: 'notice.closed' };

export type PromptState = 'raised' | 'shown' | 'sending' | 'sendingUnshown' | 'closed';

/** The types of the prompt machine. */
export interface PromptSetup {
  context: Record<string, never>;
  events: PromptEvent;
}
