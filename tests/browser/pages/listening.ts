import type { RecordedFile } from 'meeting-notice/browser';
import { loudness, soundOf } from '../measured.ts';

/** How loud each tone is in each tenth of a second of a recorded file. */
async function heardIn(
  file: RecordedFile,
  tonesHz: readonly number[],
): Promise<{ durationMs: number; tenths: number[][] }> {
  const sound = await soundOf(await file.read());
  const tenths = Array.from({ length: Math.floor(sound.duration * 10) }, (_, tenth) =>
    tonesHz.map((hertz) => loudness(sound, hertz, tenth / 10, (tenth + 1) / 10)),
  );
  return { durationMs: sound.duration * 1000, tenths };
}

Object.assign(window, { heardIn });

declare global {
  interface Window {
    heardIn: typeof heardIn;
  }
}
