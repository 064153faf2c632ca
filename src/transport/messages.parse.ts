import * as v from 'valibot';
import type { Message } from './messages.types.ts';
import {
  answers,
  channel,
  count,
  epoch,
  id,
  longText,
  meetingState,
  personalState,
  rosterRow,
  seenCapture,
  storage,
} from './state.parse.ts';

/** The largest message, in bytes as it is sent and in UTF-16 units as it is taken; a longer body travels in chunks. */
export const messageLimit = 4096;
/** The largest body that chunks carry, in UTF-16 units. */
export const bodyLimit = 2 ** 20;
/** More chunks than a body of that size has. */
const chunksAtMost = 1100;

const command = v.variant('do', [
  v.object({
    do: v.literal('requestRecording'),
    storage,
    transcript: v.exactOptional(v.boolean()),
    reason: v.exactOptional(longText),
  }),
  v.object({
    do: v.picklist(['pauseRecording', 'resumeRecording', 'stopRecording']),
    recordingId: v.exactOptional(id),
  }),
  v.object({ do: v.literal('startWithoutWaiting'), reason: longText }),
  v.object({ do: v.literal('remind'), participantIds: v.exactOptional(v.array(id)) }),
  v.object({ do: v.picklist(['requestTranscript', 'stopTranscript']) }),
  v.object({ do: v.literal('declareRegion'), region: id }),
  v.object({ do: v.literal('admit'), participantIds: v.array(id) }),
  v.object({ do: v.literal('handOver'), to: id }),
  v.object({ do: v.literal('reviewConsent'), purpose: id }),
]);

const textShown = v.object({ version: id, locale: id, hash: id });

/** What an authority has made of an answer or a command. */
export const acknowledgedOutcome = v.variant('outcome', [
  v.object({ outcome: v.picklist(['done', 'accepted']), recordingId: v.exactOptional(id) }),
  v.object({ outcome: v.literal('recorded'), receiptId: id, revision: count }),
  v.object({ outcome: v.literal('moot'), because: id }),
  v.object({ outcome: v.picklist(['denied', 'failed']), code: id }),
]);

const messages = [
  v.object({
    t: v.literal('hello'),
    id,
    name: v.exactOptional(longText),
    region: v.exactOptional(id),
    channel: v.exactOptional(channel),
    devices: v.boolean(),
    recorder: v.exactOptional(v.literal(true)),
    highest: v.exactOptional(epoch),
  }),
  v.object({
    t: v.literal('answer'),
    id,
    noticeId: v.exactOptional(id),
    recordingId: id,
    revision: count,
    answers,
    shown: v.exactOptional(v.literal(true)),
    text: v.exactOptional(textShown),
  }),
  v.object({ t: v.literal('alive'), epoch, seq: count }),
  v.object({ t: v.literal('there?'), epoch }),
  v.object({ t: v.literal('again'), epoch, stream: v.picklist(['meeting', 'hosts']) }),
  v.object({ t: v.literal('got'), epoch, n: count, held: v.exactOptional(id) }),
  v.object({ t: v.literal('shown'), id, noticeId: id, text: v.exactOptional(textShown) }),
  v.object({ t: v.literal('command'), id, epoch, command }),
  v.object({ t: v.literal('seen'), captures: v.array(seenCapture) }),
  v.object({ t: v.literal('ended'), recordingId: id }),
  v.object({ t: v.literal('highest'), epoch: v.nullable(epoch), re: v.exactOptional(id) }),
  v.object({
    t: v.literal('beacon'),
    epoch,
    seq: count,
    hostSeq: v.exactOptional(count),
    aliveMs: count,
    after: v.exactOptional(epoch),
  }),
  v.object({
    t: v.literal('meeting'),
    epoch,
    seq: count,
    meeting: meetingState,
    aliveMs: count,
    after: v.exactOptional(epoch),
  }),
  v.object({ t: v.literal('personal'), epoch, seq: count, n: count, personal: personalState, re: v.exactOptional(id) }),
  v.object({ t: v.literal('ack'), epoch, id, outcome: acknowledgedOutcome }),
  v.object({
    t: v.literal('roster'),
    epoch,
    seq: count,
    part: count,
    parts: count,
    whole: v.boolean(),
    rows: v.array(rosterRow),
    removed: v.array(id),
  }),
  v.object({ t: v.literal('hand-over'), epoch, text: v.string() }),
  v.object({
    t: v.literal('chunk'),
    id,
    part: count,
    parts: v.pipe(count, v.maxValue(chunksAtMost)),
    text: v.string(),
  }),
] as const;

const schemas = new Map<unknown, (typeof messages)[number]>(
  messages.map((schema) => [schema.entries.t.literal, schema]),
);

export type ParsedMessage =
  | { readonly message: Message; readonly code?: never }
  | { readonly message?: never; readonly code: `protocol/${string}` };

/** What `data` says, checked before it is believed; otherwise the code of what is wrong with it. Never throws. */
export function parseMessage(data: unknown): ParsedMessage {
  return parse(data, messageLimit);
}

/** The same of a body that has come in chunks, which is no chunk again. */
export function parseBody(data: string): ParsedMessage {
  const parsed = parse(data, bodyLimit);
  return parsed.message?.t === 'chunk' ? { code: 'protocol/not-a-message' } : parsed;
}

function parse(data: unknown, limit: number): ParsedMessage {
  if (typeof data !== 'string') return { code: 'protocol/not-text' };
  if (data.length > limit) return { code: 'protocol/too-long' };
  let body: unknown;
  try {
    body = JSON.parse(data);
  } catch {
    return { code: 'protocol/not-json' };
  }
  if (typeof body !== 'object' || body === null) return { code: 'protocol/not-a-message' };
  const { v: version, t } = body as { v?: unknown; t?: unknown };
  if (version !== 1) return { code: 'protocol/unknown-version' };
  const schema = schemas.get(t);
  const parsed = schema && v.safeParse(schema, body, { abortEarly: true });
  return parsed?.success ? { message: parsed.output as Message } : { code: 'protocol/not-a-message' };
}

/** The text that travels. */
export function messageText(body: Message): string {
  return JSON.stringify({ v: 1, ...body });
}
