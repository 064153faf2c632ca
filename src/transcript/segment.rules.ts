import { takenNames } from '../core/misuse.ts';
import type { Segment } from './transcript.types.ts';

/** The longest text of one segment, in UTF-16 units; its words together may be as long. */
export const longestSegmentText = 4000;
const longestId = 128;
/** BCP 47 has no bound; this holds every tag that is in use. */
const longestLanguage = 64;

const isTime = (value: unknown): value is number => Number.isFinite(value) && (value as number) >= 0;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !Object.hasOwn(value, '__proto__');
const isName = (value: unknown): boolean =>
  typeof value === 'string' && value !== '' && value.length <= longestId && !takenNames.includes(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= longestSegmentText;

function faultOfTimes(what: string, { startMs, endMs }: Record<string, unknown>): string | undefined {
  if (!isTime(startMs)) return `${what}startMs: expected milliseconds since the recording began, from 0`;
  if (!isTime(endMs) || endMs < startMs) return `${what}endMs: expected milliseconds, not before startMs`;
  return undefined;
}

function faultOfWords(words: unknown): string | undefined {
  if (!Array.isArray(words)) return 'words: expected a list';
  let length = 0;
  for (const [place, word] of words.entries()) {
    if (!isObject(word)) return `words[${place}]: expected an object`;
    if (!isText(word['text']))
      return `words[${place}].text: expected a text of at most ${longestSegmentText} characters`;
    const fault = faultOfTimes(`words[${place}].`, word);
    if (fault !== undefined) return fault;
    length += word['text'].length;
  }
  return length > longestSegmentText || words.length > longestSegmentText
    ? `words: expected at most ${longestSegmentText} characters together`
    : undefined;
}

/** What is wrong with what an engine has handed in, as `field: what was expected`; nothing, if it is a `Segment`. */
export function faultOfSegment(value: unknown): string | undefined {
  if (!isObject(value)) return 'segment: expected an object';
  const { id, speaker, text, final, language, words } = value;
  if (id !== undefined && !isName(id)) return `id: expected a name of at most ${longestId} characters`;
  if (speaker !== null && !isName(speaker)) return 'speaker: expected the id of a participant, or null';
  if (!isText(text)) return `text: expected a text of at most ${longestSegmentText} characters`;
  if (typeof final !== 'boolean') return 'final: expected true or false';
  if (language !== undefined && (typeof language !== 'string' || language.length > longestLanguage))
    return 'language: expected a tag such as "en" (BCP 47)';
  return faultOfTimes('', value) ?? (words === undefined ? undefined : faultOfWords(words));
}

/** The segment and its words, with nothing after `nowMs`: nobody can have spoken later. */
export function untilNow(segment: Segment, nowMs: number): Segment {
  const cut = <T extends { readonly startMs: number; readonly endMs: number }>(part: T): T =>
    part.endMs <= nowMs ? part : { ...part, startMs: Math.min(part.startMs, nowMs), endMs: nowMs };
  return segment.words === undefined ? cut(segment) : { ...cut(segment), words: segment.words.map(cut) };
}

/** The last time that a segment or a word of it names. */
export const endOf = ({ endMs, words }: Segment): number =>
  words === undefined ? endMs : words.reduce((latest, word) => Math.max(latest, word.endMs), endMs);

/** The first one. */
export const startOf = ({ startMs, words }: Segment): number =>
  words === undefined ? startMs : words.reduce((earliest, word) => Math.min(earliest, word.startMs), startMs);
