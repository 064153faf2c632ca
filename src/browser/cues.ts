import { type Clock, systemClock } from '../core/clock.ts';
import { type Cue, isOutdated, tones } from './cues.rules.ts';
import type { BrowserCues, BrowserCuesOptions } from './cues.types.ts';
import { inTime } from './in-time.ts';
import { isolated } from './listeners.ts';
import { speak } from './speech.ts';
import { playTone } from './tone.ts';

/** How long a browser that allows sound takes to begin with it, at most. */
const soundWithinMs = 500;
const gestures = ['pointerdown', 'pointerup', 'touchend', 'keydown'] as const;

/** Plays the cues of a session in this page; hand it to `createSession` as `cues`. */
export function browserCues(options: BrowserCuesOptions = {}): BrowserCues {
  return new PageCues(options);
}

interface Waiting {
  readonly cue: Cue;
  readonly confirm: (result: 'played' | 'blocked') => void;
  readonly words: 'needed' | 'optional';
  /** After that it is no longer true. */
  readonly endsAt: number;
}

class PageCues implements BrowserCues {
  readonly #options: BrowserCuesOptions;
  readonly #clock: Clock;
  readonly #gesture = (): void => this.#unblock();
  #speech: boolean;
  #ownContext: AudioContext | undefined;
  #queue: readonly Waiting[] = [];
  #playing: Waiting | undefined;
  /** The last that the browser would not let be heard. */
  #blocked: Waiting | undefined;

  constructor(options: BrowserCuesOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#speech = options.speech ?? true;
  }

  play(cue: Cue, confirm: Waiting['confirm'], words: Waiting['words'] = 'optional'): void {
    if (this.#playing?.cue.cueId === cue.cueId) return;
    const outdated = this.#queue.filter((waiting) => isOutdated(waiting.cue, cue));
    this.#queue = this.#queue.filter((waiting) => !outdated.includes(waiting));
    for (const waiting of outdated) isolated(() => waiting.confirm('blocked'));
    if (this.#blocked && isOutdated(this.#blocked.cue, cue)) this.#blocked = undefined;
    this.#add({ cue, confirm, words, endsAt: this.#clock.now() + cue.playInMs });
  }

  setSpeech(on: boolean): void {
    this.#speech = on;
  }

  close(): void {
    const left = this.#queue;
    this.#queue = [];
    this.#blocked = undefined;
    this.#listen(false);
    this.#ownContext?.close().catch(() => undefined);
    this.#ownContext = undefined;
    for (const waiting of left) isolated(() => waiting.confirm('blocked'));
  }

  #add(waiting: Waiting): void {
    this.#queue = [...this.#queue, waiting];
    if (!this.#playing) void this.#playAll();
  }

  async #playAll(): Promise<void> {
    for (let next = this.#queue[0]; next; next = this.#queue[0]) {
      this.#queue = this.#queue.slice(1);
      this.#playing = next;
      const result = await this.#playOne(next).catch(() => 'blocked' as const);
      this.#playing = undefined;
      isolated(() => next.confirm(result === 'played' ? 'played' : 'blocked'));
      if (result === 'blocked' && !this.#queue.some(({ cue }) => isOutdated(next.cue, cue))) this.#block(next);
    }
  }

  /** `unheard`: a gesture would not help. */
  async #playOne({ cue, words, endsAt }: Waiting): Promise<'played' | 'blocked' | 'unheard'> {
    const view = this.#page()?.defaultView;
    if (!view) return 'blocked';
    if (!(await this.#soundRunning(view))) return this.#clock.now() < endsAt ? 'blocked' : 'unheard';
    if (this.#clock.now() >= endsAt) return 'unheard';
    const context = this.#context(view);
    const tone = async () => context && playTone(context, tones[cue.cue], this.#clock);
    const say = async () =>
      this.#speech || words === 'needed' ? speak(view, cue.announcement, this.#clock) : 'silent';
    if (cue.announcement.tone === 'after') {
      // What is recorded from the tone on was announced before it.
      if (!context || (await say()) !== 'spoken') return 'blocked';
      await tone();
      return 'played';
    }
    await tone();
    const spoken = await say();
    if (spoken === 'silent' && words === 'needed') return 'unheard';
    return spoken === 'refused' || (spoken === 'silent' && !context) ? 'blocked' : 'played';
  }

  /** Whether sound can be made now; without WebAudio, speech has to say. */
  async #soundRunning(view: Window & typeof globalThis): Promise<boolean> {
    const context = this.#context(view);
    if (!context || context.state === 'running') return true;
    const late = (): Error => new Error('a gesture is needed');
    await inTime(context.resume(), { clock: this.#clock, withinMs: soundWithinMs, late }).catch(() => undefined);
    return this.#isRunning(context);
  }

  #isRunning(context: AudioContext): boolean {
    return context.state === 'running';
  }

  #block(waiting: Waiting): void {
    this.#blocked = waiting;
    this.#listen(true);
  }

  /** Within the gesture, as browsers want it. */
  #unblock(): void {
    const context = this.#options.audioContext ?? this.#ownContext;
    context?.resume().catch(() => undefined);
    const blocked = this.#blocked;
    this.#blocked = undefined;
    this.#listen(false);
    if (blocked && this.#clock.now() < blocked.endsAt) this.#add(blocked);
  }

  #listen(on: boolean): void {
    const page = this.#page();
    for (const gesture of gestures) {
      if (on) page?.addEventListener(gesture, this.#gesture, { capture: true, passive: true });
      else page?.removeEventListener(gesture, this.#gesture, { capture: true });
    }
  }

  #context(view: Window & typeof globalThis): AudioContext | undefined {
    if (this.#options.audioContext) return this.#options.audioContext;
    if (!this.#ownContext && 'AudioContext' in view) this.#ownContext = new view.AudioContext();
    return this.#ownContext;
  }

  #page(): Document | undefined {
    return this.#options.document ?? globalThis.document;
  }
}
