import type { FlatChart } from '../core/chart.ts';
import type { PromptEvent, PromptState } from './prompt.types.ts';

/**
 * One notice on one client, from raised to closed. An answer keeps it `sending`, and holds stay, until the authority
 * has confirmed; only the authority closes a notice, so that no crash hides one (G9).
 */
export const promptChart = {
  id: 'prompt',
  initial: 'raised',
  states: {
    raised: {
      tags: ['open'],
      on: {
        'notice.shown': 'shown',
        // Refusing needs nothing to have been shown (G3).
        'answer.sent': 'sendingUnshown',
        'notice.closed': 'closed',
      },
    },
    shown: {
      tags: ['open', 'shown'],
      on: { 'answer.sent': 'sending', 'notice.closed': 'closed' },
    },
    sending: {
      tags: ['sending', 'shown'],
      on: { 'answer.acknowledged': 'shown', 'answer.denied': 'shown', 'notice.closed': 'closed' },
    },
    sendingUnshown: {
      tags: ['sending'],
      on: {
        'notice.shown': 'sending',
        'answer.acknowledged': 'raised',
        'answer.denied': 'raised',
        'notice.closed': 'closed',
      },
    },
    closed: { type: 'final' },
  },
} as const satisfies FlatChart<PromptState, PromptEvent['type']>;
