import type { RecordingId } from '../participants/participants.types.ts';
import { times } from '../transport/times.ts';

/** How far an engine's clock may run ahead of the authority's, in milliseconds. */
const aheadMs = 500;

/**
 * Milliseconds since a recording began, which is when its start resolved: the times of its segments. An authority that
 * took it over runs behind by as long as the hand-over took, at most `lagMs`.
 */
export class RecordingTime {
  readonly recordingId: RecordingId;
  readonly lagMs: number;
  readonly #now: () => number;
  #beganAt: number | undefined;

  constructor(
    recordingId: RecordingId,
    now: () => number,
    handedOver?: { readonly ageMs?: number | undefined; readonly lagMs: number },
  ) {
    this.recordingId = recordingId;
    this.#now = now;
    this.lagMs = handedOver ? handedOver.lagMs + times.takeOverMs : 0;
    if (handedOver?.ageMs !== undefined) this.#beganAt = now() - handedOver.ageMs;
  }

  /** It has begun now, unless it had before. */
  begins(): void {
    this.#beganAt ??= this.#now();
  }

  /** Nothing before it has begun. */
  get ageMs(): number | undefined {
    return this.#beganAt === undefined ? undefined : this.#now() - this.#beganAt;
  }

  /** What whoever takes it over begins with. */
  get handedOver(): { readonly ageMs: number | undefined; readonly lagMs: number } {
    return { ageMs: this.ageMs, lagMs: this.lagMs };
  }

  get nowMs(): number {
    return this.ageMs ?? 0;
  }

  /** From when on what is given now may count: what was said before it must not pass for later. */
  get givingMs(): number {
    return this.nowMs + this.lagMs;
  }

  /** How far ahead of now a segment may end. */
  get toleranceMs(): number {
    return aheadMs + this.lagMs;
  }
}
