import { overMs, times } from '../transport/times.ts';
import type { Follower } from './follower.ts';
import type { SessionContext } from './session-context.ts';

interface LivenessOptions {
  /** It looks, every few seconds, whatever is heard. */
  readonly watched: () => void;
  /** Silence for so long that this client may have to decide itself; asked again at each step. */
  readonly silent: (forMs: number) => void;
  /** Contact is lost, or found again. */
  readonly lost: (isLost: boolean) => void;
  /** Whatever the old authority ran cannot run any more. */
  readonly over: () => void;
}

/**
 * Notices when the authority falls silent: asks `there?`, then says `unknown`, never `off` (G2). Says `alive` itself, so
 * that the authority knows whom it can still reach.
 */
export class Liveness {
  readonly #context: SessionContext;
  readonly #follower: Follower;
  readonly #options: LivenessOptions;
  #isLost = false;
  #isGone = false;
  #watchDueAt = 0;
  /** How much of the silence since `heardAt` this machine slept through, and could have heard nothing. */
  #slept = { heardAt: 0, ms: 0 };

  constructor(context: SessionContext, follower: Follower, options: LivenessOptions) {
    this.#context = context;
    this.#follower = follower;
    this.#options = options;
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  start(): void {
    this.#watchDueAt = this.#context.clock.now();
    this.#watch();
    this.#alive();
  }

  /** Anything from the authority. */
  heard(): void {
    this.#isGone = false;
    if (!this.#isLost) return;
    this.#setLost(false);
    this.#alive();
  }

  /** The transport says that the authority has left: nothing more is to be waited for. */
  gone(): void {
    this.#isGone = true;
    this.#setLost(true);
    this.#watch();
  }

  stop(): void {
    this.#isLost = false;
    this.#isGone = false;
  }

  #silentMs(): number {
    const silentMs = this.#context.clock.now() - this.#follower.heardAt;
    return this.#isGone ? Math.max(silentMs, times.takeOverMs) : silentMs;
  }

  /** Who slept knows nothing any more, even if a message comes before the timers do (G2). */
  beforeHearing(): void {
    if (this.#context.followed() && this.#silentMs() >= times.unknownMs) this.#setLost(true);
  }

  /** Silence that was listened to: another's, not this machine's own sleep. */
  #listenedMs(): number {
    const { heardAt } = this.#follower;
    const silentMs = this.#context.clock.now() - heardAt;
    const lateMs = this.#context.clock.now() - this.#watchDueAt;
    const before = this.#slept.heardAt === heardAt ? this.#slept.ms : 0;
    this.#slept = { heardAt, ms: before + (lateMs > times.tickMs ? Math.min(lateMs, silentMs) : 0) };
    return this.#isGone ? Math.max(silentMs, times.takeOverMs) : silentMs - this.#slept.ms;
  }

  #watch(): void {
    this.#options.watched();
    const listenedMs = this.#listenedMs();
    const askMs = this.#context.isHosting() ? times.askThereHostsMs : times.askThereMs;
    const silentMs = this.#silentMs();
    const followed = this.#context.followed();
    if (followed && silentMs >= askMs) {
      this.#context.tellAuthority({ t: 'there?', epoch: followed.epoch });
      if (silentMs >= times.unknownMs && !this.#isLost) this.#setLost(true);
      this.#options.silent(listenedMs);
      if (this.#context.clock.now() - this.#follower.saidAt >= overMs(this.#follower.aliveMs)) this.#options.over();
    }
    const inMs = silentMs >= askMs ? times.askThereEveryMs : askMs - silentMs;
    this.#watchDueAt = this.#context.clock.now() + inMs;
    this.#context.timers.set('silence', inMs, () => this.#watch());
  }

  #alive(): void {
    const followed = this.#context.followed();
    if (followed && !this.#isLost) {
      this.#context.tellAuthority({ t: 'alive', epoch: followed.epoch, seq: this.#follower.seq });
    }
    this.#context.timers.set('alive', this.#follower.aliveMs, () => this.#alive());
  }

  #setLost(isLost: boolean): void {
    if (this.#isLost === isLost) return;
    this.#isLost = isLost;
    this.#options.lost(isLost);
  }
}
