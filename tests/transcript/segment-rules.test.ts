import { describe, expect, test } from 'vitest';
import { anonymous } from '../../src/transcript/anonymous.rules.ts';
import { keptPartsOf, speakerOf, speakersOf, textOf, withoutTextBy } from '../../src/transcript/kept-segment.rules.ts';
import { endOf, faultOfSegment, longestSegmentText, startOf, untilNow } from '../../src/transcript/segment.rules.ts';
import { partsOf } from '../../src/transcript/split.rules.ts';
import type { Correction, KeptSegment, SpokenWord } from '../../src/transcript/transcript.types.ts';

const at = '2026-01-31T09:00:00.000Z';
const said = (more: Partial<KeptSegment> = {}): KeptSegment => ({
  id: 's',
  speaker: 'bo',
  startMs: 0,
  endMs: 1000,
  text: 'hello',
  final: true,
  ...more,
});
const by = (person: string, more: Partial<Correction> = {}): Correction => ({ by: person, at, ...more });

/** A text whose words take 100 ms each, one after the other. */
const spoken = (text: string, ...words: readonly string[]): KeptSegment & { readonly words: SpokenWord[] } => ({
  ...said({ text, endMs: words.length * 100 }),
  words: words.map((word, place) => ({ text: word, startMs: place * 100, endMs: place * 100 + 100 })),
});
/** What is left of it without the words in these places. */
const left = (segment: KeptSegment, ...dropped: readonly number[]) =>
  partsOf(
    segment,
    (startMs, endMs) => !dropped.some((place) => startMs < place * 100 + 100 && endMs > place * 100),
  ).map(({ text }) => text);

describe('what is left of a segment', () => {
  test('[G5] is each run of words as it was written, with the marks behind it and nothing of what was dropped', () => {
    expect(left(spoken('Well, yes: no, yes?!', 'Well', 'yes', 'no', 'yes'), 2)).toEqual(['Well, yes:', 'yes?!']);
    expect(left(spoken('a b c, d', 'a', 'b', 'c', 'd'), 0, 3)).toEqual(['b c,']);
    expect(left(spoken('no no, yes!', 'no', 'no', 'yes'), 2)).toEqual(['no no,']);
  });

  test('[G5] is the words alone where the text does not have them', () => {
    expect(left(spoken('ab cd ab!', 'ab', 'x', 'cd', 'ab'), 1)).toEqual(['ab', 'cd ab!']);
    expect(left(spoken('ab cd ab!', 'ab', 'cd', 'x', 'ab'), 2)).toEqual(['ab cd', 'ab!']);
    expect(left(spoken('ab, cd ef', 'ab', 'xyz', 'cd', 'ef'), 3)).toEqual(['ab xyz cd']);
    expect(left(spoken('ab, c', 'ab', 'xyz', 'c'), 2)).toEqual(['ab xyz']);
  });
});

describe('a segment that is kept', () => {
  const cue = { number: 1, payload: 'hello' };

  test('[G5] stays as it is where all of it may, and in parts loses how its file had it', () => {
    const whole = said({ cue });
    expect(keptPartsOf(whole, () => true)).toEqual([whole]);
    const { words, ...split } = spoken('ab cd', 'ab', 'cd');
    expect(keptPartsOf({ ...split, words, cue }, (_, endMs) => endMs <= 100)).toEqual([
      { ...split, endMs: 100, text: 'ab', words: words.slice(0, 1) },
    ]);
  });

  test('[G5] loses the words that may not, even where its text reads the same without them', () => {
    const segment = spoken('ab', 'ab', 'cd');
    expect(keptPartsOf(segment, (_, endMs) => endMs <= 100)).toEqual([
      { ...segment, endMs: 100, words: segment.words.slice(0, 1) },
    ]);
  });

  test('[G5] goes where only a part may and somebody has rewritten it; who spoke it may be said', () => {
    const segment = spoken('ab cd', 'ab', 'cd');
    const parts = (...corrections: readonly Correction[]) =>
      keptPartsOf({ ...segment, corrections }, (_, endMs) => endMs <= 100).map(({ text }) => text);
    expect([
      parts(by('bo', { speaker: 'cy' })),
      parts(by('bo', { speaker: 'cy' }), by('bo', { text: 'x' })),
      keptPartsOf({ ...segment, corrections: [by('bo', { text: 'x' })] }, () => true).length,
    ]).toEqual([['ab'], [], 1]);
  });

  test('[G5] is of whom it was last said to be, and of all who were ever named', () => {
    const corrections = [by('hana', { speaker: 'cy' }), by('hana', { speaker: null }), by('cy', { text: 'hallo' })];
    expect([speakerOf(said()), speakerOf(said({ corrections })), speakersOf(said({ corrections }))]).toEqual([
      'bo',
      null,
      ['bo', 'cy'],
    ]);
    expect([speakersOf(said()), speakersOf(said({ speaker: null }))]).toEqual([['bo'], []]);
    expect([textOf(said()), textOf(said({ corrections }))]).toEqual(['hello', 'hallo']);
  });

  test('[G5] loses what one person wrote into it, and not what they said of who spoke', () => {
    const corrections = [by('bo', { text: 'x' }), by('bo', { text: 'x', speaker: 'cy' }), by('cy', { text: 'y' })];
    expect(withoutTextBy(said({ corrections }), 'bo').corrections).toEqual([
      by('bo', { speaker: 'cy' }),
      by('cy', { text: 'y' }),
    ]);
    expect(withoutTextBy(said(), 'bo').corrections).toEqual([]);
  });
});

