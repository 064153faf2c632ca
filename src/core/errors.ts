/** What went wrong, as a public, stable string: `area/reason`. */
export type NoticeErrorCode = `${string}/${string}`;

/**
 * The one error class of the library. Misuse (wrong types) is `TypeError`;
 * what can happen in a meeting is an outcome, not an error.
 */
export class NoticeError extends Error {
  override readonly name = 'NoticeError';
  readonly code: NoticeErrorCode;
  /** Whether the same call may succeed later without a change by the caller. */
  readonly retryable: boolean;
  /** Where in the input, as an RFC 6901 JSON pointer; only for bad input. */
  readonly pointer: string | undefined;

  constructor(
    code: NoticeErrorCode,
    message: string,
    more: { retryable?: boolean; cause?: unknown; pointer?: string } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.retryable = more.retryable ?? false;
    this.pointer = more.pointer;
  }
}

/** Whether `value` is an error of this library; optionally one with this code. */
export function isNoticeError(value: unknown, code?: NoticeErrorCode): value is NoticeError {
  return value instanceof NoticeError && (code === undefined || value.code === code);
}

/** `policy/invalid`: `pointer` is where, `expected` what was expected there. */
export function policyInvalid(pointer: string, expected: string): NoticeError {
  return new NoticeError('policy/invalid', `policy${pointer || ' (whole)'}: ${expected}`, { pointer });
}

/** `scenario/invalid`, the same. */
export function scenarioInvalid(pointer: string, expected: string): NoticeError {
  return new NoticeError('scenario/invalid', `${pointer || '(whole scenario)'}: ${expected}`, { pointer });
}

/** `document/invalid`, the same. */
export function documentInvalid(pointer: string, expected: string): NoticeError {
  return new NoticeError('document/invalid', `document${pointer || ' (whole)'}: ${expected}`, { pointer });
}

/** `transcript/invalid`, the same: of a transcript that is read. */
export function transcriptInvalid(pointer: string, expected: string): NoticeError {
  return new NoticeError('transcript/invalid', `transcript${pointer || ' (whole)'}: ${expected}`, { pointer });
}

/** `transcript/no-reader`: a package that this needs is not installed. */
export function transcriptNoReader(name: string, cause: unknown): NoticeError {
  return new NoticeError(
    'transcript/no-reader',
    `Reading this needs the package ${name}: run \`npm install ${name}\`.`,
    {
      cause,
    },
  );
}

/** `ledger/unreadable`: `n` is the record's number, `pointer` where in it, `expected` what was expected there. */
export function recordUnreadable(n: unknown, pointer: string, expected: string): NoticeError {
  return new NoticeError('ledger/unreadable', `ledger record ${String(n)}${pointer && ` at ${pointer}`}: ${expected}`, {
    pointer,
  });
}

/** `transport/closed`. */
export function transportClosed(cause?: unknown): NoticeError {
  return new NoticeError('transport/closed', 'The transport is closed; join again with a new one.', {
    retryable: true,
    cause,
  });
}

/** `transport/unsupported`: there is no such carrier here. */
export function transportUnsupported(what: string): NoticeError {
  return new NoticeError('transport/unsupported', `There is no ${what} here; hand one in, or use another transport.`);
}

/** `capture/failed`: the recorder rejected a call. */
export function captureFailed(call: string, cause: unknown): NoticeError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new NoticeError('capture/failed', `The recorder failed to ${call}: ${why}`, { retryable: true, cause });
}

/** `capture/timed-out`: a call did not end within `timeoutMs` milliseconds. */
export function captureTimedOut(call: string, timeoutMs: number): NoticeError {
  return new NoticeError('capture/timed-out', `The recorder did not finish ${call} within ${timeoutMs} ms.`, {
    retryable: true,
  });
}

/** `capture/fenced`: a later authority has taken over. */
export function captureFenced(call: string): NoticeError {
  return new NoticeError('capture/fenced', `The recorder refuses to ${call}: a later authority has taken over.`);
}

/** `session/aborted`: the caller’s own signal. */
export function aborted(cause?: unknown): NoticeError {
  return new NoticeError('session/aborted', 'The caller aborted this.', { cause });
}

/** `capture/unsupported`. */
export function captureUnsupported(message: string): NoticeError {
  return new NoticeError('capture/unsupported', message);
}
