import type { Consent, ConsentAsked } from '../consent/consent.types.ts';
import type { Purpose } from '../participants/participants.types.ts';
import type { Policy } from '../policy/policy.types.ts';
import type { SessionSnapshot } from '../session/session.types.ts';

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

/** Whether the person has said something themselves, or had nothing to say. */
export function isAnswered(consent: Consent, asked: ConsentAsked | undefined): boolean {
  const isMissing = consent === 'requested' || consent === 'shown' || consent === 'expired';
  return !isMissing || (consent === 'shown' && asked === 'notice');
}

/** The key of the words for whether one is captured, and why not. */
export function capturedKey({ self, indicators, recordings }: SessionSnapshot): string {
  if (self.captured) return 'ui.status.captured';
  if (indicators['recording'] === 'unknown') return 'ui.status.unknown';
  const living = recordings.filter(({ status }) => status !== 'off');
  if (living.length > 0 && living.every(({ status }) => status === 'asking')) return 'ui.status.asking';
  return living.length > 0 && self.because ? `ui.status.because.${self.because}` : 'ui.status.nothing';
}