describe('segments without names', () => {
  test('[G7] keep what says nothing of anybody, and no field that they had not', () => {
    const bare = said();
    const full = said({ language: 'en', words: [{ text: 'hello', startMs: 0, endMs: 1000 }] });
    const corrected = said({ corrections: [by('cy', { text: 'hi' }), by('bo', { speaker: null })] });
    expect(anonymous([bare, full, corrected])).toStrictEqual([
      { ...bare, id: '1', speaker: 'Speaker 1' },
      { ...full, id: '2', speaker: 'Speaker 1' },
      {
        ...bare,
        id: '3',
        speaker: 'Speaker 1',
        corrections: [by('Speaker 2', { text: 'hi' }), by('Speaker 1', { speaker: null })],
      },
    ]);
  });

  test('[G7] a name is what it is, whatever signs are in it', () => {
    const names = new Map([['bo', ['C++', 'Bo (host)', 'b.o']]]);
    const texts = ['C is not C++ at all', 'ask Bo (host)', 'boo b.o b-o'].map((text) => said({ text }));
    expect(anonymous(texts, names).map(({ text }) => text)).toEqual([
      'C is not Speaker 1 at all',
      'ask Speaker 1',
      'boo Speaker 1 b-o',
    ]);
  });
});

describe('a segment that is handed in', () => {
  const words = (count: number, text: string) => Array.from({ length: count }, () => ({ text, startMs: 0, endMs: 0 }));

  test.each([
    [{ id: 'x'.repeat(128) }, undefined],
    [{ id: 'x'.repeat(129) }, 'id'],
    [{ language: 'x'.repeat(64) }, undefined],
    [{ language: 'x'.repeat(65) }, 'language'],
    [{ text: [] as never }, 'text'],
    [{ words: words(longestSegmentText, 'x') }, undefined],
    [{ words: words(longestSegmentText, '') }, undefined],
    [{ words: words(longestSegmentText + 1, '') }, 'words'],
    [{ words: words(2, 'x'.repeat(longestSegmentText / 2 + 1)) }, 'words'],
  ])('[G9] is of a bounded size (%#)', (more, field) => {
    expect(faultOfSegment(said(more))?.split(':')[0]).toBe(field);
  });

  test('[G5] says nothing of the time to come, and begins and ends with its words', () => {
    const late = { text: 'x', startMs: 900, endMs: 2000 };
    expect(untilNow(said({ startMs: 1500, endMs: 2000 }), 1000)).toStrictEqual(said({ startMs: 1000, endMs: 1000 }));
    expect(untilNow(said({ words: [late] }), 1000)).toStrictEqual(said({ words: [{ ...late, endMs: 1000 }] }));
    const segment = said({ startMs: 1000, endMs: 1500, words: [late] });
    expect([startOf(segment), endOf(segment), startOf(said({ startMs: 7 })), endOf(said())]).toEqual([
      900, 2000, 7, 1000,
    ]);
  });
});
