import * as v from 'valibot';
import { takenNames } from '../core/misuse.ts';

/** Schemas of the words and states that messages carry. Lengths are bounded: a message is small (PROTOCOL). */
const text = (least: number, most: number) =>
  v.custom<string>((value) => typeof value === 'string' && value.length >= least && value.length <= most);
export const id = text(1, 128);
export const longText = text(0, 500);
export const anyText = text(0, Number.POSITIVE_INFINITY);
export const count = v.custom<number>((value) => Number.isSafeInteger(value) && (value as number) >= 0);
export const epoch = v.object({ number: count, id, incarnation: id });
export const ledgerHead = v.object({ n: count, hash: id });
export const storage = v.picklist(['cloud', 'local']);
export const channel = v.picklist(['app', 'phone', 'room-system', 'bot']);
export const device = v.picklist(['microphone', 'camera', 'screen', 'chat']);
export const admission = v.picklist(['waiting', 'admitted', 'denied']);
export const status = v.picklist(['off', 'asking', 'on', 'paused', 'unknown']);
const consentAsked = v.picklist(['notice', 'acknowledge', 'explicit']);
export const consent = v.picklist([
  'requested',
  'shown',
  'given',
  'acknowledged',
  'refused',
  'withdrawn',
  'expired',
  'cannot-be-asked',
]);
export const requester = v.object({ participantId: id, name: v.exactOptional(longText) });

/** One of several shapes. */
export const anyOf = <const S extends readonly v.GenericSchema[]>(...schemas: S) =>
  v.custom<v.InferOutput<S[number]>>((value) => schemas.some((schema) => v.is(schema, value)));

const nothing = v.custom<null>((value) => value === null);
export const requestedBy = anyOf(requester, v.picklist(['platform', 'unknown']));
export const because = v.picklist([
  'clear',
  'announced',
  'other-side',
  'platform',
  'unanswered',
  'refused',
  'withdrawn',
  'expired',
  'late',
  'cannot-be-asked',
  'absent',
  'left',
  'not-admitted',
  'paused',
  'ended',
]);

const isPurpose = (value: unknown) => v.is(id, value) && !takenNames.includes(value);
export const purpose = v.custom<string>(isPurpose);

/** A value for each of some purposes. */
const byPurpose = <S extends v.GenericSchema>(schema: S) =>
  v.custom<Readonly<Record<string, v.InferOutput<S>>>>(
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      Object.entries(value).every(([key, each]) => isPurpose(key) && v.is(schema, each)),
  );

const purposePolicy = v.object({
  consent: consentAsked,
  start: v.picklist(['when-everyone-answered', 'at-once']),
  untilAnswered: v.picklist(['exclude', 'hold']),
  onLateJoin: v.picklist(['exclude', 'hold', 'lobby', 'pause']),
  onRefusal: v.picklist(['exclude', 'hold', 'leave', 'veto']),
  onCannotBeAsked: v.picklist(['announce', 'exclude', 'block']),
  timeoutMs: anyOf(count, nothing),
  onTimeout: v.picklist(['refused', 'remind']),
  remindEveryMs: count,
  graceMs: count,
  holds: v.array(device),
  storage: v.array(storage),
  captureTimeoutMs: count,
  /** Of a transcript's. */
  readers: v.exactOptional(v.picklist(['hosts', 'everyone'])),
  /** Of an open purpose's. */
  follows: v.exactOptional(purpose),
});

export const policy = v.object({
  regions: v.picklist(['declared', 'required', 'ignore']),
  recording: purposePolicy,
  transcription: purposePolicy,
  attention: v.object({
    allowed: v.boolean(),
    enabled: v.boolean(),
    enabledBy: v.array(v.picklist(['host', 'admin'])),
    armedBy: v.picklist(['host', 'anyone']),
    thresholdMs: count,
    consent: consentAsked,
  }),
  purposes: byPurpose(purposePolicy),
  retention: v.object({ recordingDays: count, then: v.picklist(['delete', 'anonymise', 'isolate']) }),
  locked: v.array(id),
});

