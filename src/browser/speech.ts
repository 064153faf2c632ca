import type { Clock } from '../core/clock.ts';
import type { Announcement } from '../hooks/hooks.types.ts';
import { voiceFor } from './cues.rules.ts';
import { firstEvent, inTime } from './in-time.ts';

/** `refused`: the browser wants a gesture first. `silent`: there is no voice for the language, or it failed. */
export type Spoken = 'spoken' | 'refused' | 'silent';

const voicesWithinMs = 500;
const beginsWithinMs = 3000;
/** Slower than anybody speaks: some browsers never say that they have ended. */
const perLetterMs = 200;

/** Says it in a voice of its language; resolves when it was said. Never rejects. */
export async function speak(view: Window, { text, locale }: Announcement, clock: Clock): Promise<Spoken> {
  const voice = voiceFor(await voicesOf(view, clock), locale);
  if (!voice) return 'silent';
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = locale;
  utterance.voice = voice;
  const begun = firstEvent(utterance, 'start', 'end', 'error');
  const over = firstEvent(utterance, 'end', 'error');
  const late = (): Error => new Error('it was not said in time');
  view.speechSynthesis.speak(utterance);
  try {
    await inTime(begun, { clock, withinMs: beginsWithinMs, late });
    const event = await inTime(over, { clock, withinMs: beginsWithinMs + text.length * perLetterMs, late });
    if (event.type === 'end') return 'spoken';
    return (event as SpeechSynthesisErrorEvent).error === 'not-allowed' ? 'refused' : 'silent';
  } catch {
    view.speechSynthesis.cancel();
    return 'silent';
  }
}

/** Browsers load their voices when they are first asked for. */
async function voicesOf(view: Window, clock: Clock): Promise<readonly SpeechSynthesisVoice[]> {
  const synthesis: SpeechSynthesis | undefined = view.speechSynthesis;
  if (!synthesis) return [];
  if (synthesis.getVoices().length > 0) return synthesis.getVoices();
  const changed = firstEvent(synthesis, 'voiceschanged');
  const late = (): Error => new Error('no voices');
  await inTime(changed, { clock, withinMs: voicesWithinMs, late }).catch(() => undefined);
  return synthesis.getVoices();
}
