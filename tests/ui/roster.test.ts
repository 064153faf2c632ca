import { expect, test } from 'vitest';
import type { Consent } from '../../src/consent/consent.types.ts';
import type { RosterCounts, RosterRow } from '../../src/hooks/hooks.types.ts';
import { canBeReminded, rosterSummary } from '../../src/ui/roster.rules.ts';

/** So many at each consent that each sum is of one set of them only. */
const counts: RosterCounts = {
  present: 300,
  captured: 3,
  consents: {
    given: 1,
    acknowledged: 2,
    shown: 4,
    requested: 8,
    refused: 16,
    withdrawn: 32,
    expired: 64,
    'cannot-be-asked': 128,
  },
};

test('[G1] who was only shown the notice counts with the agreements where that is all, and else as unanswered', () => {
  const rest = { refused: 16 + 32 + 64, cannotBeAsked: 128 };
  expect(rosterSummary(counts, 'notice')).toEqual({ agreed: 1 + 2 + 4, unanswered: 8, ...rest });
  for (const asked of ['acknowledge', 'explicit', undefined] as const) {
    expect(rosterSummary(counts, asked)).toEqual({ agreed: 1 + 2, unanswered: 8 + 4, ...rest });
  }
  expect(rosterSummary({ present: 0, captured: 0, consents: {} }, 'explicit')).toEqual({
    agreed: 0,
    refused: 0,
    unanswered: 0,
    cannotBeAsked: 0,
  });
});

test('[G9] whoever is present and still to answer for the recording can be reminded, and nobody else', () => {
  const row = (consent: Consent | undefined, present = true) =>
    ({ present, consents: consent ? { recording: consent } : {} }) as unknown as RosterRow;
  const reminded = (asked: 'notice' | 'explicit') =>
    (Object.keys(counts.consents) as Consent[]).filter((consent) => canBeReminded(row(consent), asked));
  expect(reminded('explicit')).toEqual(['shown', 'requested']);
  expect(reminded('notice')).toEqual(['requested']);
  expect(canBeReminded(row(undefined), 'explicit')).toBe(false);
  expect([canBeReminded(row('requested', false), 'explicit'), canBeReminded(row('shown', false), 'explicit')]).toEqual([
    false,
    false,
  ]);
});
