import * as v from 'valibot';
import { type MessageSchemas, schemasOf } from './messages.parse.ts';
import { count, epoch, id, ledgerHead, longText } from './state.parse.ts';

/** A signature with what it is over: an answer's words are bounded, and so is this. */
const jws = v.pipe(v.string(), v.maxLength(8192));
export const publicKey = v.record(v.picklist(['kty', 'crv', 'x', 'y']), longText);

const record = v.object({
  v: v.literal(1),
  n: count,
  at: id,
  meetingId: longText,
  epoch,
  prev: longText,
  fact: v.looseObject({ fact: id }),
  hash: ledgerHead.entries.hash,
  jws,
});

/** A client's own signature of an answer of its person. */
export const signedMessage = v.object({
  t: v.literal('signed'),
  id,
  recordingId: id,
  jws: v.exactOptional(jws),
  key: v.exactOptional(publicKey),
});

/** What a client reads that has signed an answer. */
export const receiptMessages: MessageSchemas = schemasOf([
  v.object({
    t: v.literal('receipts'),
    epoch,
    id,
    receipts: v.array(
      v.object({ v: v.literal(1), receiptId: id, record, signed: v.exactOptional(record), key: publicKey }),
    ),
  }),
]);
