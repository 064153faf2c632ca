import type { Consent, ConsentAsked } from '../consent/consent.types.ts';
import type { Purpose } from '../participants/participants.types.ts';
import type { Policy } from '../policy/policy.types.ts';

/** What the policy asks for, for one purpose; `undefined` where the policy is not known or does not name it. */
export function consentAsked(policy: Policy | undefined, purpose: Purpose): ConsentAsked | undefined {
  if (purpose === 'recording') return policy?.recording.consent;
  if (purpose === 'transcription') return policy?.transcription.consent;
  if (purpose === 'attention-tracking') return policy?.attention.consent;
  return policy?.purposes[purpose]?.consent;
}

/** The key of the words for one consent. Where people are only told, having been shown it is all there is. */
export function consentKey(consent: Consent, asked: ConsentAsked | undefined): string {
  return consent === 'shown' && asked === 'notice' ? 'ui.consent.told' : `ui.consent.${consent}`;
}

/** Whether there is anything to take back: an agreement, or being captured on a notice alone (GDPR Art. 7(3), 21). */
export function canBeWithdrawn(consent: Consent, asked: ConsentAsked | undefined): boolean {
  return consent === 'given' || consent === 'acknowledged' || (consent === 'shown' && asked === 'notice');
}
