import { describe, expect, test } from 'vitest';
import type { CapturedSpan, KeptRecording } from '../../src/records/kept.types.ts';
import { countsOf, nestedAtLeast, partsAtLeast } from '../../src/records/statistics.rules.ts';
import type { KeptSegment, Transcript } from '../../src/transcript/transcript.types.ts';

const people = ['a', 'b', 'c', 'd', 'e', 'f'];
const span = (participantId: string): CapturedSpan => ({ participantId, from: '2026-01-31T09:00:00.000Z' });

const recording = (more: Partial<KeptRecording> = {}): KeptRecording => ({
  recordingId: 'r',
  purposes: ['recording'],
  state: 'kept',
  startedAt: '2026-01-31T09:00:00.000Z',
  endedAt: '2026-01-31T09:10:00.000Z',
  lastAt: '2026-01-31T09:30:00.000Z',
  holds: [],
  shares: new Map(),
  people: new Set(people),
  captured: people.map(span),
  answers: new Map(people.map((id) => [id, new Map([['recording', 'given']])])),
  revisions: new Map(),
  ...more,
});
const without = (...fields: readonly (keyof KeptRecording)[]): KeptRecording =>
  Object.fromEntries(Object.entries(recording()).filter(([field]) => !fields.includes(field as never))) as never;

const segment = (speaker: string | null, text: string, more: Partial<KeptSegment> = {}): KeptSegment => ({
  id: `${speaker} ${text}`,
  speaker,
  startMs: 0,
  endMs: 1,
  text,
  final: true,
  ...more,
});
const transcript = (...segments: readonly KeptSegment[]): Transcript => ({ segments }) as unknown as Transcript;

describe('[G12] what is left of a recording', () => {
  test('is how long it was, how much was said, and how many were asked, captured, spoke and answered what', () => {
    const said = transcript(
      ...people.slice(0, 5).map((id) => segment(id, 'one two  three')),
      segment(null, ' four \n'),
    );
    expect(countsOf(recording(), said, 5)).toEqual({
      durationMs: 600_000,
      segments: 6,
      words: 16,
      asked: 6,
      captured: 6,
      spoke: null,
      answers: { given: 6 },
    });
    expect(countsOf(recording({ captured: people.slice(0, 5).map(span) }), said, 1)).toMatchObject({
      asked: 6,
      captured: 5,
      spoke: 5,
    });
  });

  test('is as long as to the last that was heard of it where it never ended, and nothing where it never began', () => {
    const lengths = [recording(), without('endedAt'), without('startedAt'), without('startedAt', 'endedAt')];
    expect(lengths.map((each) => countsOf(each, undefined, 5).durationMs)).toEqual([600_000, 1_800_000, 0, 0]);
  });

  test('is nothing of so few that one would show', () => {
    const few = recording({ people: new Set(['a', 'b']), captured: [span('a')] });
    expect(countsOf(few, transcript(segment('a', 'one')), 5)).toEqual({
      durationMs: null,
      segments: null,
      words: null,
      asked: null,
      captured: null,
      spoke: null,
      answers: { given: null },
    });
  });

  test('tells no count of those who were captured or spoke that tells, beside who agreed, of the few who did not', () => {
    const many = Array.from({ length: 16 }, (_, place) => `p${place}`);
    const answers = new Map(many.map((id, place) => [id, new Map([['recording', place < 10 ? 'given' : 'refused']])]));
    const of = (captured: number, spoke: number) => {
      const said = transcript(...many.slice(0, spoke).map((id) => segment(id, 'one')));
      const spans = many.slice(0, captured).map(span);
      const {
        asked,
        captured: were,
        spoke: have,
      } = countsOf(recording({ people: new Set(many), answers, captured: spans }), said, 5);
      return [asked, were, have];
    };
    expect([of(10, 10), of(10, 9), of(9, 9), of(9, 5), of(10, 5)]).toEqual([
      [16, 10, 10],
      [16, 10, null],
      [16, null, null],
      [16, null, 5],
      [16, 10, 5],
    ]);
  });

  test('takes those whose answers are withheld for one group: its size can be worked out, and no smaller one', () => {
    const many = Array.from({ length: 16 }, (_, place) => `p${place}`);
    const said = (place: number) => (place < 10 ? 'given' : place < 13 ? 'refused' : 'expired');
    const answers = new Map(many.map((id, place) => [id, new Map([['recording', said(place)]])]));
    const capturedOf = (who: readonly string[], floor: number) => {
      const left = countsOf(recording({ people: new Set(many), answers, captured: who.map(span) }), undefined, floor);
      expect(left.answers).toEqual({ expired: null, given: 10, refused: null });
      return left.captured;
    };
    // All six of whom no answer is told, and four or five who agreed.
    expect([capturedOf(many.slice(6), 5), capturedOf(many.slice(5), 5)]).toEqual([null, 11]);
    // Three who refused, and three who agreed: nobody can tell the first from the three whose time ran out.
    expect(capturedOf([...many.slice(0, 3), ...many.slice(10, 13)], 4)).toBe(6);
  });

  test('counts as speakers who were captured, by what was last said of them, and each once', () => {
    const correction = { by: 'hana', at: '2026-01-31T09:00:00.000Z', speaker: 'b' };
    const said = transcript(
      segment('a', 'one'),
      segment('a', 'two'),
      segment('z', 'three'),
      segment(null, 'four'),
      segment('z', 'five', { corrections: [correction] }),
    );
    expect(countsOf(recording(), said, 1)).toMatchObject({ spoke: 2, segments: 5, words: 5 });
    expect(countsOf(recording({ captured: [] }), said, 1)).toMatchObject({ spoke: 0, segments: 5 });
    expect(countsOf(recording(), undefined, 5)).toMatchObject({ spoke: 0, segments: 0, words: 0 });
  });

  test('counts answers to the recording alone, and who gave none', () => {
    const answers = new Map([
      ['a', new Map([['recording', 'given']])],
      ['b', new Map([['recording', 'refused']])],
      ['c', new Map([['transcription', 'given']])],
      ['z', new Map([['recording', 'given']])],
    ]);
    expect(countsOf(recording({ answers }), undefined, 1).answers).toEqual({ given: 1, none: 4, refused: 1 });
  });
});

test('[G12] a count is told from the floor on, the steps between counts too', () => {
  expect([nestedAtLeast(5, [5]), nestedAtLeast(5, [4]), nestedAtLeast(5, [10, 5]), nestedAtLeast(5, [10, 6])]).toEqual([
    [5],
    [null],
    [10, 5],
    [10, null],
  ]);
});

test('[G12] parts are told by name, whatever they count; one that is told does not tell those that are not', () => {
  const told = partsAtLeast(5, { refused: 9, given: 20, none: 0, expired: 2, withdrawn: 4 });
  expect([Object.keys(told), told]).toEqual([
    ['expired', 'given', 'none', 'refused', 'withdrawn'],
    { expired: null, given: 20, none: 0, refused: 9, withdrawn: null },
  ]);
  expect(partsAtLeast(5, { a: 5, b: 6, c: 3 })).toEqual({ a: null, b: 6, c: null });
  expect(partsAtLeast(5, { a: 5, b: 5 })).toEqual({ a: 5, b: 5 });
});
