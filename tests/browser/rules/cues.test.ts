import { describe, expect, test } from 'vitest';
import { type Cue, isOutdated, tones, voiceFor } from '../../../src/browser/cues.rules.ts';
import type { CueKind } from '../../../src/hooks/hooks.types.ts';

const cue = (kind: CueKind, more: Partial<Cue> = {}): Cue => ({
  cueId: `${kind}-1`,
  cue: kind,
  purpose: 'recording',
  purposes: ['recording'],
  recordingId: 'r',
  playInMs: 5000,
  announcement: { text: 'words', locale: 'en' },
  ...more,
});

const questions: readonly CueKind[] = ['asking', 'reminder'];
const statuses: readonly CueKind[] = ['started', 'paused', 'resumed', 'stopped', 'ended-unexpectedly'];
const kinds = Object.keys(tones) as CueKind[];

describe('a cue that waits', () => {
  test('[G10] is outdated by one of its own kind, and by the end of its recording', () => {
    const outdates = (earlier: CueKind): CueKind[] =>
      kinds.filter((later) => isOutdated(cue(earlier), cue(later, { cueId: 'later' })));
    const ends: readonly CueKind[] = ['stopped', 'ended-unexpectedly'];
    const inOrder = (some: readonly CueKind[]) => kinds.filter((kind) => some.includes(kind));
    for (const kind of questions) expect(outdates(kind)).toEqual(inOrder([...questions, ...ends]));
    for (const kind of statuses) expect(outdates(kind)).toEqual(inOrder(statuses));
    expect(outdates('answered')).toEqual(inOrder(['answered', ...ends]));
  });

  test('[G10] is never outdated by another recording, nor by one that speaks of less', () => {
    const later = { cueId: 'later' };
    expect(isOutdated(cue('started'), cue('stopped', { ...later, recordingId: 's' }))).toBe(false);
    const both = { purposes: ['recording', 'transcription'] };
    expect(isOutdated(cue('started', both), cue('stopped', later))).toBe(false);
    expect(isOutdated(cue('started'), cue('stopped', { ...later, ...both }))).toBe(true);
  });

  test('is outdated by itself, whatever it says the second time', () => {
    expect(isOutdated(cue('asking'), cue('started', { cueId: 'asking-1', recordingId: 's' }))).toBe(true);
  });
});

test('a tone rises for what begins, falls for what ends, and is over in 600 ms', () => {
  const pitches = (kind: CueKind) => tones[kind].map(({ hertz }) => hertz);
  const isSorted = (some: readonly number[]) =>
    some.every((each, index) => index === 0 || each > (some[index - 1] ?? 0));
  for (const kind of ['asking', 'started', 'resumed'] as const)
    expect([kind, isSorted(pitches(kind))]).toEqual([kind, true]);
  for (const kind of ['paused', 'stopped'] as const) {
    expect([kind, isSorted([...pitches(kind)].reverse())]).toEqual([kind, true]);
  }
  expect(new Set(pitches('reminder')).size).toBe(1);
  expect(kinds.map((kind) => tones[kind].length)).toEqual([2, 1, 3, 2, 2, 3, 3, 2]);
  expect(new Set(kinds.map((kind) => pitches(kind).join())).size).toBe(kinds.length);
  for (const kind of kinds) {
    let endMs = 0;
    for (const note of tones[kind]) {
      expect([kind, note.atMs]).toEqual([kind, endMs]);
      expect(note.lengthMs).toBeGreaterThan(100);
      endMs += note.lengthMs;
    }
    expect(endMs).toBeLessThanOrEqual(600);
  }
});

describe('the voice for a language', () => {
  const voice = (lang: string, localService = false, byDefault = false) => ({ lang, localService, default: byDefault });
  const american = voice('en-US');
  const british = voice('en_GB');
  const own = voice('en-AU', true);
  const usual = voice('en-IE', false, true);
  const german = voice('de-DE', true, true);

  test('is of the language, or there is none', () => {
    expect(voiceFor([german, american], 'en')).toBe(american);
    expect(voiceFor([german], 'en')).toBeUndefined();
    expect(voiceFor([german], 'da')).toBeUndefined();
    expect(voiceFor([voice('fi-FI')], 'fil-PH')).toBeUndefined();
    expect(voiceFor([], 'en')).toBeUndefined();
  });

  test('is of the region first, then on the device, then the usual one, then the first', () => {
    expect(voiceFor([own, usual, british], 'en-gb')).toBe(british);
    expect(voiceFor([american, usual, own], 'en-NZ')).toBe(own);
    expect(voiceFor([american, usual], 'en')).toBe(usual);
    expect(voiceFor([american, british], 'en')).toBe(american);
    const ownAndUsual = voice('en-ZA', true, true);
    expect(voiceFor([ownAndUsual, british], 'en-GB')).toBe(british);
    expect(voiceFor([own, ownAndUsual], 'en')).toBe(ownAndUsual);
    expect(voiceFor([british, own], 'EN_gb')).toBe(british);
  });
});
