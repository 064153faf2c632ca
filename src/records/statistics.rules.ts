import type { ParticipantId } from '../participants/participants.types.ts';
import { speakerOf } from '../transcript/kept-segment.rules.ts';
import type { Transcript } from '../transcript/transcript.types.ts';
import type { KeptRecording } from './kept.types.ts';
import type { RecordingCounts } from './ledger.types.ts';

/** The fewest people that a count is told of, unless a retention says otherwise. */
export const usualFloor = 5;

const isTold = (floor: number, count: number): boolean => count === 0 || count >= floor;

/**
 * Counts of people of whom each are among those before, the most first; withheld where they are fewer than the floor, and
 * where those are who are counted before and no longer here. `beside`: for each, what else is told, whose difference from it can be worked out.
 */
export function nestedAtLeast(
  floor: number,
  counts: readonly number[],
  beside: readonly (readonly number[])[] = [],
): readonly (number | null)[] {
  let before: number | undefined;
  return counts.map((count, place) => {
    const others = [0, ...(beside[place] ?? []), ...(before === undefined ? [] : [before])];
    if (!others.every((other) => isTold(floor, Math.abs(other - count)))) return null;
    before = count;
    return count;
  });
}

/**
 * A whole group by its parts, so that no part with fewer people than the floor is told, nor can be worked out: together
 * those withheld are as many as the floor again.
 */
export function partsAtLeast(
  floor: number,
  parts: Readonly<Record<string, number>>,
): Readonly<Record<string, number | null>> {
  const ascending = Object.entries(parts).sort(([, a], [, b]) => a - b);
  let withheld = 0;
  const told = ascending.map(([name, count]): readonly [string, number | null] => {
    const mustHide = count > 0 && (count < floor || (withheld > 0 && withheld < floor));
    if (mustHide) withheld += count;
    return [name, mustHide ? null : count];
  });
  return Object.fromEntries(told.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What may be told of a recording once names and voices are out of it. */
export function countsOf(recording: KeptRecording, transcript: Transcript | undefined, floor: number): RecordingCounts {
  const { people, captured, startedAt, endedAt, lastAt } = recording;
  const segments = transcript?.segments ?? [];
  const heard = new Set(captured.map(({ participantId }) => participantId));
  const spoke = new Set(
    segments.flatMap((segment) => speakerOf(segment) ?? []).filter((speaker) => heard.has(speaker)),
  );
  const durationMs = startedAt === undefined ? 0 : Date.parse(endedAt ?? lastAt) - Date.parse(startedAt);
  const words = segments.reduce((sum, { text }) => sum + text.split(/\s+/u).filter(Boolean).length, 0);
  const answered = whoAnswered(recording);
  const answers = partsAtLeast(floor, Object.fromEntries([...answered].map(([answer, { size }]) => [answer, size])));
  const parts = partsToldOf(answered, answers);
  const nested = [people, heard, spoke];
  const [asked = null, wereCaptured = null, haveSpoken = null] = nestedAtLeast(
    floor,
    nested.map(({ size }) => size),
    nested.map((group) => around(group, parts)),
  );
  const enoughSpoke = isTold(floor, spoke.size);
  return {
    durationMs: isTold(floor, people.size) ? durationMs : null,
    segments: enoughSpoke ? segments.length : null,
    words: enoughSpoke ? words : null,
    asked,
    captured: wereCaptured,
    spoke: haveSpoken,
    answers,
  };
}

type People = ReadonlySet<ParticipantId>;

function whoAnswered({ people, answers }: KeptRecording): ReadonlyMap<string, People> {
  const who = new Map<string, Set<ParticipantId>>();
  for (const person of people) {
    const answer = answers.get(person)?.get('recording') ?? 'none';
    who.set(answer, (who.get(answer) ?? new Set()).add(person));
  }
  return who;
}

/** The groups whose sizes are told; those whose are not are one group, whose size can be worked out. */
function partsToldOf(
  answered: ReadonlyMap<string, People>,
  told: Readonly<Record<string, number | null>>,
): readonly People[] {
  const all = [...answered];
  const withheld = all.flatMap(([answer, who]) => (told[answer] === null ? [...who] : []));
  return [...all.flatMap(([answer, who]) => (told[answer] === null ? [] : [who])), new Set(withheld)];
}

/** How many are in the parts that lie wholly within a group, and in those that overlap it: a difference from either can be worked out. */
function around(group: People, parts: readonly People[]): readonly number[] {
  const sizeOf = (some: readonly People[]) => some.reduce((sum, { size }) => sum + size, 0);
  const isIn = (person: ParticipantId) => group.has(person);
  return [sizeOf(parts.filter((part) => [...part].every(isIn))), sizeOf(parts.filter((part) => [...part].some(isIn)))];
}
