import * as v from 'valibot';
import { faultOfSegment } from '../transcript/segment.rules.ts';
import type { Segment } from '../transcript/transcript.types.ts';
import { forEveryone, type MessageSchemas, schemasOf } from './messages.parse.ts';
import { count, epoch, id, longText } from './state.parse.ts';
import type { TranscriptView } from './transcript-messages.types.ts';

const ms = v.pipe(v.number(), v.finite(), v.minValue(0));
const spoken = { text: v.string(), startMs: ms, endMs: ms };
const body = {
  ...spoken,
  speaker: v.nullable(id),
  final: v.boolean(),
  language: v.exactOptional(id),
  words: v.exactOptional(v.array(v.object(spoken))),
};

/** What an engine has heard. Whether it makes sense is looked at by whoever decides, who counts what does not. */
export const segment = v.object({ id: v.exactOptional(id), ...body });

const keptSegment = v.pipe(
  v.object({
    id: v.string(),
    ...body,
    corrections: v.exactOptional(
      v.array(
        v.object({
          by: id,
          at: longText,
          text: v.exactOptional(v.string()),
          speaker: v.exactOptional(v.nullable(id)),
        }),
      ),
    ),
  }),
  // The id of a part is longer than any that an engine gives.
  v.check(({ id: _, corrections: __, ...heard }) => faultOfSegment(heard satisfies Segment) === undefined),
);

/** What is kept of a transcript, in the order in which it was told. */
export const keptSegments = v.array(keptSegment);

export const transcriptStatus = v.picklist([
  'off',
  'asking',
  'transcribing',
  'paused',
  'processing',
  'ready',
  'erased',
  'anonymised',
  'isolated',
  'failed',
]);

/** One transcript, as everyone is told of it. */
export const transcriptView = v.object({ transcriptId: id, recordingId: id, status: transcriptStatus });

/** The transcripts that a meeting's state names; of what makes no sense, none. */
export function transcriptsIn(told: readonly unknown[] = []): readonly TranscriptView[] {
  const parsed = v.safeParse(v.array(transcriptView), told);
  return parsed.success ? parsed.output : [];
}

/** What is told to whoever reads, and what they ask. */
export const segmentMessages = [
  v.object({
    t: v.literal('segments'),
    epoch,
    transcriptId: id,
    recordingId: id,
    from: count,
    kept: keptSegments,
    interim: v.exactOptional(keptSegments),
    re: v.exactOptional(count),
  }),
  v.object({ t: v.literal('segments?'), epoch, transcriptId: id, from: count }),
] as const;

/** What a client reads that is no host's, once there is a transcript. */
export const forReaders: MessageSchemas = new Map([...forEveryone, ...schemasOf(segmentMessages)]);
