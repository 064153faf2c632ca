import { transcriptInvalid, transcriptNoReader } from '../core/errors.ts';
import type { CaptionsReader, CueNode, ReadCue } from './captions.types.ts';
import type { KeptSegment, Transcript } from './transcript.types.ts';
import { type ReadOptions, transcriptOf } from './transcript-file.ts';

async function load(): Promise<CaptionsReader> {
  try {
    return (await import('media-captions')) as unknown as CaptionsReader;
  } catch (cause) {
    throw transcriptNoReader('media-captions', cause);
  }
}

/** Stands before what the reader would take for something else: a first line as in `position: open`, an id as in `NOTEBOOK`. */
const guard = '\u2060';
const looksLikeSettings = /(?<=-->[^\n]*\n)(?=\s*(?:region|vertical|line|position|size|align)[:=])/g;
const looksLikeBlock = /(?<=\n\n)(?=(?:NOTE|STYLE|REGION)[^ \t\n][^\n]*\n[^\n]*-->)/g;
const unguarded = (text: string): string => (text.startsWith(guard) ? text.slice(guard.length) : text);

/**
 * Reads a WebVTT file (https://www.w3.org/TR/webvtt1/) with the package `media-captions`. A voice is a speaker. A cue of
 * several speakers becomes a segment each; where it cannot be told apart whose the words are, the speaker is null. Notes,
 * styles and regions are left out.
 * @throws NoticeError `transcript/invalid`; `transcript/no-reader` where `media-captions` is not installed.
 */
export async function readWebVtt(text: string, options: ReadOptions): Promise<Transcript> {
  const reader = await load();
  const lines = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  if (!/^WEBVTT(?:[ \t\n]|$)/.test(lines))
    throw transcriptInvalid('', 'expected a WebVTT file, which begins with WEBVTT');
  const guarded = lines.replace(looksLikeSettings, guard).replace(looksLikeBlock, guard);
  const { cues, errors, metadata } = await reader.parseText(guarded, { type: 'vtt', errors: true });
  const written = guarded
    .split(/\n{2,}/)
    .filter((block) => block.includes('-->') && !/^(?:NOTE|STYLE|REGION)/.test(block));
  if (cues.length !== written.length) {
    const [first] = errors;
    const why = first ? `line ${first.line}: ${first.message}` : 'expected each cue to end after it begins';
    throw transcriptInvalid('', `${written.length - cues.length} cues cannot be read; ${why}`);
  }
  const language = metadata['Language'] ?? options.language;
  return transcriptOf(
    { ...options, ...(language !== undefined && { language }) },
    cues.flatMap((cue, place) => segmentsOf(reader, cue, place + 1, options)),
  );
}

type Read = Omit<KeptSegment, 'id' | 'final'> & { readonly id?: string };

function segmentsOf(
  reader: CaptionsReader,
  cue: ReadCue,
  number: number,
  { speakerOf = (name) => name }: ReadOptions,
): Read[] {
  const id = unguarded(cue.id);
  const settings = settingsOf(cue);
  return slicesOf(reader, cue, unguarded(cue.text)).map(({ voice, text, payload }) => ({
    ...(id !== '' && { id }),
    speaker: voice === null ? null : speakerOf(voice),
    startMs: Math.round(cue.startTime * 1000),
    endMs: Math.round(cue.endTime * 1000),
    text,
    cue: { number, ...(id !== '' && { id }), ...(settings !== '' && { settings }), payload },
  }));
}

interface Slice {
  readonly voice: string | null;
  readonly text: string;
  readonly payload: string;
}

/** Where a voice begins, with the dash before it. */
const beforeVoice = /(?=(?<![-–—\s])[-–—\s]*<v[.\s>])/;

/** A cue by its speakers; as one of nobody, where they cannot be told apart. */
function slicesOf(reader: CaptionsReader, cue: ReadCue, payload: string): Slice[] {
  const runsIn = (text: string) =>
    runsOf(reader.tokenizeVTTCue({ text, startTime: cue.startTime, endTime: cue.endTime }));
  const read = (part: string): Slice | undefined => {
    const runs = runsIn(part);
    const voices = new Set(runs.filter(({ text }) => /[\p{L}\p{N}]/u.test(text)).map(({ voice }) => voice));
    if (voices.size > 1) return undefined;
    const [voice = runs[0]?.voice ?? null] = voices;
    return { voice, text: textOfRuns(runs), payload: part };
  };
  const one = read(payload);
  if (one) return [one];
  const parts = payload.split(beforeVoice).map(read);
  if (parts.every((part) => part !== undefined)) return parts;
  return [{ voice: null, text: textOfRuns(runsIn(payload)), payload }];
}

interface VoiceRun {
  readonly voice: string | null;
  readonly text: string;
}

const textOfRuns = (runs: readonly VoiceRun[]): string =>
  runs
    .map(({ text }) => text)
    .join('')
    .trim();

function runsOf(nodes: readonly CueNode[], voice: string | null = null): VoiceRun[] {
  return nodes.flatMap((node) => {
    if (node.type === 'text') return [{ voice, text: node.data }];
    return runsOf(node.children, node.type === 'v' ? (node.voice ?? '').trim() || null : voice);
  });
}

/** As they were understood: in whole percents, and without a region. */
function settingsOf({ vertical, line, snapToLines, lineAlign, position, positionAlign, size, align }: ReadCue): string {
  const place = (value: number | string, isLine: boolean) => `${value}${isLine ? '' : '%'}`;
  return [
    vertical !== '' && `vertical:${vertical}`,
    line !== 'auto' && `line:${place(line, snapToLines)}${lineAlign === 'start' ? '' : `,${lineAlign}`}`,
    position !== 'auto' && `position:${place(position, false)}${positionAlign === 'auto' ? '' : `,${positionAlign}`}`,
    size !== 100 && `size:${size}%`,
    align !== 'center' && `align:${align}`,
  ]
    .filter((setting) => setting !== false)
    .join(' ');
}
