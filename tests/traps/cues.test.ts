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
});
afterEach(() => vi.unstubAllGlobals());

/** A page that makes no sound before somebody has touched it. */
function page() {
  const clock = simulatedClock();
  const document = Object.assign(new EventTarget(), { defaultView: {} });
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
    speech: false,
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
