import fc from 'fast-check';
import type { Clearance } from '../../src/transcript/clearance.ts';
import { KeptTranscript } from '../../src/transcript/kept-transcript.ts';
import { SegmentGate } from '../../src/transcript/segment-gate.ts';
import type { KeptSegment, Segment, SpokenWord } from '../../src/transcript/transcript.types.ts';

/** What was really spoken in a meeting, what was allowed when, and in which forms an engine hands it in. */
export interface Schedule {
  readonly switches: readonly Switch[];
  readonly pieces: readonly SpokenPiece[];
}

/** From `atMs` on: whether somebody is clear or here, or whether the transcript runs (of nobody). */
export interface Switch {
  readonly what: 'clear' | 'here' | 'run';
  readonly who: string;
  readonly atMs: number;
  readonly isOn: boolean;
}

export interface SpokenPiece {
  readonly speaker: string | null;
  readonly startMs: number;
  /** Before each word, and how long it is. */
  readonly words: readonly { readonly gapMs: number; readonly lengthMs: number }[];
  readonly hasId: boolean;
  readonly tellsWords: boolean;
  /** How much of it is handed in, in which form, and how long after it was spoken. */
  readonly deliveries: readonly { readonly count: number; readonly isFinal: boolean; readonly afterMs: number }[];
}

const people = ['bo', 'cy', 'di'];
const ms = (max: number, min = 0) => fc.integer({ min, max });

const anySwitch: fc.Arbitrary<Switch> = fc
  .record({
    what: fc.constantFrom('clear', 'clear', 'clear', 'here', 'run'),
    who: fc.constantFrom(...people),
    atMs: ms(300),
    isOn: fc.boolean(),
  })
  .map((each) => (each.what === 'run' ? { ...each, who: '' } : each));

const anyPiece: fc.Arbitrary<SpokenPiece> = fc.record({
  speaker: fc.constantFrom('bo', 'bo', 'cy', 'di', null),
  startMs: ms(280),
  words: fc.array(fc.record({ gapMs: fc.oneof(ms(6), ms(60)), lengthMs: ms(12, 1) }), { minLength: 1, maxLength: 6 }),
  hasId: fc.boolean(),
  tellsWords: fc.boolean(),
  deliveries: fc.array(fc.record({ count: ms(6, 1), isFinal: fc.boolean(), afterMs: ms(60) }), {
    minLength: 1,
    maxLength: 4,
  }),
});

/** Everyone is here and clear at first, and it runs: so that what is switched off is told from what is on. */
const atFirst: readonly Switch[] = [
  ...people.flatMap((who) => (['here', 'clear'] as const).map((what): Switch => ({ what, who, atMs: 0, isOn: true }))),
  { what: 'run', who: '', atMs: 0, isOn: true },
];

export const anySchedule: fc.Arbitrary<Schedule> = fc
  .record({
    switches: fc.array(anySwitch, { maxLength: 20 }),
    pieces: fc.uniqueArray(anyPiece, {
      minLength: 1,
      maxLength: 8,
      // Without ids, what begins at once with a speaker is that speaker's.
      selector: ({ speaker, startMs }) => `${speaker} ${startMs}`,
    }),
  })
  .map(({ switches, pieces }) => ({ switches: [...atFirst, ...switches], pieces }));

/** Each word says by itself which it is, and in which form it was told. */
function wordsOf({ startMs, words }: SpokenPiece, place: number, count: number, form: string): SpokenWord[] {
  let cursor = startMs;
  return words.slice(0, count).map(({ gapMs, lengthMs }, index) => {
    const from = index === 0 ? cursor : cursor + gapMs;
    cursor = from + lengthMs;
    return { text: `${place}.${index}${form}`, startMs: from, endMs: cursor };
  });
}

const isOnAt = (switches: readonly Switch[], what: Switch['what'], who: string, atMs: number): boolean =>
  switches.filter((each) => each.what === what && each.who === who && each.atMs <= atMs).at(-1)?.isOn ?? false;

/** By counting each millisecond: shares nothing with the library. */
function mightBeKept(switches: readonly Switch[], speaker: string | null, startMs: number, endMs: number): boolean {
  for (let at = startMs; at < endMs; at += 1) {
    if (!isOnAt(switches, 'run', '', at)) return false;
    const heard = speaker === null ? people.filter((who) => isOnAt(switches, 'here', who, at)) : [speaker];
    if (heard.length === 0 || !heard.every((who) => isOnAt(switches, 'clear', who, at))) return false;
  }
  return true;
}

