import type { Timers } from '../core/timers.ts';
import { compareEpochs, highestEpoch, isPlausibleEpoch } from '../participants/epoch.rules.ts';
import type { Endpoint, Epoch, ParticipantId } from '../participants/participants.types.ts';
import { times } from '../transport/times.ts';
import type { DecidingAuthority } from './authority.types.ts';

interface HintOptions {
  readonly timers: Timers;
  readonly now: () => number;
  readonly authority: () => DecidingAuthority | undefined;
  /** The highest epoch heard from hosts. */
  readonly highest: () => Epoch | undefined;
  readonly participantOf: (endpoint: Endpoint) => ParticipantId | undefined;
  /** Asks the holder of an epoch whether they decide. */
  readonly ask: (holder: ParticipantId) => void;
  /**
   * Goes on over this epoch, as if handed over to oneself; `false` while a call to the recorder is under way. Where one is
   * for too long (`isStuck`), as if after a crash.
   */
  readonly renew: (over: Epoch, isStuck: boolean) => boolean;
  readonly doubt: (code: string, from: Endpoint) => void;
}

/** One person's word makes an authority go on under another epoch so often at most, in milliseconds. */
const believedEveryMs = 60_000;

/**
 * What an authority does when a participant has heard of a higher epoch than its own: only a host's word ends it. It asks
 * the epoch's holder, leaves that participant out meanwhile, and without an answer goes on over that epoch, so that they
 * come back to it (G8).
 */
export class EpochHints {
  readonly #its: HintOptions;
  readonly #believedAt = new Map<ParticipantId, number>();
  #highest: Epoch | undefined;

  constructor(options: HintOptions) {
    this.#its = options;
  }

  /** A participant has named an epoch. */
  heard(epoch: Epoch, from: Endpoint): void {
    const authority = this.#its.authority();
    const participantId = this.#its.participantOf(from);
    if (!authority || participantId === undefined || compareEpochs(epoch, authority.epoch) <= 0) return;
    if (!isPlausibleEpoch(epoch, highestEpoch(authority.epoch, this.#its.highest()))) {
      this.#its.doubt('protocol/implausible-epoch', from);
      return;
    }
    authority.suspend(from);
    this.#its.ask(epoch.id);
    const believedAt = this.#believedAt.get(participantId);
    if (believedAt !== undefined && this.#its.now() - believedAt < believedEveryMs) return;
    this.#believedAt.set(participantId, this.#its.now());
    if (!this.#its.timers.has('epoch hint')) this.#renewIn(times.takeOverMs);
    this.#highest = highestEpoch(epoch, this.#highest);
  }

  #renewIn(ms: number, since = this.#its.now() + ms): void {
    this.#its.timers.set('epoch hint', ms, () => {
      const hint = this.#highest;
      const authority = this.#its.authority();
      const isStuck = this.#its.now() - since >= times.giveUpMs;
      if (authority && hint && compareEpochs(hint, authority.epoch) > 0 && !this.#its.renew(hint, isStuck)) {
        this.#renewIn(times.askThereEveryMs, since);
      } else this.#highest = undefined;
    });
  }
}
