import * as v from 'valibot';
import type { Epoch } from '../participants/participants.types.ts';
import type { RecordingContext, RecordingRequest } from '../recording/recording.types.ts';
import type { HandedClearance } from '../transcript/clearance.ts';
import { acknowledgedOutcome } from '../transport/messages.parse.ts';
import {
  admission,
  count,
  id,
  ledgerHead,
  longText,
  policy,
  purpose,
  recordingOutcome,
  recordingState,
  requestedBy,
  requester,
  status,
  storage,
} from '../transport/state.parse.ts';
import { keptSegments, transcriptStatus } from '../transport/transcript-messages.parse.ts';
import type { Inheritance } from './authority.types.ts';
import type {
  Enabling,
  HandedOver,
  HandedOverLive,
  HandedOverOwn,
  HandedTranscript,
  HandedTranscripts,
} from './hand-over.types.ts';
import type { LedgerKnown, PersonKnown, RecordingKnown } from './ledger-facts.ts';
import type { LiveRecordingState, PurposeAsked } from './live-recording.types.ts';

const ids = v.array(id);
const byPerson = v.array(v.tuple([id, v.pipe(v.number(), v.safeInteger())]));

/** A schema for each field there is: what has none would be lost on the way. */
type Fields<T> = { readonly [K in keyof T]-?: v.GenericSchema };

const request = v.object({
  recordingId: id,
  storage: v.optional(storage),
  by: requestedBy,
  captureTimeoutMs: count,
  holdWaitMs: count,
  leaseMs: count,
  stopAgainMs: count,
  isReachable: v.boolean(),
  canExclude: v.boolean(),
  hasLease: v.boolean(),
} satisfies Fields<RecordingRequest>);

const captured = v.object({
  recordingId: id,
  purpose: v.exactOptional(purpose),
} satisfies Fields<PersonKnown['captured'][number]>);

const known = v.object({
  head: v.exactOptional(ledgerHead),
  recordings: v.array(
    v.object({
      recordingId: id,
      purposes: v.array(purpose),
      status,
      started: v.boolean(),
      withoutWaiting: v.exactOptional(v.object({ by: id, reason: longText })),
    } satisfies Fields<RecordingKnown>),
  ),
  transcripts: v.array(v.tuple([id, transcriptStatus])),
  people: v.array(
    v.tuple([
      v.object({
        asked: v.record(id, id),
        unanswered: v.array(longText),
        captured: v.array(captured),
      } satisfies Fields<PersonKnown>),
      ids,
    ]),
  ),
  said: v.array(longText),
  unkept: v.exactOptional(v.array(v.looseObject({ fact: v.string() }))),
} satisfies Fields<LedgerKnown>);

const age = { ageMs: v.exactOptional(count), lagMs: count };
const instants = v.array(v.pipe(v.number(), v.finite()));

const transcripts = v.object({
  transcripts: v.array(
    v.object({
      transcriptId: id,
      recordingId: id,
      state: v.union([transcriptStatus, v.picklist(['askingWhileOn', 'askingWhilePaused', 'settled'])]),
      head: count,
      ...age,
      clearance: v.object({
        latestMs: v.number(),
        run: instants,
        everyone: instants,
        speakers: v.array(v.tuple([id, instants])),
      } satisfies Fields<HandedClearance>),
      segments: keptSegments,
    } satisfies Fields<HandedTranscript>),
  ),
  count,
  living: v.exactOptional(v.object(age satisfies Fields<NonNullable<HandedTranscripts['living']>>)),
  toGo: v.array(v.tuple([id, ids])),
  ended: v.array(v.object({ recordingId: id, storage: v.exactOptional(storage) })),
} satisfies Fields<HandedTranscripts>);

const asked = v.object({
  by: requestedBy,
  provider: v.exactOptional(longText),
  reason: v.exactOptional(longText),
} satisfies Fields<PurposeAsked>);

const live = {
  recordingId: id,
  groups: v.array(v.array(purpose)),
  storage: v.exactOptional(storage),
  by: requestedBy,
  reason: v.exactOptional(longText),
  seen: v.boolean(),
  controlled: v.exactOptional(v.boolean()),
  asked: v.exactOptional(v.array(v.tuple([purpose, asked]))),
  only: v.exactOptional(ids),
} satisfies Fields<Omit<LiveRecordingState, 'purposes'>>;

const people = {
  rosters: v.array(v.tuple([purpose, byPerson])),
  deadlinesInMs: byPerson,
  dueInMs: v.exactOptional(v.number()),
  giveUpInMs: v.exactOptional(v.number()),
  remindInMs: v.exactOptional(v.number()),
  reminded: byPerson,
  joinedMeanwhile: ids,
  reviewing: ids,
  bannered: ids,
  announcedTo: ids,
  refusals: v.array(v.tuple([id, ids])),
  purposesOn: v.array(purpose),
  declined: v.array(v.tuple([purpose, ids])),
  pausedByHost: v.boolean(),
  expired: count,
  lastBy: v.exactOptional(requestedBy),
  withoutWaiting: v.exactOptional(v.object({ by: id, reason: longText })),
} satisfies Fields<Omit<HandedOverLive, 'live'>>;

const own = v.object({
  live: v.object({ ...live, purposes: v.pipe(v.array(purpose), v.includes('recording')) }),
  ...people,
  request,
  state: v.picklist(['asking', 'on', 'paused']),
  context: v.object({
    request: v.nullable(request),
    outcome: v.nullable(recordingOutcome),
    code: v.nullable(v.string()),
    started: v.boolean(),
    inherited: v.boolean(),
  } satisfies Fields<RecordingContext>),
  included: ids,
} satisfies Fields<HandedOverOwn>);

/** A recording has its recorder: without one it is none of these. */
const withoutRecording = v.object({
  live: v.object({ ...live, purposes: v.pipe(v.array(purpose), v.minLength(1), v.excludes('recording')) }),
  ...people,
} satisfies Fields<HandedOverLive>);

const handedOver = v.object({
  policy,
  regions: ids,
  noticeVersion: v.string(),
  speaking: ids,
  absent: ids,
  outside: v.array(v.tuple([id, admission])),
  outcomes: v.array(v.tuple([v.string(), acknowledgedOutcome])),
  attention: v.exactOptional(v.object({ id, by: v.exactOptional(requester) } satisfies Fields<Enabling>)),
  ledger: v.exactOptional(known),
  transcripts: v.exactOptional(transcripts),
  own: v.exactOptional(own),
  purposes: v.exactOptional(v.array(withoutRecording)),
  ended: v.array(recordingState),
} satisfies Fields<HandedOver>);

/** What an authority has handed over; `undefined` for what makes no sense, which is not taken over. Never throws. */
export function parseHandedOver(text: string): HandedOver | undefined {
  try {
    const parsed = v.safeParse(handedOver, JSON.parse(text), { abortEarly: true });
    return parsed.success ? (parsed.output as unknown as HandedOver) : undefined;
  } catch {
    return undefined;
  }
}

/** What the next to decide begins with, of what was handed over as it came; `undefined` where it makes no sense. */
export function inheritedFrom({
  text,
  from,
}: {
  readonly text: string;
  readonly from: Epoch;
}): Inheritance | undefined {
  const state = parseHandedOver(text);
  return state && { how: 'hand-over', state, from };
}
