import type { Clock } from '../core/clock.ts';

export interface PulseOptions {
  readonly clock: Clock;
  readonly everyMs: number;
  readonly page: Document;
  /** Part of a graph that is being rendered; what is connected to it must be silent. */
  readonly into: AudioNode;
  readonly beat: () => void;
}

/**
 * Beats on the clock and, since a hidden tab's timers sleep and it has no animation frames, on the audio clock too,
 * which does not: whichever is first. It needs no worker, which a content security policy may forbid.
 */
export class Pulse {
  readonly #options: PulseOptions;
  readonly #again = (): void => this.#arm();
  #timer: unknown;
  #tone: ConstantSourceNode | undefined;

  constructor(options: PulseOptions) {
    this.#options = options;
    options.page.addEventListener('visibilitychange', this.#again);
    this.#arm();
  }

  stop(): void {
    this.#options.page.removeEventListener('visibilitychange', this.#again);
    this.#disarm();
  }

  #arm(): void {
    this.#disarm();
    const { clock, everyMs, page, into } = this.#options;
    this.#timer = clock.setTimeout(() => this.#beat(), everyMs);
    if (!page.hidden || into.context.state !== 'running') return;
    this.#tone = new ConstantSourceNode(into.context, { offset: 0 });
    this.#tone.onended = () => this.#beat();
    this.#tone.connect(into);
    this.#tone.start();
    this.#tone.stop(into.context.currentTime + everyMs / 1000);
  }

  #disarm(): void {
    this.#options.clock.clearTimeout(this.#timer);
    if (!this.#tone) return;
    this.#tone.onended = null;
    this.#tone.disconnect();
    this.#tone = undefined;
  }

  #beat(): void {
    // First the next one: a beat that throws must not be the last.
    this.#arm();
    this.#options.beat();
  }
}
