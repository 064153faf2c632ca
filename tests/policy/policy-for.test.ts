import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import { policyFor } from '../../src/policy/policy-for.ts';
import { faultOf, refusal } from './policy-fault.ts';

describe('policyFor', () => {
  it('takes one region or several, in any order', () => {
    expect(policyFor('ES', 'notice-only')).toEqual(policyFor(['ES'], 'notice-only'));
    expect(policyFor(['ES', 'US-CA'], 'acknowledge')).toEqual(policyFor(['US-CA', 'ES'], 'acknowledge'));
  });

  it.each([
    ['nowhere', [], 'notice', 'at-once'],
    ['Texas', ['US-TX'], 'notice', 'at-once'],
    ['Spain', ['ES'], 'explicit', 'at-once'],
    ['California', ['US-CA'], 'explicit', 'when-everyone-answered'],
    ['a region in small letters', ['us-ca'], 'explicit', 'when-everyone-answered'],
    ['Texas and Germany', ['US-TX', 'DE'], 'explicit', 'when-everyone-answered'],
    ['somewhere unknown', ['Atlantis'], 'explicit', 'when-everyone-answered'],
  ])('[G11] makes a mild policy as strict as %s asks', (_, regions, consent, start) => {
    const { recording } = policyFor(regions, 'notice-only');
    expect({ consent: recording.consent, start: recording.start }).toEqual({ consent, start });
  });

  it('[G11] never makes a strict policy milder', () => {
    expect(policyFor('US-TX', 'gdpr')).toEqual(parsePolicy('gdpr'));
    expect(policyFor([], 'all-party')).toEqual(parsePolicy('all-party'));
  });

  it('starts from all-party where no other policy is given', () => {
    expect(policyFor('US-TX')).toEqual(parsePolicy('all-party'));
  });

  it('takes a policy as written, and keeps the rest of it', () => {
    const base = { extends: 'acknowledge', recording: { onRefusal: 'veto' }, retention: { recordingDays: 3 } } as const;
    const written = parsePolicy(base);
    const strict = { consent: 'explicit', onCannotBeAsked: 'exclude' };
    expect(policyFor('ES', base)).toEqual({
      ...written,
      recording: { ...written.recording, ...strict },
      transcription: { ...written.transcription, ...strict },
    });
  });

  it('counts only the regions that it is given, also under a policy that requires everyone’s', () => {
    expect(policyFor([], { extends: 'notice-only', regions: 'required' }).recording.consent).toBe('notice');
  });

  it('refuses a policy that makes no sense', () => {
    expect(faultOf(() => policyFor('ES', { recording: { timeoutMs: 0 } }))).toEqual(
      refusal('/recording/timeoutMs', 'expected a whole number from 1, got 0'),
    );
  });
});
