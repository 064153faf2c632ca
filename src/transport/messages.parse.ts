import * as v from 'valibot';
import type { Message } from './messages.types.ts';
import {
  anyOf,
  anyText,
  channel,
  count,
  epoch,
  id,
  ledgerHead,
  longText,
  meetingState,
  personalState,
} from './state.parse.ts';

/** The largest message, in bytes as it is sent and in UTF-16 units as it is taken; a longer body travels in chunks. */
export const messageLimit = 4096;
/** The largest body that chunks carry, in UTF-16 units. */
export const bodyLimit = 2 ** 20;

/** What an authority has made of an answer or a command. */
export const acknowledgedOutcome = anyOf(
  // What came of a right is checked by what is loaded to exercise one (right-messages.parse.ts).
  v.object({ outcome: v.picklist(['done', 'accepted', 'exercised']), recordingId: v.exactOptional(id) }),
  v.object({ outcome: v.literal('recorded'), receiptId: id, revision: count }),
  v.object({ outcome: v.literal('moot'), because: id }),
  v.object({ outcome: v.picklist(['denied', 'failed', 'pending']), code: id }),
);

const messages = [
  v.object({
    t: v.literal('hello'),
    id,
    name: v.exactOptional(longText),
    region: v.exactOptional(id),
    channel: v.exactOptional(channel),
    devices: v.boolean(),
    recorder: v.exactOptional(v.literal(true)),
    focus: v.exactOptional(v.literal(true)),
    sharing: v.exactOptional(v.literal(true)),
    highest: v.exactOptional(epoch),
  }),
  v.object({
    t: v.literal('beacon'),
    epoch,
    seq: count,
    hostSeq: v.exactOptional(count),
    aliveMs: count,
    ledger: v.exactOptional(ledgerHead),
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
  v.object({ t: v.literal('attention?'), epoch, got: v.exactOptional(count) }),
  v.object({ t: v.literal('chunk'), id, part: count, parts: count, text: anyText }),
] as const;

/** What messages may say, by their kind. */
export type MessageSchemas = ReadonlyMap<unknown, v.GenericSchema>;

export const schemasOf = (
  list: readonly (v.GenericSchema & { entries: { t: { literal: string } } })[],
): MessageSchemas => new Map(list.map((schema) => [schema.entries.t.literal, schema]));

/** What is for everyone's client; a host's reads more. */
export const forEveryone = schemasOf(messages);

export type ParsedMessage =
  | { readonly message: Message; readonly code?: never }
  | { readonly message?: never; readonly code: `protocol/${string}` };

/** The last text that was read, by which schemas, and what it says. */
let last: readonly [data?: unknown, schemas?: MessageSchemas, parsed?: ParsedMessage] = [];

/**
 * What `data` says, checked before it is believed; otherwise the code of what is wrong with it. Never throws. What several
 * clients of one process are told in a row is read once: they share it, and nobody changes it.
 */
export function parseMessage(data: unknown, schemas: MessageSchemas): ParsedMessage {
  const [text, by, said] = last;
  if (said && text === data && by === schemas) return said;
  const parsed = parse(data, messageLimit, schemas);
  last = [data, schemas, parsed];
  return parsed;
}

/** The same of a body that has come in chunks, which is no chunk again. */
export function parseBody(data: string, schemas: MessageSchemas): ParsedMessage {
  const parsed = parse(data, bodyLimit, schemas);
  return parsed.message?.t === 'chunk' ? { code: 'protocol/not-a-message' } : parsed;
}

function parse(data: unknown, limit: number, schemas: MessageSchemas): ParsedMessage {
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
