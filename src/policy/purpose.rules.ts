import type { Purpose } from '../participants/participants.types.ts';
import type { Policy, PurposePolicy } from './policy.types.ts';

/** What must be done to capture a purpose. One that the policy does not name is as the recording, and explicit. */
export function purposePolicy(policy: Policy, purpose: Purpose): PurposePolicy {
  if (purpose === 'recording') return policy.recording;
  if (purpose === 'transcription') return policy.transcription;
  const named = Object.hasOwn(policy.purposes, purpose) ? policy.purposes[purpose] : undefined;
  return named ?? { ...policy.recording, consent: 'explicit' };
}
