import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import { purposePolicy } from '../../src/policy/purpose.rules.ts';

const policy = parsePolicy({
  extends: 'notice-only',
  recording: { onRefusal: 'leave', graceMs: 5 },
  transcription: { onRefusal: 'veto', readers: 'everyone' },
  purposes: { 'ai-notes': { consent: 'acknowledge', onRefusal: 'exclude', follows: 'transcription' }, summary: {} },
});
const asRecording = { ...parsePolicy('notice-only').recording, onRefusal: 'leave', graceMs: 5 };

describe('purposePolicy', () => {
  it.each([
    ['recording', asRecording],
    ['transcription', { ...asRecording, onRefusal: 'veto', readers: 'everyone' }],
    ['ai-notes', { ...asRecording, consent: 'acknowledge', onRefusal: 'exclude', follows: 'transcription' }],
    ['summary', { ...asRecording, consent: 'explicit' }],
  ])('is, for %s, what the policy says of it', (purpose, rules) => {
    expect(purposePolicy(policy, purpose)).toEqual(rules);
  });

  it.each(['live-streaming', 'constructor', 'toString', '__proto__', 'hasOwnProperty', ''])(
    '[G1] is as the recording, and explicit, for "%s", which the policy does not name',
    (purpose) => {
      expect(purposePolicy(policy, purpose)).toEqual({ ...asRecording, consent: 'explicit' });
    },
  );

  it('leaves the policy as it is', () => {
    const before = structuredClone(policy);
    purposePolicy(policy, 'live-streaming');
    expect(policy).toEqual(before);
  });
});
