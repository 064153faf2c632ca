import { parse } from 'node-webvtt';
import { describe, expect, test } from 'vitest';
import { KeptTranscript } from '../../src/transcript/kept-transcript.ts';
import type { KeptSegment } from '../../src/transcript/transcript.types.ts';
import { readWebVtt } from '../../src/transcript/webvtt.parse.ts';
import { writeWebVtt } from '../../src/transcript/webvtt.ts';
import { talk } from './webvtt-talk.ts';

const ids = { transcriptId: 't', recordingId: 'r' };
const read = async (file: string) => (await readWebVtt(file, ids)).segments;
const said = (more: Partial<KeptSegment> = {}): KeptSegment => ({
  id: 'a',
  speaker: 'bo',
  startMs: 1000,
  endMs: 2500,
  text: 'Good morning',
  final: true,
  ...more,
});
const written = (...segments: KeptSegment[]) => writeWebVtt({ ...ids, segments });

/** By another reader than ours, which shares no code with it. */
const readByAnother = (file: string) => {
  const { cues, valid } = parse(file, { strict: true });
  expect(valid).toBe(true);
  return cues.map(({ start, end, text }) => ({
    startMs: Math.round(start * 1000),
    endMs: Math.round(end * 1000),
    payload: text,
  }));
};

describe('a talk of more than an hour', () => {
  test.each([
    [1, 2],
    [2, 3],
    [3, 4],
    [4, 5],
  ])(
    '[G5] without one of its speakers, every other cue is what it was to the byte (seed %i, %i people)',
    async (seed, people) => {
      const { file, cues } = talk(seed, people);
      const transcript = await readWebVtt(file, ids);
      expect(transcript.language).toBe('en-GB');
      expect(transcript.segments.length).toBe(cues.length);
      expect(cues.at(-1)?.endMs).toBeGreaterThan(3_600_000);
      const redacted = 'Bo';
      const kept = KeptTranscript.of(transcript);
      const removed = kept.redact(redacted);
      const out = writeWebVtt(kept.toTranscript());
      const others = cues.filter(({ speaker }) => speaker !== redacted);
      expect(removed).toBe(cues.length - others.length);
      expect(removed).toBeGreaterThan(50);
      expect(readByAnother(out)).toEqual(others.map(({ startMs, endMs, payload }) => ({ startMs, endMs, payload })));
      expect(out).not.toContain('Bo');
    },
  );

  test('what is written is read again as the same, and written again as the same', async () => {
    const first = await readWebVtt(talk(5, 5).file, ids);
    const file = writeWebVtt(first);
    const { language: _, ...again } = first;
    expect(await readWebVtt(file, ids)).toEqual(again);
    expect(writeWebVtt(await readWebVtt(file, ids))).toBe(file);
  });
});

