import { Clearance } from '../../src/transcript/clearance.ts';
import { SegmentGate } from '../../src/transcript/segment-gate.ts';
import type { Segment } from '../../src/transcript/transcript.types.ts';
import { type Figure, median, type Scale, timed, withCommas } from './figure.ts';
import { growOld } from './heap.ts';
import { idAt } from './large-meeting.ts';

const scales = {
  full: { people: 10_000, pieces: 20_000, rounds: 15 },
  quick: { people: 100, pieces: 50, rounds: 3 },
} as const;

const wordMs = 300;
/** A piece comes with four words, then eight, then whole. */
const forms = [4, 8, 12] as const;
const spoken = 'so we look at the numbers from last year, and then decide'.split(' ');

/** One form of a piece, every third of them with its words. */
function formOf(place: number, startMs: number, people: number, count: number): Segment {
  const said = spoken.slice(0, count);
  const words = said.map((text, at) => ({ text, startMs: startMs + at * wordMs, endMs: startMs + (at + 1) * wordMs }));
  return {
    id: `piece-${place}`,
    speaker: place % 50 === 0 ? null : idAt((place * 7919) % people),
    startMs,
    endMs: startMs + count * wordMs,
    text: said.join(' '),
    final: count === spoken.length,
    language: 'en',
    ...(place % 3 === 0 && { words }),
  };
}

/** A transcript of so many, of whom one in ten withdraws in the middle of what they say, and agrees again. */
function transcribing(people: number, pieces: number) {
  const clearance = new Clearance();
  let nowMs = 0;
  clearance.running(0, true);
  for (let place = 0; place < people; place += 1) {
    clearance.presence(idAt(place), 0, true);
    clearance.speaker(idAt(place), 0, true);
  }
  const gate = new SegmentGate({ clearance, now: () => nowMs });
  let begun = 0;

  return () => {
    const startMs = nowMs;
    const told: Segment[] = [];
    for (let piece = 0; piece < pieces; piece += 1, begun += 1) {
      for (const count of forms) told.push(formOf(begun, startMs + piece, people, count));
    }
    nowMs = startMs + pieces + spoken.length * wordMs;
    for (let place = 0; place < people; place += 10) {
      clearance.speaker(idAt(place), startMs + Math.floor((place / people) * pieces) + 1000, false);
    }
    for (let place = 0; place < people; place += 10) clearance.speaker(idAt(place), nowMs, true);
    const texts = told.map((segment) => JSON.stringify(segment));
    let parsed: Segment[] = [];
    growOld();
    const parseMs = timed(() => {
      parsed = texts.map((text) => JSON.parse(text) as Segment);
    });
    let kept = 0;
    let dropped = 0;
    growOld();
    const gateMs = timed(() => {
      for (const segment of parsed) {
        const passed = gate.take(segment);
        kept += passed.kept.length;
        if (passed.dropped !== undefined) dropped += 1;
      }
    });
    if (kept < dropped || dropped === 0) throw new Error(`of ${told.length} segments ${kept} parts were kept`);
    return { parseMs, gateMs, segments: told.length };
  };
}

/** What it costs to let a segment through the gate or not, beside taking the same segment apart. */
export function measureSegments(scale: Scale): Figure[] {
  const { people, pieces, rounds } = scales[scale];
  const round = transcribing(people, pieces);
  const taken = Array.from({ length: rounds + 2 }, round).slice(2);
  const aSecond = median(taken.map(({ gateMs, segments }) => (segments / gateMs) * 1000));
  const ratio = median(taken.map(({ gateMs, parseMs }) => gateMs / parseMs));
  return [
    {
      figure: `segments through the gate, of ${withCommas(people)} speakers`,
      measured: `${withCommas(aSecond)} a second`,
      target: '≥ 200,000 a second',
      isMet: aSecond >= 200_000,
      how: `${ratio.toFixed(1)}x of their bare \`JSON.parse\`; two interim forms and a final one, a third with words, one speaker in ten withdraws within; processor time`,
    },
  ];
}
