import * as v from 'valibot';
import { transcriptInvalid } from '../core/errors.ts';
import { faultOfSegment } from './segment.rules.ts';
import type { Segment, Transcript } from './transcript.types.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(128));
/** The id of a part is longer than any that an engine gives. */
const segmentId = v.pipe(v.string(), v.minLength(1), v.maxLength(512));
const text = v.pipe(v.string(), v.maxLength(4000));
const ms = v.pipe(v.number(), v.finite(), v.minValue(0));

const correction = v.strictObject({
  by: id,
  at: v.pipe(v.string(), v.isoTimestamp()),
  text: v.exactOptional(text),
  speaker: v.exactOptional(v.nullable(id)),
});

const segment = v.pipe(
  v.strictObject({
    id: segmentId,
    speaker: v.nullable(id),
    startMs: ms,
    endMs: ms,
    text,
    final: v.boolean(),
    language: v.exactOptional(v.string()),
    words: v.exactOptional(v.array(v.strictObject({ text, startMs: ms, endMs: ms }))),
    corrections: v.exactOptional(v.array(correction)),
    cue: v.exactOptional(
      v.strictObject({
        number: v.pipe(v.number(), v.integer(), v.minValue(1)),
        id: v.exactOptional(v.string()),
        settings: v.exactOptional(v.pipe(v.string(), v.regex(/^(?!.*-->).*$/, 'Expected the settings of a cue'))),
        payload: v.string(),
      }),
    ),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { id: _, ...heard } = dataset.value;
    const fault = faultOfSegment(heard satisfies Segment);
    if (fault !== undefined) addIssue({ message: fault });
  }),
);

const schema = v.strictObject({
  v: v.literal(1),
  transcriptId: id,
  recordingId: id,
  language: v.exactOptional(v.string()),
  segments: v.pipe(
    v.array(segment),
    v.check((segments) => new Set(segments.map((each) => each.id)).size === segments.length, 'Expected each id once'),
  ),
});

/** A transcript as JSON, with all that is kept of it; `v` is 1. */
export const writeTranscriptJson = (transcript: Transcript): string =>
  `${JSON.stringify({ v: 1, ...transcript }, null, 2)}\n`;

/**
 * Reads what `writeTranscriptJson` wrote. Unknown fields are refused, as they may be misspelt.
 * @throws NoticeError `transcript/invalid` with the JSON pointer of the first fault.
 */
export function readTranscriptJson(json: string): Transcript {
  const result = v.safeParse(schema, parsed(json), { abortEarly: true });
  if (!result.success) {
    const [{ path = [], message }] = result.issues;
    throw transcriptInvalid(path.map(({ key }) => `/${String(key)}`).join(''), message);
  }
  const { v: _, ...transcript } = result.output;
  return transcript;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw transcriptInvalid('', `expected JSON: ${(error as Error).message}`);
  }
}
