import { NoticeError } from '../core/errors.ts';

/** `ledger/store-failed`: what waits is kept and tried again. */
export function ledgerStoreFailed(what: string, cause?: unknown): NoticeError {
  const why = cause === undefined ? '' : `: ${cause instanceof Error ? cause.message : String(cause)}`;
  return new NoticeError('ledger/store-failed', `The ledger's store failed to ${what}${why}.`, {
    retryable: true,
    cause,
  });
}

/** `ledger/corrupt`: something else than this library has written there. */
export function ledgerCorrupt(meetingId: string, line: number): NoticeError {
  return new NoticeError(
    'ledger/corrupt',
    `Line ${line} of the ledger of ${JSON.stringify(meetingId)} is no record. Keep the file, run "meeting-notice verify" on it, and open with another store and \`continues\`.`,
  );
}

/** `ledger/key-failed`: nothing can be signed. */
export function ledgerKeyFailed(cause: unknown): NoticeError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new NoticeError('ledger/key-failed', `The ledger cannot sign with its keys: ${why}`, {
    retryable: true,
    cause,
  });
}

/** `ledger/no-library`: a package that a ledger needs is not installed. */
export function ledgerNoLibrary(cause: unknown): NoticeError {
  const says = 'A ledger needs the packages jose and canonicalize: run `npm install jose canonicalize`.';
  return new NoticeError('ledger/no-library', says, { cause });
}

/** `ledger/no-library`: the package that a ledger in a browser needs beside those is not installed. */
export function ledgerNoDatabase(cause: unknown): NoticeError {
  return new NoticeError('ledger/no-library', 'A ledger in IndexedDB needs the package idb: run `npm install idb`.', {
    cause,
  });
}

/** `ledger/closed`: a writer that has ended, or that another has followed. */
export function ledgerClosed(meetingId: string): NoticeError {
  return new NoticeError('ledger/closed', `This writer of ${JSON.stringify(meetingId)} has ended; open another.`);
}

/** `ledger/abandoned`: a writer was told to stop before all was kept. */
export function ledgerAbandoned(meetingId: string, count: number): NoticeError {
  const says = `This writer of ${JSON.stringify(meetingId)} was told to stop before ${count} of its records were kept; open another, and append what they said.`;
  return new NoticeError('ledger/abandoned', says);
}

/** `ledger/fact-invalid`: it is not kept. */
export function ledgerFactInvalid(fact: string, cause: unknown): NoticeError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new NoticeError('ledger/fact-invalid', `The fact ${JSON.stringify(fact)} is not kept: ${why}`, { cause });
}
