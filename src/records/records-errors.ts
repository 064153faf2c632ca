import { NoticeError } from '../core/errors.ts';

/** `vault/destroyed`: the key of this recording, or of this copy of it, is destroyed. */
export function vaultDestroyed(recordingId: string): NoticeError {
  return new NoticeError(
    'vault/destroyed',
    `What was kept of the recording ${recordingId} is erased: its key is destroyed, so that no copy opens and none is made.`,
  );
}

/** `vault/key-missing`: there is a text, and no key of it. */
export function vaultKeyMissing(recordingId: string, kind: string): NoticeError {
  return new NoticeError(
    'vault/key-missing',
    `The ${kind} of the recording ${recordingId} has no key in this key store; use the one that it was sealed with.`,
  );
}

/** `vault/wrong-key`: the key is another than the text was sealed with. */
export function vaultWrongKey(recordingId: string, kind: string): NoticeError {
  return new NoticeError(
    'vault/wrong-key',
    `The ${kind} of the recording ${recordingId} was sealed with another key than this key store has; use the one that it was sealed with.`,
  );
}

/** `vault/corrupt`: the text is not what was sealed. */
export function vaultCorrupt(recordingId: string, kind: string, cause?: unknown): NoticeError {
  return new NoticeError(
    'vault/corrupt',
    `The ${kind} of the recording ${recordingId} is damaged, or is another's; restore it from a backup of the text.`,
    { cause },
  );
}

/** `vault/store-failed`: a store of the vault rejected a call. */
export function vaultStoreFailed(call: string, cause: unknown): NoticeError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new NoticeError('vault/store-failed', `A store of the vault failed to ${call}: ${why}`, {
    retryable: true,
    cause,
  });
}

/** `records/meeting-open`: somebody else writes to this meeting's ledger, or may. */
export function meetingOpen(meetingId: string): NoticeError {
  return new NoticeError(
    'records/meeting-open',
    `The ledger of the meeting ${meetingId} was not closed: who decides for it may be writing still. Ask in the meeting, hand in its pen (writerOf), say that it is over (isOver), or wait for a day.`,
    { retryable: true },
  );
}

/** `recording/unknown`: the ledger of this meeting has no such recording. */
export function recordingUnknown(recordingId: string): NoticeError {
  return new NoticeError('recording/unknown', `The ledger of this meeting has no recording ${recordingId}.`);
}

/** `recording/local`: it is on the host's own device. */
export function recordingLocal(recordingId: string): NoticeError {
  return new NoticeError(
    'recording/local',
    `The recording ${recordingId} is on its host's own device, where nothing of this reaches it; ask the host.`,
  );
}

/** `retention/still-recording`: nothing of it is erased while it runs. */
export function stillRecording(recordingId: string): NoticeError {
  return new NoticeError('retention/still-recording', `The recording ${recordingId} runs; stop it first.`, {
    retryable: true,
  });
}

/** `retention/held`: a legal hold stands. */
export function erasureHeld(recordingId: string, by: string): NoticeError {
  return new NoticeError(
    'retention/held',
    `The recording ${recordingId} is under a legal hold by ${by}: nothing of it is erased until that is lifted.`,
    { retryable: true },
  );
}

/** `retention/storage-failed`: the storage of recordings rejected a call. */
export function storageFailed(call: string, recordingId: string, cause: unknown): NoticeError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new NoticeError('retention/storage-failed', `The storage failed to ${call} ${recordingId}: ${why}`, {
    retryable: true,
    cause,
  });
}

/** `retention/timed-out`: the storage did not answer within `timeoutMs` milliseconds. */
export function storageTimedOut(call: string, recordingId: string, timeoutMs: number): NoticeError {
  return new NoticeError(
    'retention/timed-out',
    `The storage did not ${call} ${recordingId} within ${timeoutMs} ms; it is asked again.`,
    { retryable: true },
  );
}

/** `retention/no-storage`: nobody has said where the media are. */
export function noStorage(recordingId: string): NoticeError {
  return new NoticeError(
    'retention/no-storage',
    `Nobody here reaches the media of ${recordingId}: give createMeetingRecords a storage, or an adapter that has one.`,
  );
}

/** `retention/erased`: there is nothing left to hold. */
export function alreadyErased(recordingId: string): NoticeError {
  return new NoticeError('retention/erased', `The recording ${recordingId} is erased: there is nothing left to hold.`);
}

/** `retention/not-held`: this party has set no legal hold. */
export function notHeld(recordingId: string, by: string): NoticeError {
  return new NoticeError('retention/not-held', `The recording ${recordingId} is under no legal hold by ${by}.`);
}

/** `retention/restricted`: somebody in it has it held by their right to restriction. */
export function erasureRestricted(recordingId: string, by: string): NoticeError {
  return new NoticeError(
    'retention/restricted',
    `The recording ${recordingId} is held by the right of ${by} to restriction (GDPR Art. 18); end that first, once they were told.`,
    { retryable: true },
  );
}
