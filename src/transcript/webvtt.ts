import { speakerOf, textOf } from './kept-segment.rules.ts';
import type { CueSource, KeptSegment, Transcript } from './transcript.types.ts';
import { clockTime, type WriteOptions } from './transcript-file.ts';

/**
 * A transcript as a WebVTT file (https://www.w3.org/TR/webvtt1/), each segment a cue with its speaker as the voice. What
 * was read from such a file and was not corrected stands as it stood there. What was corrected reads as corrected, after
 * a note that says what was heard.
 */
export function writeWebVtt({ segments }: Transcript, { nameOf = (speaker) => speaker }: WriteOptions = {}): string {
  const blocks = ['WEBVTT'];
  for (let place = 0; place < segments.length; ) {
    const first = segments[place] as KeptSegment;
    let next = place + 1;
    while (isOfOneCue(first, segments[next])) next += 1;
    blocks.push(...blocksOf(first, segments.slice(place, next), nameOf));
    place = next;
  }
  return blocks.map((block) => `${block}\n`).join('\n');
}

type NameOf = (speaker: string) => string;

/** As it was read, and nothing was said of it since. */
const untouched = ({ cue, corrections = [] }: KeptSegment): CueSource | undefined =>
  corrections.length === 0 ? cue : undefined;

const isOfOneCue = (one: KeptSegment, other: KeptSegment | undefined): boolean =>
  other !== undefined && untouched(one) !== undefined && untouched(one)?.number === untouched(other)?.number;

function blocksOf(first: KeptSegment, segments: readonly KeptSegment[], nameOf: NameOf): string[] {
  const cue = untouched(first);
  const payload = cue === undefined ? spoken(first, nameOf) : payloadOf(segments);
  if (payload === '' && cue === undefined) return [];
  const id = first.cue === undefined ? first.id : first.cue.id;
  // A cue ends after it begins.
  const times = `${clockTime(first.startMs)} --> ${clockTime(Math.max(first.endMs, first.startMs + 1))}`;
  const settings = first.cue?.settings;
  const head = settings === undefined ? times : `${times} ${settings}`;
  return [...notesOf(first, nameOf), [...(isId(id) ? [id] : []), head, payload].join('\n')];
}

const isId = (id: string | undefined): id is string =>
  id !== undefined && !/-->|[\r\n]|^(?:NOTE|STYLE|REGION|WEBVTT)|^\s*$/.test(id);
const payloadOf = (segments: readonly KeptSegment[]): string =>
  linesIn(segments.map(({ cue }) => cue?.payload ?? '').join('')).replaceAll('-->', '--&gt;');
/** An empty line would end a cue. */
const linesIn = (text: string): string => text.replace(/[\r\n]+/g, '\n').replace(/^\n|\n$/g, '');

function spoken(segment: KeptSegment, nameOf: NameOf): string {
  const speaker = speakerOf(segment);
  const text = escaped(textOf(segment))
    .replace(/\s*[\r\n]\s*/g, '\n')
    .trim();
  if (text === '' || speaker === null) return text;
  return `<v ${oneLine(nameOf(speaker))}>${text}</v>`;
}

function notesOf(segment: KeptSegment, nameOf: NameOf): string[] {
  return (segment.corrections ?? []).map(({ by, at, text, speaker }) => {
    const heard = [
      ...(text === undefined ? [] : [`it was heard as: ${oneLine(segment.text)}`]),
      ...(speaker === undefined ? [] : [`the speaker as: ${named(segment.speaker, nameOf)}`]),
    ];
    return `NOTE Corrected by ${named(by, nameOf)} at ${oneLine(at)}; ${heard.join('; ')}`;
  });
}

const named = (speaker: string | null, nameOf: NameOf): string =>
  speaker === null ? 'nobody known' : oneLine(nameOf(speaker));
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const oneLine = (text: string): string => escaped(text).replace(/\s+/g, ' ').trim();
