import { describe, expect, test } from 'vitest';
import type { Consent, ConsentAsked } from '../../src/consent/consent.types.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import type { SessionSnapshot } from '../../src/session/session.types.ts';
import { canBeWithdrawn, capturedKey, consentAsked, consentKey, isAnswered } from '../../src/ui/consent-words.rules.ts';

const asks: readonly (ConsentAsked | undefined)[] = ['notice', 'acknowledge', 'explicit', undefined];

/** What is shown of a consent where more than a notice is asked, and where a notice is all. */
const table: Readonly<Record<Consent, readonly [more: readonly unknown[], noticeOnly: readonly unknown[]]>> = {
  requested: [
    ['requested', false, false],
    ['requested', false, false],
  ],
  shown: [
    ['shown', false, false],
    ['told', true, true],
  ],
  acknowledged: [
    ['acknowledged', true, true],
    ['acknowledged', true, true],
  ],
  given: [
    ['given', true, true],
    ['given', true, true],
  ],
  refused: [
    ['refused', false, true],
    ['refused', false, true],
  ],
  withdrawn: [
    ['withdrawn', false, true],
    ['withdrawn', false, true],
  ],
  expired: [
    ['expired', false, false],
    ['expired', false, false],
  ],
  'cannot-be-asked': [
    ['cannot-be-asked', false, true],
    ['cannot-be-asked', false, true],
  ],
};

describe('the words for one consent', () => {
  test.each(Object.entries(table) as [Consent, (typeof table)[Consent]][])(
    '[G3] what is %s: its words, whether it can be taken back, and whether it is answered',
    (consent, [more, notice]) => {
      for (const asked of asks) {
        const [key, taken, answered] = asked === 'notice' ? notice : more;
        expect([asked, consentKey(consent, asked), canBeWithdrawn(consent, asked), isAnswered(consent, asked)]).toEqual(
          [asked, `ui.consent.${key}`, taken, answered],
        );
      }
    },
  );

  test('[G1] each purpose is asked for as the policy says of it, and nothing is known without one', () => {
    const policy = parsePolicy({
      extends: 'all-party',
      recording: { consent: 'explicit' },
      transcription: { consent: 'acknowledge' },
      purposes: { 'ai-notes': { consent: 'notice' } },
    });
    const withAttention = { ...policy, attention: { ...policy.attention, consent: 'acknowledge' as const } };
    const purposes = ['recording', 'transcription', 'attention-tracking', 'ai-notes', 'live-streaming'];
    const asked = (of: typeof policy | undefined) => purposes.map((purpose) => consentAsked(of, purpose));
    expect(asked(withAttention)).toEqual(['explicit', 'acknowledge', 'acknowledge', 'notice', undefined]);
    expect(asked({ ...withAttention, attention: { ...policy.attention, consent: 'notice' } })[2]).toBe('notice');
    expect(asked(undefined)).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });
});

describe('the words for whether one is captured', () => {
  const snapshot = (
    captured: boolean,
    because: SessionSnapshot['self']['because'],
    indicator: string,
    ...statuses: readonly string[]
  ) =>
    ({
      self: { captured, because },
      indicators: { recording: indicator },
      recordings: statuses.map((status) => ({ status })),
    }) as unknown as SessionSnapshot;

  test.each([
    ['captured', snapshot(true, 'clear', 'on', 'on')],
    ['captured', snapshot(true, 'clear', 'unknown', 'unknown')],
    ['unknown', snapshot(false, 'refused', 'unknown', 'on')],
    ['asking', snapshot(false, 'unanswered', 'asking', 'asking')],
    ['asking', snapshot(false, 'unanswered', 'asking', 'off', 'asking')],
    ['because.refused', snapshot(false, 'refused', 'on', 'on')],
    ['because.unanswered', snapshot(false, 'unanswered', 'on', 'asking', 'on')],
    ['nothing', snapshot(false, undefined, 'on', 'on')],
    ['nothing', snapshot(false, 'ended', 'off', 'off')],
    ['nothing', snapshot(false, 'ended', 'off')],
  ])('[G2] it says %s', (said, of) => {
    expect(capturedKey(of)).toBe(`ui.status.${said}`);
  });
});
