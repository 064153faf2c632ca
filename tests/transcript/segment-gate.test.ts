import { describe, expect, test } from 'vitest';
import { Clearance } from '../../src/transcript/clearance.ts';
import { type GateOptions, SegmentGate } from '../../src/transcript/segment-gate.ts';
import type { Segment } from '../../src/transcript/transcript.types.ts';

const said = (more: Partial<Segment> = {}): Segment => ({
  speaker: 'bo',
  startMs: 1000,
  endMs: 2000,
  text: 'Good morning',
  final: true,
  ...more,
});

/** Words of 100 ms each, one after the other, from 1000 on. */
const inWords = (text: string, more: Partial<Segment> = {}): Segment => {
  const words = text
    .split(' ')
    .map((word, place) => ({ text: word, startMs: 1000 + place * 100, endMs: 1100 + place * 100 }));
  return said({ text, words, endMs: 1000 + words.length * 100, ...more });
};

/** A transcript that runs from 0, in which bo is here and clear from 0, and a gate at `nowMs`. */
function gateAt(nowMs: number, options: Partial<GateOptions> = {}, horizonMs?: number) {
  const clearance = new Clearance(horizonMs === undefined ? {} : { horizonMs });
  clearance.running(0, true);
  clearance.presence('bo', 0, true);
  clearance.speaker('bo', 0, true);
  const clock = { nowMs };
  return { clearance, clock, gate: new SegmentGate({ clearance, now: () => clock.nowMs, ...options }) };
}

const nothing = { kept: [], withdrawn: [] };
const textsOf = (passed: { readonly kept: readonly { readonly text: string }[] }) =>
  passed.kept.map(({ text }) => text);

describe('a segment', () => {
  test('[G5] of whoever is clear passes as it is, and without what is not of a segment', () => {
    const { gate } = gateAt(10_000);
    const segment = inWords('Good morning', { id: 'a', language: 'en' });
    expect(gate.take({ ...segment, secret: 1 } as Segment)).toEqual({ kept: [segment], withdrawn: [] });
  });

  test('[G5] of whoever is not clear, or not known, is dropped', () => {
    const { gate } = gateAt(10_000);
    expect(gate.take(said({ speaker: 'cy' }))).toEqual({ ...nothing, dropped: 'not-clear' });
  });

  test('[G5] is dropped while the transcript does not run', () => {
    const { gate, clearance } = gateAt(10_000);
    clearance.running(1500, false);
    expect(gate.take(said())).toEqual({ ...nothing, dropped: 'not-running' });
    expect(textsOf(gate.take(said({ endMs: 1500, startMs: 900 })))).toEqual(['Good morning']);
  });

  test('[G5] without words is dropped whole where a withdrawal falls into it, and passes where that is at its end', () => {
    const { gate, clearance } = gateAt(10_000);
    clearance.speaker('bo', 2000, false);
    expect(textsOf(gate.take(said()))).toEqual(['Good morning']);
    expect(gate.take(said({ startMs: 1001, endMs: 2001 }))).toEqual({ ...nothing, dropped: 'not-clear' });
    expect(gate.take(said({ startMs: 2000, endMs: 2000 }))).toEqual({ ...nothing, dropped: 'not-clear' });
  });
});

