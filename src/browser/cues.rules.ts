import type { CueKind, HookMap } from '../hooks/hooks.types.ts';

export type Cue = HookMap['cueRequested'];

const asks: readonly CueKind[] = ['asking', 'reminder'];
const kindOf = (cue: CueKind) => (cue === 'answered' ? 'answer' : asks.includes(cue) ? 'question' : 'status');
const ends: readonly CueKind[] = ['stopped', 'ended-unexpectedly'];

/**
 * Whether a cue that has not been heard yet is no longer worth hearing once a later one is there: the end of a
 * recording tells all, a status replaces a status, a question a question, an answer an answer. A start replaces neither its question nor the answer to it.
 */
export function isOutdated(earlier: Cue, later: Cue): boolean {
  if (earlier.cueId === later.cueId) return true;
  if (earlier.recordingId !== later.recordingId) return false;
  if (!earlier.purposes.every((purpose) => later.purposes.includes(purpose))) return false;
  return ends.includes(later.cue) || kindOf(earlier.cue) === kindOf(later.cue);
}

/** One sound of a tone, times in milliseconds. */
export interface Note {
  readonly hertz: number;
  readonly atMs: number;
  readonly lengthMs: number;
}

const melody = (lengthMs: number, ...pitches: readonly number[]): readonly Note[] =>
  pitches.map((hertz, index) => ({ hertz, atMs: index * lengthMs, lengthMs }));

/** What each kind sounds like, 600 ms at most: up for what begins, down for what ends, twice the same for a reminder. */
export const tones: Readonly<Record<CueKind, readonly Note[]>> = {
  asking: melody(200, 659, 880),
  answered: melody(160, 988),
  started: melody(180, 523, 659, 784),
  paused: melody(180, 659, 523),
  resumed: melody(180, 523, 659),
  stopped: melody(180, 784, 659, 523),
  'ended-unexpectedly': melody(190, 440, 311, 440),
  reminder: melody(160, 880, 880),
};

interface Voice {
  readonly lang: string;
  readonly localService: boolean;
  readonly default: boolean;
}

const tag = (locale: string): string => locale.replace('_', '-').toLowerCase();
const languageOf = (locale: string): string => tag(locale).split('-')[0] ?? '';

/** The voice for a language: of the same region first, one on this device before one that sends the text elsewhere. */
export function voiceFor<V extends Voice>(voices: readonly V[], locale: string): V | undefined {
  const rank = (voice: V): number =>
    (tag(voice.lang) === tag(locale) ? 4 : 0) + (voice.localService ? 2 : 0) + (voice.default ? 1 : 0);
  return voices
    .filter((voice) => languageOf(voice.lang) === languageOf(locale))
    .reduce<V | undefined>((best, voice) => (best && rank(best) >= rank(voice) ? best : voice), undefined);
}
