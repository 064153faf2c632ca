import { describe, expect, test } from 'vitest';
import { KeptTranscript } from '../../src/transcript/kept-transcript.ts';
import type { KeptSegment } from '../../src/transcript/transcript.types.ts';

const at = '2026-01-02T03:04:05.000Z';
const said = (
  id: string,
  startMs: number,
  speaker: string | null = 'bo',
  more: Partial<KeptSegment> = {},
): KeptSegment => ({
  id,
  speaker,
  startMs,
  endMs: startMs + 100,
  text: `words of ${id}`,
  final: true,
  ...more,
});
function keptOf(
  segments: readonly KeptSegment[],
  options: Pick<ConstructorParameters<typeof KeptTranscript>[0], 'isClear'> = {},
) {
  const kept = new KeptTranscript({ transcriptId: 't', recordingId: 'r', ...options });
  kept.add(segments);
  return kept;
}
const idsOf = (kept: KeptTranscript) => kept.segments.map(({ id }) => id);

describe('a kept transcript', () => {
  test('is in order of time, each segment once, and holds none that is interim', () => {
    const kept = keptOf([said('c', 300), said('a', 100), said('b', 100), said('x', 50, 'bo', { final: false })]);
    kept.add([said('c', 200, 'bo', { text: 'once more' })]);
    kept.remove(['b', 'nobody']);
    expect(kept.toTranscript()).toEqual({
      transcriptId: 't',
      recordingId: 'r',
      segments: [said('a', 100), said('c', 200, 'bo', { text: 'once more' })],
    });
  });

  test('is the same when it is made of what it was', () => {
    const transcript = { transcriptId: 't', recordingId: 'r', language: 'en', segments: [said('a', 100)] };
    expect(KeptTranscript.of(transcript).toTranscript()).toEqual(transcript);
  });

  test('[G5] of a file takes only what may be kept, split between words', () => {
    const words = ['one', 'two', 'three'].map((text, place) => ({
      text,
      startMs: place * 100,
      endMs: place * 100 + 100,
    }));
    const split = said('a', 0, 'bo', {
      endMs: 300,
      text: 'one two three',
      words,
      cue: { number: 1, payload: 'one two three' },
    });
    const rewritten = { ...split, id: 'b', corrections: [{ by: 'bo', at, text: 'all of it' }] };
    const transcript = {
      transcriptId: 't',
      recordingId: 'r',
      segments: [split, rewritten, said('c', 0, 'cy'), said('d', 0, null)],
    };
    const isClear = (speaker: string | null, from: number, to: number) =>
      speaker === 'bo' && (to <= 100 || from >= 200);
    const kept = KeptTranscript.of(transcript, { isClear });
    expect(kept.segments).toEqual([
      said('a', 0, 'bo', { endMs: 100, text: 'one', words: words.slice(0, 1) }),
      said('a#part2', 200, 'bo', { endMs: 300, text: 'three', words: words.slice(2) }),
    ]);
  });
});

describe('a correction', () => {
  test('stands beside what was heard, after those before it, and outlives a segment that comes again', () => {
    const kept = keptOf([said('a', 0)]);
    const first = { by: 'bo', at, text: 'better' };
    const second = { by: 'ana', at, speaker: 'cy' };
    expect([kept.correct('a', first), kept.correct('a', second)]).toEqual(['kept', 'kept']);
    kept.add([said('a', 0)]);
    expect(kept.segments).toEqual([said('a', 0, 'bo', { corrections: [first, second] })]);
  });

  test('of a segment that is not there is not kept', () => {
    expect(keptOf([]).correct('a', { by: 'bo', at, text: 'x' })).toBe('unknown-segment');
  });

  test('[G5] that says whose words they were removes them where that person was not clear', () => {
    const kept = keptOf([said('a', 0), said('b', 0), said('c', 0, null)], { isClear: (speaker) => speaker === 'bo' });
    expect(kept.correct('a', { by: 'ana', at, speaker: 'cy' })).toBe('removed');
    expect(kept.correct('b', { by: 'ana', at, speaker: null })).toBe('removed');
    expect(kept.correct('c', { by: 'ana', at, speaker: 'bo' })).toBe('kept');
    expect(idsOf(kept)).toEqual(['c']);
  });
});

