import type { Consent } from '../consent/consent.types.ts';

const unanswered: readonly (Consent | undefined)[] = ['requested', 'shown'];
const negative: readonly (Consent | undefined)[] = ['refused', 'withdrawn', 'expired'];

/**
 * What a consent has come to after one more step, as the statechart of consent has it. The ledger is the word of an
 * authority that ran the chart: an answer it applied is taken as it stands.
 */
export function consentAfter(before: Consent | undefined, step: Consent): Consent {
  switch (step) {
    case 'requested':
      // Whoever said no, or let it expire, may be shown the notice again; that takes nothing back.
      return before !== undefined && negative.includes(before) ? before : step;
    case 'shown':
      return before === undefined || before === 'requested' ? step : before;
    case 'expired':
      return before === undefined || unanswered.includes(before) ? step : before;
    case 'cannot-be-asked':
      return before === undefined || before === 'requested' ? step : before;
    default:
      return step;
  }
}
