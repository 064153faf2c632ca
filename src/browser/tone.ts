import type { Clock } from '../core/clock.ts';
import type { Note } from './cues.rules.ts';
import { firstEvent, inTime } from './in-time.ts';

/** Well below speech. */
const level = 0.15;
const edgeS = 0.02;
const soundsWithinMs = 2000;

/** Plays the notes to the speakers of this device; resolves when they have sounded, and never rejects. */
export async function playTone(context: AudioContext, notes: readonly Note[], clock: Clock): Promise<void> {
  const out = new GainNode(context, { gain: level });
  out.connect(context.destination);
  const begin = context.currentTime + edgeS;
  const ended = notes.map((note) => firstEvent(sound(context, out, begin, note), 'ended'));
  const late = (): Error => new Error('the tone did not end in time');
  await inTime(Promise.all(ended), { clock, withinMs: soundsWithinMs, late }).catch(() => undefined);
  out.disconnect();
}

function sound(context: AudioContext, out: AudioNode, begin: number, { hertz, atMs, lengthMs }: Note): OscillatorNode {
  const from = begin + atMs / 1000;
  const to = from + lengthMs / 1000;
  const oscillator = new OscillatorNode(context, { frequency: hertz });
  const edges = new GainNode(context, { gain: 0 });
  edges.gain.setValueAtTime(0, from);
  edges.gain.linearRampToValueAtTime(1, from + edgeS);
  edges.gain.setValueAtTime(1, to - edgeS);
  edges.gain.linearRampToValueAtTime(0, to);
  oscillator.connect(edges).connect(out);
  oscillator.start(from);
  oscillator.stop(to);
  return oscillator;
}
