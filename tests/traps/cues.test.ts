import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Cue } from '../../src/browser/cues.rules.ts';
import { browserCues } from '../../src/browser/cues.ts';
import { simulatedClock } from '../../src/simulator/simulated-clock.ts';

/** As much of an audio node as a tone needs. */
class FakeNode extends EventTarget {
  readonly gain = { setValueAtTime: () => {}, linearRampToValueAtTime: () => {} };
  connect = (to: unknown) => to;
  disconnect = () => {};
  start = () => {};
  stop = () => void queueMicrotask(() => this.dispatchEvent(new Event('ended')));
}

beforeEach(() => {
  vi.stubGlobal('GainNode', FakeNode);
  vi.stubGlobal('OscillatorNode', FakeNode);
  vi.stubGlobal('SpeechSynthesisUtterance', FakeUtterance);
});
afterEach(() => vi.unstubAllGlobals());

/** What comes of speaking: it is said, the browser wants a gesture first, it fails, or it never says that it has ended. */
type Speaking = 'said' | 'not-allowed' | 'synthesis-failed' | 'endless';

class FakeUtterance extends EventTarget {
  lang = '';
  voice: unknown;
  readonly text: string;
  constructor(text: string) {
    super();
    this.text = text;
  }
}

/** A browser's voices for these languages; what was spoken, and in which voice. */
function voicesFor(languages: readonly string[], speaking: () => Speaking) {
  const spoken: string[] = [];
  const synthesis = Object.assign(new EventTarget(), {
    getVoices: () => languages.map((lang) => ({ lang, localService: true, default: false })),
    cancel: () => void spoken.push('(ended)'),
    speak(utterance: FakeUtterance) {
      spoken.push(`${utterance.lang}: ${utterance.text}`);
      queueMicrotask(() => {
        const how = speaking();
        if (how === 'said' || how === 'endless') utterance.dispatchEvent(new Event('start'));
        if (how === 'said') utterance.dispatchEvent(new Event('end'));
        if (how === 'not-allowed' || how === 'synthesis-failed')
          utterance.dispatchEvent(Object.assign(new Event('error'), { error: how }));
      });
    },
  });
  return { synthesis, spoken };
}

/** A page that makes no sound before somebody has touched it. */
function page({ speech = false, voices = [] as readonly string[] } = {}) {
  const clock = simulatedClock();
  let speaking: Speaking = 'said';
  const { synthesis, spoken } = voicesFor(voices, () => speaking);
  const document = Object.assign(new EventTarget(), { defaultView: { speechSynthesis: synthesis } });
  const context = {
    state: 'suspended',
    isTouched: false,
    currentTime: 0,
    resume: () => {
      if (!context.isTouched) return new Promise<void>(() => {});
      context.state = 'running';
      return Promise.resolve();
    },
  };
  const cues = browserCues({
    clock,
    speech,
    document: document as unknown as Document,
    audioContext: context as unknown as AudioContext,
  });
  async function passes(ms: number): Promise<void> {
    const settle = () => new Promise((resolve) => setImmediate(resolve));
    await settle();
    clock.runFor(ms);
    await settle();
  }
  return {
    cues,
    passes,
    spoken,
    speaks(how: Speaking) {
      speaking = how;
    },
    async touch() {
      context.isTouched = true;
      document.dispatchEvent(new Event('pointerdown'));
      await passes(0);
    },
  };
}

const cue = (cueId: string, kind: Cue['cue']): Cue => ({
  cueId,
  cue: kind,
  purpose: 'recording',
  purposes: ['recording'],
  announcement: { text: 'This meeting is being recorded.', locale: 'en' },
  playInMs: 10_000,
  recordingId: 'r',
});

test('[G1] a cue that the browser would not let be heard is told as blocked, and played after the next gesture', async () => {
  const { cues, passes, touch } = page();
  const told: string[] = [];
  cues.play(cue('a', 'started'), (result) => told.push(result));
  await passes(1000);
  expect(told).toEqual(['blocked']);
  await touch();
  expect(told).toEqual(['blocked', 'played']);
});

test('the start of a recording waits for what a caller is told of their own answer, and does not replace it', async () => {
  const { cues, passes, touch } = page();
  const told: string[] = [];
  await touch();
  cues.play(cue('a', 'asking'), (result) => told.push(`asked ${result}`));
  cues.play(cue('b', 'answered'), (result) => told.push(`answered ${result}`));
  cues.play(cue('c', 'started'), (result) => told.push(`started ${result}`));
  await passes(5000);
  expect(told).toEqual(['asked played', 'answered played', 'started played']);
});

test('[G2] a blocked cue is not played once it is no longer true', async () => {
  const { cues, passes, touch } = page();
  const told: string[] = [];
  cues.play(cue('a', 'started'), (result) => told.push(`started ${result}`));
  await passes(1000);
  cues.play(cue('b', 'stopped'), (result) => told.push(`stopped ${result}`));
  await passes(1000);
  await touch();
  expect(told).toEqual(['started blocked', 'stopped blocked', 'stopped played']);
});

test('[G1] on a phone and in a room a cue was heard once its words were said, and the tone alone is not enough', async () => {
  const told: string[] = [];
  for (const { name, voices, how } of [
    { name: 'a voice', voices: ['en-GB'], how: 'said' },
    { name: 'no voice of the language', voices: ['de'], how: 'said' },
    { name: 'a voice that fails', voices: ['en'], how: 'synthesis-failed' },
    { name: 'a voice that never ends', voices: ['en'], how: 'endless' },
  ] as const) {
    const { cues, passes, touch, speaks } = page({ speech: true, voices });
    await touch();
    speaks(how);
    cues.play(cue('a', 'started'), (result) => told.push(`${name}, needed: ${result}`), 'needed');
    for (let second = 0; second < 20; second += 1) await passes(1000);
    cues.play(cue('b', 'started'), (result) => told.push(`${name}, optional: ${result}`), 'optional');
    for (let second = 0; second < 20; second += 1) await passes(1000);
  }
  expect(told).toEqual([
    'a voice, needed: played',
    'a voice, optional: played',
    'no voice of the language, needed: blocked',
    'no voice of the language, optional: played',
    'a voice that fails, needed: blocked',
    'a voice that fails, optional: played',
    'a voice that never ends, needed: blocked',
    'a voice that never ends, optional: played',
  ]);
});

test('[G1] needed words are said to whoever does without optional ones', async () => {
  const { cues, passes, touch, spoken } = page({ speech: false, voices: ['en'] });
  await touch();
  cues.play(cue('a', 'started'), () => {}, 'optional');
  await passes(3000);
  cues.play(cue('b', 'paused'), () => {}, 'needed');
  await passes(3000);
  expect(spoken).toEqual(['en: This meeting is being recorded.']);
});

test('[G1] words that the browser would not let be said are said after the next gesture', async () => {
  const { cues, passes, touch, speaks, spoken } = page({ speech: true, voices: ['en'] });
  const told: string[] = [];
  await touch();
  speaks('not-allowed');
  cues.play(cue('a', 'started'), (result) => told.push(result), 'needed');
  await passes(3000);
  speaks('said');
  await touch();
  await passes(3000);
  expect([told, spoken]).toEqual([
    ['blocked', 'played'],
    ['en: This meeting is being recorded.', 'en: This meeting is being recorded.'],
  ]);
});
