import { describe, expect, test } from 'vitest';
import type { Consent, ConsentAsked } from '../../src/consent/consent.types.ts';
import { consentAfter, stricterAsked } from '../../src/records/consent.rules.ts';

const consents = [
  'requested',
  'shown',
  'acknowledged',
  'given',
  'refused',
  'withdrawn',
  'expired',
  'cannot-be-asked',
] as const;

/** What each consent is after a step: from nothing, then in the order above. */
const following = (step: Consent, asks?: ConsentAsked) =>
  [undefined, ...consents].map((before) => consentAfter(before, step, asks));

describe('[G6] a consent, as the ledger has it,', () => {
  test('is asked for again by another question, which takes no refusal back', () => {
    const asked = [
      ...['requested', 'requested', 'requested', 'requested', 'requested'],
      ...['refused', 'withdrawn', 'expired', 'requested'],
    ];
    expect([following('requested'), following('requested', 'explicit'), following('requested', 'acknowledge')]).toEqual(
      [asked, asked, asked],
    );
  });

  test('is what it was where somebody is only told what runs, but for who had not been or could not be told', () => {
    expect(following('requested', 'notice')).toEqual([
      ...['requested', 'requested', 'shown', 'acknowledged', 'given'],
      ...['refused', 'withdrawn', 'expired', 'requested'],
    ]);
  });

  test('is shown once, and can be so to who was asked', () => {
    expect(following('shown')).toEqual(['shown', 'shown', ...consents.slice(1)]);
  });

  test('runs out while it is unanswered, and no longer', () => {
    expect(following('expired')).toEqual(['expired', 'expired', 'expired', ...consents.slice(2)]);
  });

  test('cannot be asked for of who has not been shown anything', () => {
    expect(following('cannot-be-asked')).toEqual(['cannot-be-asked', 'cannot-be-asked', ...consents.slice(1)]);
  });

  test.each(['acknowledged', 'given', 'refused', 'withdrawn'] as const)(
    'is the answer that was applied: %s',
    (step) => {
      expect(following(step)).toEqual(Array.from({ length: 9 }, () => step));
      expect(following(step, 'notice')).toEqual(Array.from({ length: 9 }, () => step));
    },
  );
});

test('[G6] of two questions the stricter is the one that was asked', () => {
  const asked = [undefined, 'notice', 'acknowledge', 'explicit'] as const;
  expect(asked.map((a) => asked.map((b) => stricterAsked(a, b)))).toEqual([
    [undefined, 'notice', 'acknowledge', 'explicit'],
    ['notice', 'notice', 'acknowledge', 'explicit'],
    ['acknowledge', 'acknowledge', 'acknowledge', 'explicit'],
    ['explicit', 'explicit', 'explicit', 'explicit'],
  ]);
});