describe('redaction of one speaker', () => {
  const all = () =>
    keptOf([
      said('own', 0),
      said('said-to-be', 1, 'cy', { corrections: [{ by: 'ana', at, speaker: 'bo' }] }),
      said('was', 2, 'bo', { corrections: [{ by: 'ana', at, speaker: 'cy' }] }),
      said('mixed', 3, null),
      said('other', 4, 'cy', {
        corrections: [
          { by: 'bo', at, text: 'bo’s words' },
          { by: 'bo', at, text: 'and more', speaker: 'di' },
          { by: 'cy', at, text: 'cy’s words' },
        ],
      }),
    ]);

  test('[G5] takes out all that is or was said to be theirs, what may be, and what they wrote', () => {
    const kept = all();
    expect(kept.redact('bo')).toBe(4);
    expect(kept.segments).toEqual([
      said('other', 4, 'cy', {
        corrections: [
          { by: 'bo', at, speaker: 'di' },
          { by: 'cy', at, text: 'cy’s words' },
        ],
      }),
    ]);
  });

  test('leaves what nobody knows the speaker of, if that is asked', () => {
    const kept = all();
    expect(kept.redact('bo', { mixed: 'keep' })).toBe(3);
    kept.add([said('later', 9, null)]);
    expect(idsOf(kept)).toEqual(['mixed', 'other', 'later']);
  });

  test('[G5] holds for what comes later: a segment, and a correction', () => {
    const kept = keptOf([said('a', 0, 'cy')]);
    kept.redact('bo');
    kept.add([said('late', 9), said('mixed', 9, null)]);
    expect(kept.correct('a', { by: 'ana', at, speaker: 'bo' })).toBe('removed');
    expect(kept.segments).toEqual([]);
  });
});

describe('the end of a transcript', () => {
  test('[G12] erased, nothing is left, and nothing comes in', () => {
    const kept = keptOf([said('a', 0)]);
    kept.erase();
    kept.add([said('b', 0)]);
    expect([kept.segments, kept.size, kept.correct('b', { by: 'bo', at, text: 'x' })]).toEqual([
      [],
      0,
      'unknown-segment',
    ]);
  });

  test('[G12] anonymised, a name is gone however its letters are composed, over two lines, and from words that the text has not', () => {
    const names = new Map([['bo', ['Jos\u00e9 Le Roy']]]);
    const text = 'I am Jose\u0301 Le\nRoy.';
    const cafe = 'a cafe\u0301';
    const words = (...texts: readonly string[]) => texts.map((each) => ({ text: each, startMs: 0, endMs: 50 }));
    const kept = keptOf([
      said('a', 0, 'bo', { text }),
      said('b', 1, 'bo', { text: cafe, words: words('a', 'cafe\u0301') }),
      said('c', 2, 'bo', { text: 'Hi', words: words('Jose\u0301', 'le', 'Roy') }),
    ]);
    kept.anonymise(names);
    expect(kept.segments.map((each) => [each.text, each.words?.length])).toEqual([
      ['I am Speaker 1.', undefined],
      [cafe, 2],
      ['Hi', undefined],
    ]);
  });

  test('[G12] anonymised, no id and no name is left, and who is who stays told apart', () => {
    const words = [{ text: 'Bo', startMs: 0, endMs: 50 }];
    const kept = keptOf([
      said('#0#bo', 0, 'bo', { text: 'I am Bo Jensen, not Bob.', cue: { number: 1, payload: '<v bo>x' }, words }),
      said('a', 1, 'cy', { text: 'Hi bo!', corrections: [{ by: 'ana', at, text: 'Hi, BO JENSEN', speaker: 'di' }] }),
      said('b', 2, null, { text: 'Hm', language: 'en', words: [{ text: 'Hm', startMs: 2, endMs: 3 }] }),
      said('c', 3, 'bo'),
    ]);
    kept.anonymise(
      new Map([
        ['bo', ['Bo', 'Bo Jensen', ' ']],
        ['eve', ['x|y']],
      ]),
    );
    kept.add([said('late', 9)]);
    expect(kept.segments).toEqual([
      { id: '1', speaker: 'Speaker 1', startMs: 0, endMs: 100, text: 'I am Speaker 1, not Bob.', final: true },
      {
        id: '2',
        speaker: 'Speaker 3',
        startMs: 1,
        endMs: 101,
        text: 'Hi Speaker 1!',
        final: true,
        corrections: [{ by: 'Speaker 4', at, text: 'Hi, Speaker 1', speaker: 'Speaker 2' }],
      },
      {
        id: '3',
        speaker: null,
        startMs: 2,
        endMs: 102,
        text: 'Hm',
        final: true,
        language: 'en',
        words: [{ text: 'Hm', startMs: 2, endMs: 3 }],
      },
      { id: '4', speaker: 'Speaker 1', startMs: 3, endMs: 103, text: 'words of c', final: true },
    ]);
    expect(JSON.stringify(kept.toTranscript())).not.toMatch(/\b(?:bo|cy|di|ana|eve)\b/i);
  });
});
