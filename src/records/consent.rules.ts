import type { Consent, ConsentAsked } from '../consent/consent.types.ts';

const unanswered: readonly (Consent | undefined)[] = ['requested', 'shown'];
const negative: readonly (Consent | undefined)[] = ['refused', 'withdrawn', 'expired'];

/**
 * What a consent has come to after one more step, as the statechart of consent has it. The ledger is the word of an
 * authority that ran the chart: an answer it applied is taken as it stands.
 */
export function consentAfter(before: Consent | undefined, step: Consent, asks?: ConsentAsked): Consent {
  switch (step) {
    case 'requested':
      // Whoever has answered is told what runs with a banner; that is no new question.
      if (asks === 'notice' && before !== undefined && before !== 'cannot-be-asked') return before;
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

const byStrictness: readonly ConsentAsked[] = ['notice', 'acknowledge', 'explicit'];

/** The stricter of what was asked before and what is asked now. */
export const stricterAsked = (a: ConsentAsked | undefined, b: ConsentAsked | undefined): ConsentAsked | undefined =>
  a === undefined || (b !== undefined && byStrictness.indexOf(b) > byStrictness.indexOf(a)) ? b : a;