describe('a withdrawal between two words', () => {
  test('[G5] splits: what was said before it stays', () => {
    const { gate, clearance } = gateAt(10_000);
    clearance.speaker('bo', 1300, false);
    expect(gate.take(inWords('Well, my number is 0171', { id: 'a' }))).toEqual({
      kept: [
        {
          id: 'a',
          speaker: 'bo',
          startMs: 1000,
          endMs: 1300,
          text: 'Well, my number',
          final: true,
          words: [
            { text: 'Well,', startMs: 1000, endMs: 1100 },
            { text: 'my', startMs: 1100, endMs: 1200 },
            { text: 'number', startMs: 1200, endMs: 1300 },
          ],
        },
      ],
      withdrawn: [],
      dropped: 'not-clear',
    });
  });

  test('[G5] within a word takes the word too', () => {
    const { gate, clearance } = gateAt(10_000);
    clearance.speaker('bo', 1299, false);
    expect(textsOf(gate.take(inWords('Well, my number is')))).toEqual(['Well, my']);
  });

  test('[G5] and a new agreement later leave two parts, which reach over nothing in between', () => {
    const { gate, clearance } = gateAt(10_000);
    clearance.speaker('bo', 1200, false);
    clearance.speaker('bo', 1400, true);
    const { kept } = gate.take(inWords('one two three four five six', { id: 'a' }));
    expect(kept.map(({ id, startMs, endMs, text }) => [id, startMs, endMs, text])).toEqual([
      ['a', 1000, 1200, 'one two'],
      ['a#part2', 1400, 1600, 'five six'],
    ]);
  });

  test('[G5] in a silence splits too', () => {
    const { gate, clearance } = gateAt(10_000);
    clearance.speaker('bo', 1500, false);
    clearance.speaker('bo', 1600, true);
    const words = [
      { text: 'Yes', startMs: 1000, endMs: 1100 },
      { text: 'No', startMs: 1900, endMs: 2000 },
    ];
    const { kept } = gate.take(said({ text: 'Yes. No.', words }));
    expect(kept.map(({ startMs, endMs, text }) => [startMs, endMs, text])).toEqual([
      [1000, 1100, 'Yes.'],
      [1900, 2000, 'No.'],
    ]);
  });

  test('[G5] words that the text holds and the list of words does not are not let through', () => {
    const { gate, clearance } = gateAt(10_000);
    clearance.speaker('bo', 1200, false);
    const words = [
      { text: 'pin', startMs: 1000, endMs: 1100 },
      { text: 'is', startMs: 1100, endMs: 1200 },
      { text: 'thanks', startMs: 1900, endMs: 2000 },
    ];
    expect(textsOf(gate.take(said({ text: 'my pin 4711 is 0815, thanks', words })))).toEqual(['pin is']);
  });

  test('[G5] words beyond the segment count as part of it', () => {
    const { gate, clearance } = gateAt(10_000);
    clearance.speaker('bo', 1150, false);
    expect(textsOf(gate.take(inWords('one two three', { endMs: 1100 })))).toEqual(['one']);
  });

  test('keeps marks and scripts without spaces as they were written', () => {
    const { gate, clearance } = gateAt(10_000);
    clearance.speaker('bo', 1200, false);
    const words = ['東京', 'です', '秘密'].map((text, place) => ({
      text,
      startMs: 1000 + place * 100,
      endMs: 1100 + place * 100,
    }));
    expect(textsOf(gate.take(said({ text: '東京です、秘密', words })))).toEqual(['東京です、']);
    expect(textsOf(gate.take(said({ ...inWords('well - yes, "no"'), startMs: 1001 })))).toEqual(['well -']);
  });
});

describe('an unknown or mixed speaker', () => {
  test('[G5] passes only if all who were there were clear over the whole span, words or not', () => {
    const { gate, clearance } = gateAt(10_000);
    clearance.presence('cy', 1500, true);
    clearance.speaker('cy', 1600, true);
    const mixed = (more: Partial<Segment>) =>
      gate.take(inWords('one two three four five six', { speaker: null, ...more }));
    expect(mixed({})).toEqual({ ...nothing, dropped: 'speaker-unknown' });
    expect(gate.take(said({ speaker: null, startMs: 1001, endMs: 1500 })).kept).toHaveLength(1);
    expect(gate.take(said({ speaker: null, startMs: 1600, endMs: 1700 })).kept).toHaveLength(1);
  });

  test('[G5] is judged by the function that is handed in, while the transcript runs', () => {
    const asked: number[][] = [];
    const isEveryoneClear = (...span: [number, number]) => asked.push(span) > 1;
    const { gate, clearance } = gateAt(10_000, { isEveryoneClear });
    expect(gate.take(said({ speaker: null }))).toEqual({ ...nothing, dropped: 'speaker-unknown' });
    expect(gate.take(said({ speaker: null, startMs: 1500 })).kept).toHaveLength(1);
    clearance.running(1700, false);
    expect(gate.take(said({ speaker: null, startMs: 1600 }))).toEqual({ ...nothing, dropped: 'not-running' });
    expect(asked.every(([from = 0, to = 0]) => from < to)).toBe(true);
  });
});

