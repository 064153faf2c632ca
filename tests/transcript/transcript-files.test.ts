import { describe, expect, test } from 'vitest';
import { isNoticeError } from '../../src/core/errors.ts';
import { Clearance } from '../../src/transcript/clearance.ts';
import { readPlainText, writePlainText } from '../../src/transcript/plain-text.ts';
import { SegmentGate } from '../../src/transcript/segment-gate.ts';
import { readTranscriptJson, writeTranscriptJson } from '../../src/transcript/transcript.parse.ts';
import type { Transcript } from '../../src/transcript/transcript.types.ts';
import { readWebVtt } from '../../src/transcript/webvtt.parse.ts';

const at = '2026-01-02T03:04:05.000Z';
const ids = { transcriptId: 't', recordingId: 'r' };
const transcript: Transcript = {
  ...ids,
  language: 'en',
  segments: [
    { id: 'a', speaker: 'bo', startMs: 1000, endMs: 2500.5, text: 'Good: morning', final: true, language: 'en' },
    { id: 'b', speaker: null, startMs: 360_001_000, endMs: 360_002_000, text: 'two\n\nlines', final: true },
    {
      id: 'c',
      speaker: 'a: b',
      startMs: 0,
      endMs: 0,
      text: 'heard',
      final: true,
      words: [{ text: 'heard', startMs: 0, endMs: 0 }],
      corrections: [
        { by: 'cy', at, text: 'meant' },
        { by: 'cy', at, speaker: null },
      ],
      cue: { number: 3, id: 'x', settings: 'line:0', payload: '<v a: b>heard\n' },
    },
  ],
};

function faultOf(task: () => unknown): unknown {
  try {
    return task();
  } catch (error) {
    return isNoticeError(error, 'transcript/invalid') ? [error.pointer, error.message] : error;
  }
}

describe('a transcript as JSON', () => {
  test('is read as it was written, with all that is kept of it', () => {
    expect(readTranscriptJson(writeTranscriptJson(transcript))).toEqual(transcript);
  });

  test('is read with parts of a segment whose id an engine made as long as it may, and with a cue that says nothing', async () => {
    const clearance = new Clearance();
    clearance.running(0, true);
    clearance.speaker('bo', 0, true);
    clearance.speaker('bo', 100, false);
    clearance.speaker('bo', 200, true);
    const words = [0, 100, 200].map((startMs) => ({ text: 'word', startMs, endMs: startMs + 100 }));
    const gate = new SegmentGate({ clearance, now: () => 300 });
    const heard = { id: '#'.repeat(128), speaker: 'bo', startMs: 0, endMs: 300, text: 'word word word', words };
    const { kept } = gate.take({ ...heard, final: true });
    const { segments } = await readWebVtt('WEBVTT\n\nx\n00:01.000 --> 00:02.000\n', ids);
    const all = { ...ids, segments: [...kept, ...segments] };
    expect(all.segments.map(({ id }) => id.length)).toEqual([256, 262, 1]);
    expect(readTranscriptJson(writeTranscriptJson(all))).toEqual(all);
  });

  const [first] = transcript.segments;
  const broken = (more: object, segment: object = {}) =>
    JSON.stringify({ v: 1, ...ids, segments: [{ ...first, ...segment }], ...more });
  test.each([
    ['{', '', /^transcript \(whole\): expected JSON: /],
    ['[]', '/v', /^transcript\/v: /],
    [broken({ v: 2 }), '/v', /^transcript\/v: /],
    [broken({ recordingId: undefined }), '/recordingId', /./],
    [broken({ extra: 1 }), '/extra', /./],
    [broken({ segments: [first, first] }), '/segments', /Expected each id once$/],
    [broken({}, { endMs: 1 }), '/segments/0', /endMs: expected milliseconds, not before startMs$/],
    [broken({}, { speaker: '__proto__' }), '/segments/0', /speaker: expected the id of a participant, or null$/],
    [broken({}, { text: 'x'.repeat(4001) }), '/segments/0/text', /./],
    [broken({}, { corrections: [{ by: 'cy', at: 'yesterday' }] }), '/segments/0/corrections/0/at', /./],
    [broken({}, { cue: { number: 1, payload: 'x', settings: 'a\n\nb' } }), '/segments/0/cue/settings', /./],
    [broken({}, { cue: { number: 1, payload: 'x', settings: '--> b' } }), '/segments/0/cue/settings', /./],
  ])('refuses %.60s', (json, pointer, message) => {
    expect(faultOf(() => readTranscriptJson(json))).toEqual([pointer, expect.stringMatching(message)]);
  });
});

describe('a transcript as plain text', () => {
  const file = [
    '[00:00:01.000 - 00:00:02.501] bo: Good: morning',
    '[100:00:01.000 - 100:00:02.000] ?: two',
    '  lines',
    '[00:00:00.000 - 00:00:00.000] ?: meant',
    '    (heard: heard)',
    '    (heard as: a:b)',
    '',
  ].join('\n');

  test('is a line for each segment, with what was heard below what was corrected', () => {
    expect(writePlainText(transcript)).toBe(file);
    expect(writePlainText({ ...ids, segments: transcript.segments.slice(0, 1) }, { nameOf: () => 'Bo\nJensen' })).toBe(
      '[00:00:01.000 - 00:00:02.501] Bo Jensen: Good: morning\n',
    );
  });

  test('is read as it reads', () => {
    const read = readPlainText(`\uFEFF${file.replaceAll('\n', '\r\n')}`, {
      ...ids,
      language: 'en',
      speakerOf: (name) => `p-${name}`,
    });
    expect(read).toEqual({
      ...ids,
      language: 'en',
      segments: [
        { id: '1', speaker: 'p-bo', startMs: 1000, endMs: 2501, text: 'Good: morning', final: true },
        { id: '2', speaker: null, startMs: 360_001_000, endMs: 360_002_000, text: 'two\nlines', final: true },
        { id: '3', speaker: null, startMs: 0, endMs: 0, text: 'meant', final: true },
      ],
    });
    expect(readPlainText('', ids)).toEqual({ ...ids, segments: [] });
  });

  test.each([
    ['Bo: Hi', 'line 1: expected "[00:00:01.000 - 00:00:02.500] Name: text"'],
    [
      '[00:00:01.000 - 00:00:02.000] Bo: Hi\n[00:00:99.000 - 00:00:02.000] Bo: Hi',
      'line 2: expected "[00:00:01.000 - 00:00:02.500] Name: text"',
    ],
    ['  Hi', 'line 1: expected "[00:00:01.000 - 00:00:02.500] Name: text"'],
  ])('refuses %j', (text, message) => {
    expect(faultOf(() => readPlainText(text, ids))).toEqual(['', `transcript (whole): ${message}`]);
  });

  test('refuses a segment that ends before it begins', () => {
    expect(faultOf(() => readPlainText('[00:00:02.000 - 00:00:01.000] Bo: Hi', ids))).toEqual([
      '/segments/0',
      'transcript/segments/0: endMs: expected milliseconds, not before startMs',
    ]);
  });
});