interface Delivery {
  readonly place: number;
  readonly atMs: number;
  readonly segment: Segment;
  readonly words: readonly SpokenWord[];
}

function deliveriesOf(pieces: readonly SpokenPiece[]): Delivery[] {
  const all = pieces.flatMap((piece, place) =>
    piece.deliveries.map(({ count, isFinal, afterMs }, index) => {
      const words = wordsOf(piece, place, isFinal ? piece.words.length : count, isFinal ? '' : `i${index}`);
      const endMs = words.at(-1)?.endMs ?? piece.startMs;
      const segment: Segment = {
        ...(piece.hasId && { id: `piece${place}` }),
        speaker: piece.speaker,
        startMs: piece.startMs,
        endMs,
        text: words.map(({ text }) => text).join(', '),
        final: isFinal,
        ...(piece.tellsWords && { words }),
      };
      return { place, atMs: endMs + afterMs, segment, words };
    }),
  );
  return all.sort((a, b) => a.atMs - b.atMs);
}

/** What should be seen of a piece once it was handed in so, and what may be. */
function expectedOf(switches: readonly Switch[], { segment, words }: Delivery): string[] {
  const { speaker, startMs, endMs, words: told } = segment;
  if (mightBeKept(switches, speaker, startMs, endMs)) return words.map(({ text }) => text);
  if (told === undefined || speaker === null) return [];
  return words.filter((word) => mightBeKept(switches, speaker, word.startMs, word.endMs)).map(({ text }) => text);
}

const tokensIn = ({ text }: KeptSegment): string[] => text.split(/[, ]+/).filter((token) => token !== '');

/** What is wrong with what the gate let through over a whole schedule, seen from outside. */
export function faultsOf({ switches: unordered, pieces }: Schedule, clearance: Clearance): string[] {
  const faults: string[] = [];
  const switches = [...unordered].sort((a, b) => a.atMs - b.atMs);
  const deliveries = deliveriesOf(pieces);
  const truth = new Map(
    deliveries.flatMap(({ segment, words }) => words.map((word) => [word.text, { ...word, segment }])),
  );
  const shown = new Map<string, KeptSegment>();
  const kept = new KeptTranscript({ transcriptId: 't', recordingId: 'r' });
  let nowMs = 0;
  const gate = new SegmentGate({ clearance, now: () => nowMs });
  let next = 0;
  for (const { atMs, segment } of deliveries) {
    for (; next < switches.length && (switches[next] as Switch).atMs <= atMs; next += 1)
      tell(clearance, switches[next] as Switch);
    nowMs = atMs;
    const passed = gate.take(segment);
    for (const id of passed.withdrawn) shown.delete(id);
    for (const each of passed.kept) {
      shown.set(each.id, each);
      if (!mightBeKept(switches, each.speaker, each.startMs, each.endMs))
        faults.push(`${each.id} reaches over time that may not be kept`);
      for (const token of tokensIn(each)) {
        const word = truth.get(token);
        const [from, to] = segment.words ? [word?.startMs, word?.endMs] : [segment.startMs, segment.endMs];
        if (from === undefined || to === undefined || !mightBeKept(switches, segment.speaker, from, to))
          faults.push(`${token} was kept`);
      }
    }
    kept.remove(passed.withdrawn);
    kept.add(passed.kept);
  }
  pieces.forEach((_, place) => {
    const own = deliveries.filter((delivery) => delivery.place === place);
    const decisive = own.find(({ segment }) => segment.final) ?? own.at(-1);
    if (decisive === undefined) return;
    const expected = expectedOf(switches, decisive).join(' ');
    const seen = (segments: Iterable<KeptSegment>) =>
      [...segments]
        .flatMap(tokensIn)
        .filter((token) => token.startsWith(`${place}.`))
        .sort()
        .join(' ');
    if (seen(shown.values()) !== expected)
      faults.push(`of ${place} "${seen(shown.values())}" is shown, not "${expected}"`);
    const final = decisive.segment.final ? expected : '';
    if (seen(kept.segments) !== final) faults.push(`of ${place} "${seen(kept.segments)}" is kept, not "${final}"`);
  });
  return faults;
}

function tell(clearance: Clearance, { what, who, atMs, isOn }: Switch): void {
  if (what === 'run') clearance.running(atMs, isOn);
  else if (what === 'clear') clearance.speaker(who, atMs, isOn);
  else clearance.presence(who, atMs, isOn);
}
