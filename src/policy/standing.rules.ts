import type { Consent, ConsentAsked, Standing } from '../consent/consent.types.ts';

const enough: Readonly<Record<ConsentAsked, readonly Consent[]>> = {
  notice: ['shown', 'acknowledged', 'given'],
  acknowledge: ['acknowledged', 'given'],
  explicit: ['given'],
};

/** What a consent amounts to where this much is asked (G1). Silence is not agreement. */
export function standingOf(consent: Consent | undefined, asked: ConsentAsked, late: boolean): Standing {
  if (consent !== undefined && enough[asked].includes(consent)) return 'clear';
  switch (consent) {
    case 'refused':
    case 'withdrawn':
    case 'expired':
      return 'refused';
    case 'cannot-be-asked':
      return 'cannot-be-asked';
    default:
      return late ? 'late' : 'unanswered';
  }
}
