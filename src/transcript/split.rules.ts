import { endOf, startOf } from './segment.rules.ts';
import type { Segment, SpokenWord } from './transcript.types.ts';

/** Whether all of this time may be written down. */
export type MayKeep = (startMs: number, endMs: number) => boolean;

/** What of a segment may be kept. */
export interface Part {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  readonly words?: readonly SpokenWord[];
}

/**
 * The parts of a segment that may be kept: the whole, if all of its time may; else each unbroken run of words that may,
 * if words are told apart. A part never reaches over a time that may not, even where nobody spoke in it.
 */
export function partsOf(segment: Segment, mayKeep: MayKeep): readonly Part[] {
  const { words, text, startMs, endMs } = segment;
  if (mayKeep(startOf(segment), endOf(segment)))
    return [{ startMs, endMs, text, ...(words && { words: words.map(copied) }) }];
  return words === undefined ? [] : runsOf(words, mayKeep).map((run) => partOf(segment, words, run));
}

/** What a part of a segment is called: the first as the whole. */
export const partId = (id: string, place: number): string => (place === 0 ? id : `${id}#part${place + 1}`);

const copied = ({ text, startMs, endMs }: SpokenWord): SpokenWord => ({ text, startMs, endMs });

interface Run {
  readonly first: number;
  readonly last: number;
  readonly startMs: number;
  readonly endMs: number;
}

function runsOf(words: readonly SpokenWord[], mayKeep: MayKeep): Run[] {
  const runs: Run[] = [];
  words.forEach(({ startMs, endMs }, place) => {
    if (!mayKeep(startMs, endMs)) return;
    const run = runs.at(-1);
    if (run?.last === place - 1) {
      const longer = { startMs: Math.min(run.startMs, startMs), endMs: Math.max(run.endMs, endMs) };
      if (mayKeep(longer.startMs, longer.endMs)) {
        runs[runs.length - 1] = { first: run.first, last: place, ...longer };
        return;
      }
    }
    runs.push({ first: place, last: place, startMs, endMs });
  });
  return runs;
}

function partOf({ text }: Segment, words: readonly SpokenWord[], { first, last, startMs, endMs }: Run): Part {
  const gaps = gapsBetween(text, words);
  const kept = words.slice(first, last + 1).map(copied);
  const joined = kept.map((word, place) => {
    const gap = gaps[first + place];
    return place < last - first ? word.text + (gap ?? ' ') : word.text + (/^\S*/.exec(gap ?? '')?.[0] ?? '');
  });
  return { startMs, endMs, text: joined.join(''), words: kept };
}

/** What stands in the text after each word and before the next, where that is no more than spaces and marks: never words. */
function gapsBetween(text: string, words: readonly SpokenWord[]): (string | undefined)[] {
  let cursor = 0;
  const places = words.map((word) => {
    const at = text.indexOf(word.text, cursor);
    if (at >= 0) cursor = at + word.text.length;
    return at;
  });
  return places.map((at, place) => {
    const next = place + 1 < places.length ? places[place + 1] : text.length;
    if (at < 0 || next === undefined || next < 0) return undefined;
    const gap = text.slice(at + (words[place]?.text.length ?? 0), next);
    return /[\p{L}\p{N}]/u.test(gap) ? undefined : gap;
  });
}
