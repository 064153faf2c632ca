import { expect, test } from 'vitest';
import * as errors from '../../src/records/ledger-errors.ts';
import {
  ledgerAbandoned,
  ledgerClosed,
  ledgerCorrupt,
  ledgerFactInvalid,
  ledgerKeyFailed,
  ledgerNoDatabase,
  ledgerNoLibrary,
  ledgerStoreFailed,
} from '../../src/records/ledger-errors.ts';

const cause = new Error('the disk is full');

const table = {
  ledgerStoreFailed: [
    ledgerStoreFailed('read it', cause),
    { code: 'ledger/store-failed', retryable: true, cause },
    "The ledger's store failed to read it: the disk is full.",
  ],
  ledgerCorrupt: [
    ledgerCorrupt('weekly', 7),
    { code: 'ledger/corrupt', retryable: false, cause: undefined },
    'Line 7 of the ledger of "weekly" is no record. Keep the file, run "meeting-notice verify" on it, and open with another store and `continues`.',
  ],
  ledgerKeyFailed: [
    ledgerKeyFailed(cause),
    { code: 'ledger/key-failed', retryable: true, cause },
    'The ledger cannot sign with its keys: the disk is full',
  ],
  ledgerNoLibrary: [
    ledgerNoLibrary(cause),
    { code: 'ledger/no-library', retryable: false, cause },
    'A ledger needs the packages jose and canonicalize: run `npm install jose canonicalize`.',
  ],
  ledgerNoDatabase: [
    ledgerNoDatabase(cause),
    { code: 'ledger/no-library', retryable: false, cause },
    'A ledger in IndexedDB needs the package idb: run `npm install idb`.',
  ],
  ledgerAbandoned: [
    ledgerAbandoned('weekly', 2),
    { code: 'ledger/abandoned', retryable: false, cause: undefined },
    'This writer of "weekly" was told to stop before 2 of its records were kept; open another, and append what they said.',
  ],
  ledgerClosed: [
    ledgerClosed('weekly'),
    { code: 'ledger/closed', retryable: false, cause: undefined },
    'This writer of "weekly" has ended; open another.',
  ],
  ledgerFactInvalid: [
    ledgerFactInvalid('captured', cause),
    { code: 'ledger/fact-invalid', retryable: false, cause },
    'The fact "captured" is not kept: the disk is full',
  ],
} as const;

test.each(Object.entries(table))('%s has its code, and says what and what to do', (_, [made, more, message]) => {
  const { code, retryable, cause: why } = made;
  expect({ code, retryable, cause: why, message: made.message }).toEqual({ ...more, message });
});

test('every error of a ledger is in this table', () => {
  expect(Object.keys(errors).sort()).toEqual(Object.keys(table).sort());
});