describe('interim and final', () => {
  test('an interim segment is replaced by the next, and by the final one, under the same id', () => {
    const { gate } = gateAt(10_000);
    const taken = [
      gate.take(said({ id: 'a', text: 'Good', endMs: 1200, final: false })),
      gate.take(said({ id: 'a', text: 'Good mourning', final: false })),
      gate.take(said({ id: 'a' })),
    ];
    expect(taken.map((each) => [each.kept.map(({ id, text, final }) => [id, text, final]), each.withdrawn])).toEqual([
      [[['a', 'Good', false]], []],
      [[['a', 'Good mourning', false]], []],
      [[['a', 'Good morning', true]], []],
    ]);
  });

  test('without an id, or where only the final one has it, speaker and start say which it replaces', () => {
    for (const id of [undefined, 'a']) {
      const { gate } = gateAt(10_000);
      const first = gate.take(said({ text: 'Good', final: false }));
      const last = gate.take(said(id === undefined ? {} : { id }));
      expect(first.kept.map((each) => each.id)).toEqual(last.kept.map((each) => each.id));
      expect(gate.take(said(id === undefined ? {} : { id }))).toEqual({ ...nothing, dropped: 'repeated' });
    }
  });

  test('[G5] an interim one that passed is withdrawn where its final one does not', () => {
    const { gate, clearance } = gateAt(10_000);
    gate.take(said({ id: 'a', text: 'Good', endMs: 1200, final: false }));
    clearance.speaker('bo', 1300, false);
    expect(gate.take(said({ id: 'a' }))).toEqual({ kept: [], withdrawn: ['a'], dropped: 'not-clear' });
    expect(gate.take(said({ id: 'a', text: 'Good', endMs: 1200, final: false }))).toEqual({
      ...nothing,
      dropped: 'repeated',
    });
  });

  test('[G5] parts that were told and are none any more are withdrawn', () => {
    const { gate, clearance } = gateAt(10_000);
    clearance.speaker('bo', 1100, false);
    clearance.speaker('bo', 1200, true);
    gate.take(inWords('one two three', { id: 'a', final: false }));
    const last = gate.take(inWords('one two', { id: 'a' }));
    expect([textsOf(last), last.withdrawn]).toEqual([['one'], ['a#part2']]);
  });

  test('what comes after the final one, or twice, is dropped, in whichever form', () => {
    const { gate } = gateAt(10_000);
    gate.take(said({ id: 'a' }));
    for (const more of [{}, { final: false }, { text: 'Something else', endMs: 3000 }]) {
      expect(gate.take(said({ id: 'a', ...more }))).toEqual({ ...nothing, dropped: 'repeated' });
    }
    expect(gate.take(said())).toEqual({ ...nothing, dropped: 'repeated' });
    expect(gate.take(said({ id: 'b' })).kept).toHaveLength(1);
  });

  test('a speaker who is found out later replaces nobody, by the id', () => {
    const { gate } = gateAt(10_000);
    gate.take(said({ id: 'a', speaker: null, final: false }));
    expect(gate.take(said({ id: 'a', speaker: 'cy' }))).toEqual({ kept: [], withdrawn: ['a'], dropped: 'not-clear' });
  });

  test('segments come in any order', () => {
    const { gate } = gateAt(10_000);
    const starts = [5000, 1000, 9000, 3000];
    expect(starts.map((startMs) => gate.take(said({ startMs, endMs: startMs + 10 })).kept.length)).toEqual([
      1, 1, 1, 1,
    ]);
  });

  test('an engine’s id is never taken for one that is made here', () => {
    const { gate, clearance } = gateAt(10_000);
    clearance.speaker('bo', 1100, false);
    clearance.speaker('bo', 1200, true);
    const made = [
      ...gate.take(inWords('one two three', { id: 'a' })).kept,
      ...gate.take(said({ id: 'a#part2', startMs: 3000, endMs: 3100 })).kept,
      ...gate.take(said({ startMs: 4000, endMs: 4100 })).kept,
      ...gate.take(said({ id: '#4000#bo', startMs: 5000, endMs: 5100 })).kept,
    ].map(({ id }) => id);
    expect(made).toEqual(['a', 'a#part2', 'a##part2', '#4000#bo', '##4000##bo']);
  });

  test('every id ends with what is handed in, and no engine’s id is taken for one that does', () => {
    const { gate, clearance } = gateAt(10_000, { idEnding: '#t' });
    clearance.speaker('bo', 1100, false);
    clearance.speaker('bo', 1200, true);
    const made = [
      ...gate.take(inWords('one two three', { id: 'a' })).kept,
      ...gate.take(said({ id: 'b#t', startMs: 3000, endMs: 3100 })).kept,
      ...gate.take(said({ startMs: 4000, endMs: 4100 })).kept,
    ].map(({ id }) => id);
    expect(made).toEqual(['a#t', 'a#t#part2', 'b##t#t', '#4000#bo#t']);
  });
});