describe('reading a WebVTT file', () => {
  test('a voice is a speaker, entities are characters, and lines stay lines', async () => {
    const file =
      'WEBVTT\n\n1\n00:01.000 --> 00:02.500 line:85% align:start\n<v Cy &amp; Co>R&amp;D <i>is</i>\n1 &lt; 2</v>\n';
    expect(await read(file)).toEqual([
      {
        id: '1',
        speaker: 'Cy & Co',
        startMs: 1000,
        endMs: 2500,
        text: 'R&D is\n1 < 2',
        final: true,
        cue: {
          number: 1,
          id: '1',
          settings: 'line:85% align:start',
          payload: '<v Cy &amp; Co>R&amp;D <i>is</i>\n1 &lt; 2</v>',
        },
      },
    ]);
  });

  test('a cue of two speakers becomes two segments, is written as one again, and loses one without the other', async () => {
    for (const [cue, left] of [
      ['- <v Ana>Hello?</v>\n- <v Bo>Hi!</v>', '- <v Ana>Hello?</v>'],
      ['- <v Bo>Hi!</v>\n- <v Ana>Hello?</v>', '- <v Ana>Hello?</v>'],
      ['<v Ana>Hello?\n<v Bo>Hi!', '<v Ana>Hello?'],
      ['<v.loud Bo>Hi!</v> <v Ana>Hello?</v>', ' <v Ana>Hello?</v>'],
    ] as const) {
      const file = `WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n${cue}\n`;
      const transcript = await readWebVtt(file, ids);
      expect(transcript.segments.map(({ speaker, text }) => [speaker, text]).sort()).toEqual([
        ['Ana', expect.stringMatching(/Hello\?$/)],
        ['Bo', expect.stringMatching(/Hi!$/)],
      ]);
      expect(writeWebVtt(transcript)).toBe(file);
      const kept = KeptTranscript.of(transcript);
      kept.redact('Bo');
      expect(readByAnother(writeWebVtt(kept.toTranscript()))).toEqual([{ startMs: 1000, endMs: 2000, payload: left }]);
    }
  });

  test('[G5] where it cannot be told whose the words are, they are nobody’s', async () => {
    const [cue] = await read('WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>Yes.</v> No, he said <v Bo>Maybe.</v>\n');
    expect([cue?.speaker, cue?.text]).toEqual([null, 'Yes. No, he said Maybe.']);
  });

  test('words that look like settings are words', async () => {
    const file = 'WEBVTT\n\n00:01.000 --> 00:02.000\nposition: open\nsize: two\n';
    expect((await read(file)).map(({ text }) => text)).toEqual(['position: open\nsize: two']);
    expect(writeWebVtt(await readWebVtt(file, ids))).toBe(file.replaceAll(/00:0/g, '00:00:0'));
  });

  test('an id that looks like a note, a style or a region is an id, and its cue is there', async () => {
    const cues = ['NOTEBOOK', 'STYLE2', 'REGION-1'].map(
      (id, place) => `${id}\n00:0${place}.000 --> 00:09.000\n${place}\n`,
    );
    const file = `WEBVTT\n\nNOTE no --> cue\n\n${cues.join('\n')}\nNOTE\nnone\n`;
    expect((await read(file)).map(({ id, text }) => [id, text])).toEqual([
      ['NOTEBOOK', '0'],
      ['STYLE2', '1'],
      ['REGION-1', '2'],
    ]);
  });

  test('a cue that says nothing is one, and is written as it was; a segment that says nothing becomes none', async () => {
    const file = 'WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n\n\n2\n00:00:03.000 --> 00:00:04.000\nHi\n';
    const transcript = await readWebVtt(file, ids);
    expect(transcript.segments.map(({ text }) => text)).toEqual(['', 'Hi']);
    expect(writeWebVtt(transcript)).toBe(file);
    expect(written(said({ text: ' ' }), said({ text: 'Hi', speaker: null }))).toBe(
      'WEBVTT\n\na\n00:00:01.000 --> 00:00:02.500\nHi\n',
    );
  });

  test('names become ids by the word of whoever reads', async () => {
    const file = 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>Hi\n\n00:03.000 --> 00:04.000\n<v Bo>Hi\n';
    const { segments } = await readWebVtt(file, { ...ids, speakerOf: (name) => (name === 'Ana' ? 'p-1' : null) });
    expect(segments.map(({ id, speaker }) => [id, speaker])).toEqual([
      ['1', 'p-1'],
      ['2', null],
    ]);
  });

  test('ids are made unlike each other', async () => {
    const file = `WEBVTT\n\n${['2', '2', '2'].map((id) => `${id}\n00:01.000 --> 00:02.000\nHi\n`).join('\n')}`;
    expect((await read(file)).map(({ id }) => id)).toEqual(['2', '2.1', '3']);
  });

  test.each([
    ['', 'transcript (whole): expected a WebVTT file, which begins with WEBVTT'],
    ['1\n00:01.000 --> 00:02.000\nHi\n', 'transcript (whole): expected a WebVTT file, which begins with WEBVTT'],
    [
      'WEBVTT\n\n00:02.000 --> 00:01.000\nHi\n',
      'transcript (whole): 1 cues cannot be read; expected each cue to end after it begins',
    ],
    ['WEBVTT\n\n0:x --> 00:01.000\nHi\n', /1 cues cannot be read; line 3: /],
    [
      `WEBVTT\n\n00:01.000 --> 00:02.000\n${'x'.repeat(4001)}\n`,
      'transcript/segments/0: text: expected a text of at most 4000 characters',
    ],
    [
      'WEBVTT\n\n00:01.000 --> 00:02.000\n<v __proto__>Hi\n',
      'transcript/segments/0: speaker: expected the id of a participant, or null',
    ],
  ])('refuses %j', async (file, message) => {
    await expect(read(file)).rejects.toMatchObject({
      code: 'transcript/invalid',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });
});

describe('writing a WebVTT file', () => {
  test('a segment is a cue with its speaker as the voice, whatever is in either', () => {
    const text = 'a --> b <b>&amp;\n\n\r\nNOTE c';
    const out = written(
      said({ text }),
      said({ id: 'x\n-->', speaker: null, startMs: 3_600_000, endMs: 3_600_000, text: 'Hm' }),
    );
    expect(out).toBe(
      'WEBVTT\n\na\n00:00:01.000 --> 00:00:02.500\n<v bo>a --&gt; b &lt;b&gt;&amp;amp;\nNOTE c</v>\n\n01:00:00.000 --> 01:00:00.001\nHm\n',
    );
    expect(readByAnother(out)).toEqual([
      { startMs: 1000, endMs: 2500, payload: '<v bo>a --&gt; b &lt;b&gt;&amp;amp;\nNOTE c</v>' },
      { startMs: 3_600_000, endMs: 3_600_001, payload: 'Hm' },
    ]);
  });

  test('what was said is read back as it was said, by whatever name', async () => {
    const names = ['Bo > Cy', 'A & B', 'Ève', 'x<y', 'tab\tbed'];
    const texts = ['1 < 2 && 3 > 2', '&lt;', '</v>', '<v Ana>No', 'size: 5', '-->', 'two\nlines'];
    const segments = names.flatMap((speaker, a) => texts.map((text, b) => said({ id: `${a}-${b}`, speaker, text })));
    const again = await read(writeWebVtt({ ...ids, segments }));
    expect(again.map(({ id, speaker, text }) => [id, speaker, text])).toEqual(
      segments.map(({ id, speaker, text }) => [id, speaker?.replace('\t', ' '), text]),
    );
  });

  test('what was corrected reads as corrected, after a note of what was heard', () => {
    const corrections = [
      { by: 'cy', at: '2026-01-02T03:04:05.000Z', text: 'Good evening' },
      { by: 'ana', at: '2026-01-02T03:05:05.000Z', speaker: 'cy' },
    ];
    const out = writeWebVtt(
      { ...ids, segments: [said({ corrections, cue: { number: 1, payload: 'Good morning' } })] },
      { nameOf: (id) => id.toUpperCase() },
    );
    expect(out).toBe(
      [
        'WEBVTT\n',
        'NOTE Corrected by CY at 2026-01-02T03:04:05.000Z; it was heard as: Good morning\n',
        'NOTE Corrected by ANA at 2026-01-02T03:05:05.000Z; the speaker as: BO\n',
        '00:00:01.000 --> 00:00:02.500\n<v CY>Good evening</v>\n',
      ].join('\n'),
    );
    expect(readByAnother(out)).toEqual([{ startMs: 1000, endMs: 2500, payload: '<v CY>Good evening</v>' }]);
  });
});
