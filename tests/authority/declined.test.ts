import { expect, test } from 'vitest';
import { Declined } from '../../src/authority/declined.ts';
import type { Consent } from '../../src/consent/consent.types.ts';
import type { Roster } from '../../src/consent/roster.ts';

/** Where everybody stands, as a roster says it. */
const standing = (consents: Readonly<Record<string, Consent>>) =>
  ({ ids: () => Object.keys(consents), consentOf: (id: string) => consents[id] }) as unknown as Roster;

test('[G5] who has refused or withdrawn a purpose that has ended has declined it still, until they agree', () => {
  const declined = new Declined();
  expect([declined.has('captions', 'bo'), declined.state]).toEqual([false, []]);
  declined.keep('captions', standing({ bo: 'refused', cy: 'withdrawn', dee: 'given', eve: 'requested' }));
  const who = () => ['bo', 'cy', 'dee', 'eve'].filter((id) => declined.has('captions', id));
  expect([who(), declined.has('summary', 'bo')]).toEqual([['bo', 'cy'], false]);
  declined.keep('captions', undefined);
  declined.keep('captions', standing({ bo: 'given' }));
  expect([who(), declined.state]).toEqual([['cy'], [['captions', ['cy']]]]);
  declined.keep('captions', standing({ cy: 'given' }));
  expect(declined.state).toEqual([]);
});

test('[G5] a no that was on its way when the purpose ended is one, and of a purpose that never was there is none', () => {
  const declined = new Declined();
  declined.keep('captions', standing({ bo: 'given' }));
  declined.add('captions', 'bo');
  declined.add('summary', 'bo');
  expect(declined.state).toEqual([['captions', ['bo']]]);
});

test('[G8] what was declined is taken over as it was', () => {
  const next = new Declined();
  next.take([['captions', ['bo']]]);
  expect([next.has('captions', 'bo'), next.has('captions', 'cy'), next.state]).toEqual([
    true,
    false,
    [['captions', ['bo']]],
  ]);
});