export const recordingOutcome = v.picklist([
  'stopped',
  'refused',
  'vetoed',
  'expired',
  'cancelled',
  'nobody-to-capture',
  'failed',
]);

export const recordingState = v.object({
  recordingId: id,
  purposes: v.array(purpose),
  status,
  statuses: v.exactOptional(byPurpose(status)),
  storage: v.exactOptional(storage),
  by: requestedBy,
  reason: v.exactOptional(longText),
  only: v.exactOptional(v.array(id)),
  started: v.boolean(),
  withoutWaiting: v.exactOptional(v.object({ by: id, reason: longText })),
  seen: v.exactOptional(v.literal(true)),
  controlled: v.exactOptional(v.literal(true)),
  lastBy: v.exactOptional(requestedBy),
  ended: v.exactOptional(
    v.object({
      outcome: recordingOutcome,
      code: v.exactOptional(id),
      retryable: v.exactOptional(v.boolean()),
      confirmed: v.exactOptional(v.boolean()),
    }),
  ),
  endsBy: v.picklist(['lease', 'client', 'platform']),
});

export const meetingState = v.object({
  recordings: v.array(recordingState),
  policy,
  succession: v.array(id),
  attention: v.object({
    enabled: v.boolean(),
    active: v.boolean(),
    enabling: v.exactOptional(id),
    share: v.exactOptional(id),
    by: v.exactOptional(requester),
  }),
  kept: v.exactOptional(v.literal(true)),
  // Checked by what is loaded where there is a transcript (transcript-messages.parse.ts).
  transcripts: v.exactOptional(v.custom<unknown[]>(Array.isArray)),
  erasures: v.exactOptional(
    v.array(
      v.object({ recordingId: id, status: v.picklist(['erasing', 'failing', 'erased']), code: v.exactOptional(id) }),
    ),
  ),
  bots: v.exactOptional(v.array(v.object({ participantId: id, name: v.exactOptional(longText) }))),
  closed: v.exactOptional(v.literal(true)),
});

const notice = v.object({
  noticeId: id,
  recordingId: id,
  purposes: v.custom<string[]>((value) => Array.isArray(value) && value.length > 0 && value.every(isPurpose)),
  kind: v.picklist(['prompt', 'banner']),
  consent: consentAsked,
  refusal: v.picklist(['captured', 'excluded', 'held', 'leaves', 'vetoes', 'none']),
  running: v.boolean(),
  requestedBy,
  storage: v.exactOptional(storage),
  reason: v.exactOptional(longText),
  providers: v.exactOptional(byPurpose(longText)),
  side: v.exactOptional(v.picklist(['own', 'other'])),
  answerInMs: v.exactOptional(count),
  reminded: count,
});

const closedBecause = v.picklist([
  'answered',
  'refused',
  'expired',
  'capture-ended',
  'superseded',
  'withdrawn',
  'left',
]);

export const personalState = v.object({
  notices: v.array(notice),
  closed: v.array(v.object({ noticeId: id, because: closedBecause })),
  consents: v.array(v.object({ recordingId: id, purpose, consent, revision: count })),
  captured: v.array(v.object({ recordingId: id, purpose: v.exactOptional(purpose), captured: v.boolean(), because })),
  hold: anyOf(
    nothing,
    v.object({
      recordingId: id,
      devices: v.array(device),
      because: v.picklist(['unanswered', 'late', 'refused', 'withdrawing', 'cannot-be-asked']),
      endsInMs: v.exactOptional(count),
    }),
  ),
  admission: v.object({ admission, because: id, recordingId: v.exactOptional(id) }),
  leave: v.exactOptional(
    v.object({ because: v.picklist(['refused', 'withdrawn', 'expired', 'denied']), recordingId: id, leaveInMs: count }),
  ),
});
