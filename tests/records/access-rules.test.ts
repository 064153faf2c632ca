import { expect, test } from 'vitest';
import { grantFor, unusableBecause } from '../../src/records/access.rules.ts';
import type { AccessGrant } from '../../src/records/access.types.ts';
import type { KeptRecording, KeptState } from '../../src/records/kept.types.ts';

const grant = (grantId: string, more: Partial<AccessGrant> = {}): AccessGrant => ({
  grantId,
  meetingId: 'weekly',
  recordingId: 'r',
  to: 'support',
  by: 'admin',
  reason: 'ticket 7',
  since: '2026-01-31T09:00:00.000Z',
  until: '2026-01-31T10:00:00.000Z',
  ...more,
});
const chosen = (grants: readonly AccessGrant[], { at = '09:30', isHeld = false } = {}) =>
  grantFor(grants, { recordingId: 'r', to: 'support', nowMs: Date.parse(`2026-01-31T${at}:00.000Z`), isHeld })?.grantId;

test('[G7] nobody is let in by what was opened of another recording, or to another party', () => {
  expect(chosen([grant('a', { recordingId: 'another' }), grant('b', { to: 'another' })])).toBeUndefined();
});

test('[G7] the last that is open lets in; where none is, the last tells why', () => {
  expect([
    chosen([grant('x'), grant('a'), grant('b'), grant('c', { ended: true })]),
    chosen([grant('a', { ended: true }), grant('b', { ended: true })]),
    chosen([grant('a'), grant('b')], { at: '10:00' }),
  ]).toEqual(['b', 'b', 'b']);
});

test('[G7] under a legal hold, what was opened for it lets in before what was not', () => {
  const grants = [grant('ended', { forHold: true, ended: true }), grant('a', { forHold: true }), grant('b')];
  expect([chosen(grants, { isHeld: true }), chosen(grants)]).toEqual(['a', 'b']);
});

test.each([
  ['asked', 'access/still-recording'],
  ['running', 'access/still-recording'],
  ['isolated', 'access/isolated'],
  ['erasing', 'access/erased'],
  ['erased', 'access/erased'],
  ['anonymised', 'access/erased'],
  ['kept', undefined],
] as const satisfies readonly (readonly [KeptState, string | undefined])[])(
  '[G7] a recording that is %s: %s',
  (state, because) => {
    const recording = { holds: [], people: new Set(), shares: new Map() } as unknown as KeptRecording;
    expect(unusableBecause(recording, { state, restricted: new Set(), forHold: false })).toBe(because);
  },
);
