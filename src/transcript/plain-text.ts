import { transcriptInvalid } from '../core/errors.ts';
import { speakerOf, textOf } from './kept-segment.rules.ts';
import type { KeptSegment, Transcript } from './transcript.types.ts';
import { clockTime, type ReadOptions, transcriptOf, type WriteOptions } from './transcript-file.ts';

const further = '  ';
/** Before what is only told beside the text. */
const aside = '    ';
const unknown = '?';
const spokenLine =
  /^\[(\d{2,}):([0-5]\d):([0-5]\d)\.(\d{3}) - (\d{2,}):([0-5]\d):([0-5]\d)\.(\d{3})\] (.*?):(?: (.*))?$/;

/**
 * A transcript as text for people: a line for each segment, `[00:00:01.000 - 00:00:02.500] Bo: Good morning`, with `?` for
 * a speaker whom nobody knows, and further lines of it set in by two spaces. What was corrected reads as corrected; what
 * was heard stands below it, set in by four.
 */
export function writePlainText({ segments }: Transcript, { nameOf = (speaker) => speaker }: WriteOptions = {}): string {
  const named = (speaker: string | null) => (speaker === null ? unknown : oneLine(nameOf(speaker)).replace(/: /g, ':'));
  const linesOf = (segment: KeptSegment): string[] => {
    const [first, ...others] = textOf(segment)
      .split(/[\r\n]+/)
      .map(oneLine);
    const isReworded = textOf(segment) !== segment.text;
    const isAnothers = speakerOf(segment) !== segment.speaker;
    return [
      `[${clockTime(segment.startMs)} - ${clockTime(segment.endMs)}] ${named(speakerOf(segment))}: ${first}`,
      ...others.map((line) => further + line),
      ...(isReworded ? [`${aside}(heard: ${oneLine(segment.text)})`] : []),
      ...(isAnothers ? [`${aside}(heard as: ${named(segment.speaker)})`] : []),
    ];
  };
  return segments.flatMap((segment) => linesOf(segment).map((line) => `${line.trimEnd()}\n`)).join('');
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/**
 * Reads what `writePlainText` wrote, as it reads: what was heard before a correction is left out.
 * @throws NoticeError `transcript/invalid`, which names the line.
 */
export function readPlainText(text: string, options: ReadOptions): Transcript {
  const { speakerOf: idOf = (name: string) => name } = options;
  const segments: { speaker: string | null; startMs: number; endMs: number; text: string }[] = [];
  for (const [place, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const [, ...parts] = spokenLine.exec(line) ?? [];
    const last = segments.at(-1);
    if (parts.length > 0) {
      const [name = '', words = ''] = parts.slice(8);
      const speaker = name === unknown ? null : idOf(name);
      segments.push({ speaker, startMs: msOf(parts.slice(0, 4)), endMs: msOf(parts.slice(4, 8)), text: words });
    } else if (last !== undefined && line.startsWith(further)) {
      if (!line.startsWith(aside)) last.text += `\n${line.slice(further.length)}`;
    } else if (line !== '') {
      throw transcriptInvalid('', `line ${place + 1}: expected "[00:00:01.000 - 00:00:02.500] Name: text"`);
    }
  }
  return transcriptOf(options, segments);
}

const msOf = ([hours, minutes, seconds, ms]: readonly (string | undefined)[]): number =>
  ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(ms);