describe('time', () => {
  test('what reaches beyond now by more than the tolerance is refused, and may come again', () => {
    const { gate, clock } = gateAt(1500);
    expect(gate.take(said({ endMs: 2001 }))).toEqual({ ...nothing, dropped: 'ahead-of-time' });
    expect(gate.take(inWords('one two three four five six seven eight nine ten eleven', { endMs: 1200 }))).toEqual({
      ...nothing,
      dropped: 'ahead-of-time',
    });
    clock.nowMs = 2001;
    expect(gate.take(said({ endMs: 2001 })).kept).toHaveLength(1);
  });

  test('[G5] what reaches beyond now by less was spoken until now: nothing that is withdrawn later is in it', () => {
    const { gate } = gateAt(1150);
    const { kept } = gate.take(inWords('one two three', { id: 'a' }));
    expect(kept).toEqual([
      {
        id: 'a',
        speaker: 'bo',
        startMs: 1000,
        endMs: 1150,
        text: 'one two three',
        final: true,
        words: [
          { text: 'one', startMs: 1000, endMs: 1100 },
          { text: 'two', startMs: 1100, endMs: 1150 },
          { text: 'three', startMs: 1150, endMs: 1150 },
        ],
      },
    ]);
  });

  test('[G5] what comes later than is remembered who was clear is refused, and is no way to repeat', () => {
    const { gate, clock } = gateAt(2000, { toleranceMs: 0 }, 1000);
    const seen: (string | undefined)[] = [];
    expect(gate.take(said({ id: 'a' })).kept).toHaveLength(1);
    for (const nowMs of [2500, 3000, 3001, 5000, 10_000]) {
      clock.nowMs = nowMs;
      gate.take(said({ id: `other-${nowMs}`, startMs: nowMs, endMs: nowMs }));
      seen.push(gate.take(said({ id: 'a' })).dropped);
    }
    expect(seen).toEqual(['repeated', 'repeated', 'too-late', 'too-late', 'too-late']);
  });
});

describe('what is no segment', () => {
  const own = (text: string): unknown => JSON.parse(text);
  test.each<[unknown, string]>([
    [null, 'segment: expected an object'],
    ['Good morning', 'segment: expected an object'],
    [[], 'segment: expected an object'],
    [own('{"__proto__":{"text":"x"},"speaker":"bo"}'), 'segment: expected an object'],
    [said({ startMs: -1 }), 'startMs: expected milliseconds since the recording began, from 0'],
    [said({ startMs: Number.NaN }), 'startMs: expected milliseconds since the recording began, from 0'],
    [said({ startMs: '1000' as never }), 'startMs: expected milliseconds since the recording began, from 0'],
    [said({ endMs: 999 }), 'endMs: expected milliseconds, not before startMs'],
    [said({ endMs: Number.POSITIVE_INFINITY }), 'endMs: expected milliseconds, not before startMs'],
    [said({ text: 5 as never }), 'text: expected a text of at most 4000 characters'],
    [said({ text: 'x'.repeat(4001) }), 'text: expected a text of at most 4000 characters'],
    [said({ final: undefined as never }), 'final: expected true or false'],
    [said({ speaker: undefined as never }), 'speaker: expected the id of a participant, or null'],
    [said({ speaker: '' }), 'speaker: expected the id of a participant, or null'],
    [said({ speaker: '__proto__' }), 'speaker: expected the id of a participant, or null'],
    [said({ speaker: 'x'.repeat(129) }), 'speaker: expected the id of a participant, or null'],
    [said({ id: 'constructor' }), 'id: expected a name of at most 128 characters'],
    [said({ id: 7 as never }), 'id: expected a name of at most 128 characters'],
    [said({ language: 7 as never }), 'language: expected a tag such as "en" (BCP 47)'],
    [said({ words: 'Good' as never }), 'words: expected a list'],
    [said({ words: [null as never] }), 'words[0]: expected an object'],
    [
      said({ words: [{ text: 'x', startMs: 5, endMs: 4 }] }),
      'words[0].endMs: expected milliseconds, not before startMs',
    ],
    [
      said({ words: [{ text: 5 as never, startMs: 4, endMs: 4 }] }),
      'words[0].text: expected a text of at most 4000 characters',
    ],
    [
      said({ words: Array.from({ length: 2 }, () => ({ text: 'x'.repeat(2001), startMs: 4, endMs: 4 })) }),
      'words: expected at most 4000 characters together',
    ],
  ])('[G5] is refused, and says why: %#', (segment, fault) => {
    const { gate } = gateAt(10_000);
    expect(gate.take(segment as Segment)).toEqual({ ...nothing, dropped: 'invalid', fault });
  });

  test('the longest text passes', () => {
    const { gate } = gateAt(10_000);
    expect(gate.take(said({ text: 'x'.repeat(4000) })).kept).toHaveLength(1);
  });
});
