import { expect, test } from 'vitest';
import type { NoticeError } from '../../src/core/errors.ts';
import * as errors from '../../src/records/records-errors.ts';

const cause = new Error('503');
const id = 'a1b2c3d4e5f60718';

const table: Readonly<
  Record<keyof typeof errors, readonly [NoticeError, code: string, retryable: boolean, cause?: Error]>
> = {
  vaultDestroyed: [errors.vaultDestroyed(id), 'vault/destroyed', false],
  vaultKeyMissing: [errors.vaultKeyMissing(id, 'notes'), 'vault/key-missing', false],
  vaultWrongKey: [errors.vaultWrongKey(id, 'notes'), 'vault/wrong-key', false],
  vaultCorrupt: [errors.vaultCorrupt(id, 'notes', cause), 'vault/corrupt', false, cause],
  vaultStoreFailed: [errors.vaultStoreFailed(`keep a text of ${id}`, cause), 'vault/store-failed', true, cause],
  meetingOpen: [errors.meetingOpen(id), 'records/meeting-open', true],
  recordingUnknown: [errors.recordingUnknown(id), 'recording/unknown', false],
  recordingLocal: [errors.recordingLocal(id), 'recording/local', false],
  stillRecording: [errors.stillRecording(id), 'retention/still-recording', true],
  erasureHeld: [errors.erasureHeld(id, 'court'), 'retention/held', true],
  erasureRestricted: [errors.erasureRestricted(id, 'bo'), 'retention/restricted', true],
  storageFailed: [errors.storageFailed('erase', id, cause), 'retention/storage-failed', true, cause],
  storageTimedOut: [errors.storageTimedOut('erase', id, 60_000), 'retention/timed-out', true],
  noStorage: [errors.noStorage(id), 'retention/no-storage', false],
  alreadyErased: [errors.alreadyErased(id), 'retention/erased', false],
  notHeld: [errors.notHeld(id, 'court'), 'retention/not-held', false],
};

test.each(Object.entries(table))(
  '%s says which, what, and whether to try again',
  (_, [error, code, retryable, why]) => {
    expect([error.code, error.retryable, error.cause]).toEqual([code, retryable, why]);
    expect(error.message).toContain(id);
  },
);

test('no code stands for two things', () => {
  expect(Object.keys(table).sort()).toEqual(Object.keys(errors).sort());
  const codes = Object.values(table).map(([, code]) => code);
  expect(new Set(codes).size).toBe(codes.length);
});
