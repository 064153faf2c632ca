import { isDerivedId } from '../core/ids.ts';
import type { RecordingId } from '../participants/participants.types.ts';
import type { Policy } from '../policy/policy.types.ts';
import type { CaptureState } from '../recording/capture.types.ts';
import { times } from '../transport/times.ts';
import type { AuthorityContext } from './authority.types.ts';
import { fence } from './fence.ts';
import type { Recordings } from './recordings.ts';

/**
 * What the recorder still runs of this meeting's own and nobody has told of: an authority that crashed, and came back
 * without its memory, was the only one to know. It is found before anything is said of the meeting, and stopped (G2).
 */
export class Strays {
  readonly #context: AuthorityContext;
  readonly #recordings: Recordings;
  readonly #policy: () => Policy;
  readonly #waiting: (() => void)[] = [];
  #isAsking = false;

  constructor(context: AuthorityContext, recordings: Recordings, policy: () => Policy) {
    this.#context = context;
    this.#recordings = recordings;
    this.#policy = policy;
  }

  /** The recorder has not answered yet: what there is to say waits, for two seconds at most (G9). */
  get isAsking(): boolean {
    return this.#isAsking;
  }

  /** Does it at once, or when the recorder has answered. */
  whenAnswered(task: () => void): void {
    if (this.#isAsking) this.#waiting.push(task);
    else task();
  }

  /** This authority begins. What was handed over to it in order, or is known to run, needs no asking first. */
  begin(): void {
    const { timers, options } = this.#context;
    this.#isAsking = options.capture !== undefined && options.before?.how !== 'hand-over' && !this.#recordings.own;
    const unanswered = () => {
      // What it has not ended for an authority here that gave way runs, as far as anybody knows.
      for (const recordingId of options.left) if (!this.#recordings.own) this.#fence(recordingId);
      this.#answered();
    };
    if (this.#isAsking) timers.set('strays asked', times.helloMs, unanswered);
    this.ask();
  }

  /** A recorder that does not answer is asked again. */
  ask(): void {
    const { options, post, timers } = this.#context;
    const { capture, epoch } = options;
    if (!capture) return;
    const fenced = capture.fence(epoch).catch(() => {});
    fenced
      .then(() => capture.snapshot())
      .then(
        (state) => post(() => this.#take(state)),
        () => post(() => timers.set('strays', times.stopAgainMs, () => this.ask())),
      );
  }

  #answered(): void {
    this.#isAsking = false;
    this.#context.timers.clear('strays asked');
    for (const task of this.#waiting.splice(0)) task();
  }

  /** Stops what it runs. */
  #take({ captures }: CaptureState): void {
    const { capture } = this.#context.options;
    for (const { recordingId } of captures) {
      const { own } = this.#recordings;
      if (!capture || !isDerivedId(recordingId) || own?.live.recordingId === recordingId) continue;
      if (own) capture.stop(recordingId).catch(() => {});
      else this.#fence(recordingId);
    }
    this.#answered();
  }

  #fence(recordingId: RecordingId): void {
    const endsBy = this.#context.options.capture?.capabilities.lease ? 'lease' : 'platform';
    const about = { purposes: ['recording'], status: 'unknown', by: 'unknown', started: true, endsBy } as const;
    fence(this.#context, this.#recordings, this.#policy(), { recordingId, ...about }, 0);
  }
}
