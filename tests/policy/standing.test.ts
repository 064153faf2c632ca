import { describe, expect, it } from 'vitest';
import type { Consent, ConsentAsked } from '../../src/consent/consent.types.ts';
import { standingOf } from '../../src/policy/standing.rules.ts';

/** Where `waits` stands, who is not clear is unanswered in time and late afterwards. */
const table: Readonly<Record<Consent | 'none', Readonly<Record<ConsentAsked, string>>>> = {
  none: { notice: 'waits', acknowledge: 'waits', explicit: 'waits' },
  requested: { notice: 'waits', acknowledge: 'waits', explicit: 'waits' },
  shown: { notice: 'clear', acknowledge: 'waits', explicit: 'waits' },
  acknowledged: { notice: 'clear', acknowledge: 'clear', explicit: 'waits' },
  given: { notice: 'clear', acknowledge: 'clear', explicit: 'clear' },
  refused: { notice: 'refused', acknowledge: 'refused', explicit: 'refused' },
  withdrawn: { notice: 'refused', acknowledge: 'refused', explicit: 'refused' },
  expired: { notice: 'refused', acknowledge: 'refused', explicit: 'refused' },
  'cannot-be-asked': { notice: 'cannot-be-asked', acknowledge: 'cannot-be-asked', explicit: 'cannot-be-asked' },
};

const rows = Object.entries(table).flatMap(([consent, byAsked]) =>
  Object.entries(byAsked).map(([asked, standing]) => ({ consent, asked, standing })),
) as readonly { consent: Consent | 'none'; asked: ConsentAsked; standing: string }[];

describe('standingOf', () => {
  it.each(rows)('[G1] where $asked is asked, a consent that is $consent stands as: $standing', (row) => {
    const consent = row.consent === 'none' ? undefined : row.consent;
    const waits = row.standing === 'waits';
    expect({
      'in time': standingOf(consent, row.asked, false),
      late: standingOf(consent, row.asked, true),
    }).toEqual({
      'in time': waits ? 'unanswered' : row.standing,
      late: waits ? 'late' : row.standing,
    });
  });

  it('[G11] clears nobody under a stricter policy who was not clear under a milder one', () => {
    const consents = rows.map(({ consent }) => (consent === 'none' ? undefined : consent));
    const clearUnder = (asked: ConsentAsked) =>
      consents.filter((consent) => standingOf(consent, asked, false) === 'clear');
    expect(new Set(clearUnder('notice'))).toEqual(new Set(['shown', 'acknowledged', 'given']));
    expect(new Set(clearUnder('acknowledge'))).toEqual(new Set(['acknowledged', 'given']));
    expect(new Set(clearUnder('explicit'))).toEqual(new Set(['given']));
  });
});
