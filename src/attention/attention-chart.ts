import type { FlatChart } from '../core/chart.ts';
import type { AttentionEvent, AttentionState } from './attention.types.ts';

const ended = { 'tracking.disabled': 'off' } as const;
const whileShared = { ...ended, 'share.stopped': 'armed', 'notice.revoked': 'announced' } as const;

/**
 * Attention tracking on a participant's own client (G4): each exit clears. Time is no event of the chart: whoever steps
 * through it says when the threshold has passed, by time stamps.
 */
export const attentionChart = {
  id: 'attention',
  initial: 'off',
  states: {
    off: { on: { 'tracking.enabled': 'announced' } },
    announced: { tags: ['enabled'], on: { ...ended, 'notice.effective': 'armed' } },
    armed: {
      tags: ['enabled', 'effective'],
      on: { ...ended, 'notice.revoked': 'announced', 'share.started': 'focused' },
    },
    focused: {
      tags: ['enabled', 'effective', 'watching'],
      on: { ...whileShared, 'focus.lost': 'lost', 'focus.unknown': 'blind' },
    },
    lost: {
      tags: ['enabled', 'effective', 'watching'],
      on: { ...whileShared, 'focus.gained': 'focused', 'focus.unknown': 'blind', 'threshold.passed': 'inattentive' },
    },
    inattentive: {
      tags: ['enabled', 'effective', 'watching', 'flagged'],
      on: { ...whileShared, 'focus.gained': 'focused', 'focus.unknown': 'blind' },
    },
    blind: {
      tags: ['enabled', 'effective', 'watching'],
      on: { ...whileShared, 'focus.gained': 'focused', 'focus.lost': 'lost' },
    },
  },
} as const satisfies FlatChart<AttentionState, AttentionEvent['type']>;
