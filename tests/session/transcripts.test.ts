import { describe, expect, test } from 'vitest';
import { simulate } from '../../src/simulator/simulation.ts';
import type { Segment } from '../../src/transcript/transcript.types.ts';

const meeting = (more: object = {}) =>
  simulate({
    participants: [{ id: 'hana', role: 'host' }, { id: 'ivo', role: 'co-host' }, { id: 'bo' }],
    meeting: { policy: { extends: 'gdpr', transcription: { readers: 'everyone' } } },
    steps: [],
    until: '1h',
    ...more,
  });

/** Everyone has agreed to be written down, and the recording runs. */
async function transcribing(more: object = {}) {
  const simulation = meeting(more);
  await simulation.as('hana').requestsRecording('cloud', true);
  await simulation.waits('3s');
  for (const who of ['ivo', 'bo']) await simulation.as(who).givesConsent({ purposes: ['recording', 'transcription'] });
  await simulation.waits('5s');
  return simulation;
}

const segment: Segment = { id: 's', speaker: 'bo', startMs: 5000, endMs: 6000, text: 'hello', final: true };
const textsOf = ({ hooks }: ReturnType<typeof simulate>, who: string): string[] =>
  hooks(who)
    .filter(({ hook }) => hook === 'transcriptSegment')
    .map(({ payload }) => (payload as { segment: Segment }).segment.text);

describe('feedSegment', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'hello'],
    ['no speaker', { ...segment, speaker: undefined }],
    ['a text that is none', { ...segment, text: 5 }],
    ['a time that is none', { ...segment, startMs: '1s' }],
    ['no word of whether it is final', { ...segment, final: undefined }],
    ['words that are no list', { ...segment, words: 'hello' }],
    ['a word that is none', { ...segment, words: [{ text: 'hello' }] }],
  ])('throws a TypeError for %s', async (_, given) => {
    const simulation = await transcribing();
    expect(() => simulation.session('hana')?.feedSegment(given as Segment)).toThrow(TypeError);
  });

  test('[G8] takes a segment once, from whichever host it comes, and tells every reader', async () => {
    const simulation = await transcribing({ network: { latencyMs: [10, 90], duplicate: 0.5, seed: 4 } });
    const outcomes = [
      simulation.session('hana')?.feedSegment(segment),
      simulation.session('ivo')?.feedSegment(segment),
    ];
    await simulation.waits('2s');
    expect(await Promise.all(outcomes)).toEqual([{ outcome: 'done' }, { outcome: 'done' }]);
    expect(['hana', 'ivo', 'bo'].map((who) => textsOf(simulation, who))).toEqual([['hello'], ['hello'], ['hello']]);
  });

  test('a long one, told in chunks, arrives whole', async () => {
    const simulation = await transcribing({ network: { latencyMs: [10, 90], seed: 4 } });
    const text = 'words and words '.repeat(240).trim();
    void simulation.session('ivo')?.feedSegment({ ...segment, text });
    await simulation.waits('2s');
    expect(textsOf(simulation, 'bo')).toEqual([text]);
  });

  test('is denied for whom does not host, and where there is no transcript', async () => {
    const simulation = await transcribing();
    const denied = simulation.session('bo')?.feedSegment(segment);
    await simulation.as('hana').stopsTranscript();
    await simulation.waits('10s');
    const late = simulation.session('hana')?.feedSegment(segment);
    await simulation.waits('1s');
    expect([await denied, await late]).toEqual([
      { outcome: 'denied', code: 'session/not-permitted' },
      { outcome: 'denied', code: 'transcript/not-running' },
    ]);
    expect(textsOf(simulation, 'hana')).toEqual([]);
  });
});

describe('readers', () => {
  test('[G8] hear each segment once and in order over a network that loses, repeats and reorders', async () => {
    const network = { latencyMs: [5, 200], loss: 0.3, duplicate: 0.3, reorder: true, seed: 11 } as const;
    const simulation = await transcribing({ network });
    await simulation.waits('10s');
    const words = Array.from({ length: 60 }, (_, place) => `w${place}`);
    for (const word of words) {
      await simulation.as('bo').says(word);
      await simulation.waits('200ms');
    }
    await simulation.waits('40s');
    const heard = textsOf(simulation, 'hana');
    expect(heard.length).toBeGreaterThan(50);
    expect(textsOf(simulation, 'ivo')).toEqual(heard);
    expect(textsOf(simulation, 'bo')).toEqual(heard);
  });

  test('find where each transcript stands in the snapshot', async () => {
    const simulation = await transcribing();
    const views = () =>
      simulation
        .session('bo')
        ?.getSnapshot()
        .transcripts.map(({ status }) => status);
    expect(views()).toEqual(['transcribing']);
    await simulation.as('hana').stopsRecording();
    await simulation.waits('6s');
    expect(views()).toEqual(['ready']);
    await simulation.as('hana').erasesRecording();
    expect(views()).toEqual(['erased']);
  });

  test('[G8] a host who leaves in order and alone leaves no transcript unfinished', async () => {
    const simulation = meeting({ participants: [{ id: 'hana', role: 'host' }, { id: 'bo' }] });
    await simulation.as('hana').requestsRecording('cloud', true);
    await simulation.as('bo').givesConsent({ purposes: ['recording', 'transcription'] });
    await simulation.waits('5s');
    await simulation.as('hana').leaves();
    await simulation.waits('5s');
    const told = simulation
      .hooks('bo')
      .filter(({ hook }) => hook === 'transcriptChanged')
      .map(({ payload }) => (payload as { status: string }).status);
    expect(told.at(-1)).toBe('ready');
  });
});

test('[G5] [G12] whoever reads is told of an erasure, however many transcripts came after it', async () => {
  const simulation = await transcribing();
  const recordingIds = [simulation.session('hana')?.getSnapshot().recordings[0]?.recordingId ?? ''];
  for (let count = 0; count < 5; count += 1) {
    await simulation.as('hana').stopsRecording();
    await simulation.waits('6s');
    await simulation.as('hana').requestsRecording('cloud', true);
    await simulation.waits('1s');
    for (const who of ['ivo', 'bo'])
      await simulation.as(who).givesConsent({ purposes: ['recording', 'transcription'] });
    await simulation.waits('1s');
    recordingIds.push(simulation.session('hana')?.getSnapshot().recordings[0]?.recordingId ?? '');
  }
  expect(new Set(recordingIds).size).toBe(6);
  const erased = recordingIds.slice(0, 2);
  const outcomes = erased.map((recordingId) => simulation.session('hana')?.eraseRecording(recordingId));
  await simulation.waits('1s');
  expect(await Promise.all(outcomes)).toEqual([{ outcome: 'done' }, { outcome: 'done' }]);
  for (const reader of ['hana', 'ivo', 'bo']) {
    const told = simulation
      .hooks(reader)
      .filter(
        ({ hook, payload }) => hook === 'transcriptChanged' && (payload as { status: string }).status === 'erased',
      )
      .map(({ payload }) => (payload as { recordingId: string }).recordingId);
    expect(told.sort()).toEqual([...erased].sort());
  }
});
