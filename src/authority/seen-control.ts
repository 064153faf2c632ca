import type { CaptureController } from '../recording/capture.types.ts';
import type { AuthorityContext } from './authority.types.ts';
import { everyoneIsAccounted } from './gate.rules.ts';
import type { LiveRecording } from './live-recording.ts';

type Call = 'pause' | 'resume' | 'stop';

/**
 * A capture that the platform started by itself and that this authority's recorder can pause, resume and stop (G10):
 * paused until everyone in it is accounted for, as one that cannot leave people out. A call that fails is not tried
 * again, and the capture stays shown as what the platform says.
 */
export class SeenControl {
  readonly #context: AuthorityContext;
  readonly #capture: CaptureController;
  readonly #platformId: string;
  readonly #live: LiveRecording;
  readonly #turned: (paused: boolean) => void;
  #under: Call | undefined;
  /** Calls that are not made again. */
  readonly #over = new Set<Call>();
  #stopping = false;

  constructor(
    context: AuthorityContext,
    capture: CaptureController,
    platformId: string,
    live: LiveRecording,
    turned: (paused: boolean) => void,
  ) {
    this.#context = context;
    this.#capture = capture;
    this.#platformId = platformId;
    this.#live = live;
    this.#turned = turned;
  }

  /** Decides anew after something changed for somebody, or after the platform has spoken. */
  decide(): void {
    const call = this.#wanted();
    if (!call || this.#under || this.#over.has(call)) return;
    this.#under = call;
    const timer = `${call} ${this.#platformId}`;
    const { timers, post } = this.#context;
    const settled = (failed: boolean) => {
      this.#under = undefined;
      timers.clear(timer);
      if (failed || call === 'stop') this.#over.add(call);
      else this.#turned(call === 'pause');
      this.decide();
    };
    timers.set(timer, this.#live.mainPolicy.captureTimeoutMs, () => settled(true));
    const inTime = (failed: boolean) => post(() => timers.has(timer) && settled(failed));
    this.#capture[call](this.#platformId).then(
      () => inTime(false),
      () => inTime(true),
    );
  }

  /** A host, or a refusal under `veto`, ends it. */
  stop(): void {
    this.#stopping = true;
    this.#over.delete('stop');
    this.decide();
  }

  /** A host pauses it, or lets it go on as soon as everyone is accounted for. */
  pause(paused: boolean): void {
    this.#live.pausedByHost = paused;
    this.#over.clear();
    this.decide();
  }

  #wanted(): Call | undefined {
    if (this.#stopping) return 'stop';
    const pauses = this.#live.pausedByHost || !everyoneIsAccounted(this.#context.people.all, this.#live);
    if (pauses === this.#live.isPaused) return undefined;
    return pauses ? 'pause' : 'resume';
  }
}
