import type { AttentionTracking } from '../attention/attention.types.ts';
import type { Endpoint } from '../participants/participants.types.ts';
import type { AcknowledgedOutcome } from '../transport/messages.types.ts';
import type { AuthorityContext } from './authority.types.ts';
import type { Enabling } from './hand-over.types.ts';
import { denied, done } from './outcomes.ts';
import { isHosting, type Person, requesterOf, type Seat } from './people.ts';
import type { PolicyDesk } from './policy-desk.ts';

/**
 * What the authority knows of attention tracking: whether it is on, and whether somebody shares whose share arms it. It
 * hears of nobody's attention and of nobody's answer (G4).
 */
export class AttentionDesk {
  readonly #context: AuthorityContext;
  readonly #policies: PolicyDesk;
  readonly #sharing = new Set<Endpoint>();
  #enabling: Enabling | undefined;
  #share: string | undefined;

  constructor(context: AuthorityContext, policies: PolicyDesk) {
    this.#context = context;
    this.#policies = policies;
    if (this.#isByAdmin) this.#enabling = { id: context.options.randomId() };
  }

  /** As it is told to everyone. A share that is handed on without a gap stays the same share. */
  get state(): AttentionTracking {
    const active = this.#enabling !== undefined && this.#isArmed();
    this.#share = active ? (this.#share ?? this.#context.options.randomId()) : undefined;
    return {
      enabled: this.#enabling !== undefined,
      active,
      ...(this.#enabling && { enabling: this.#enabling.id }),
      ...(this.#enabling?.by !== undefined && { by: this.#enabling.by }),
      ...(this.#share !== undefined && { share: this.#share }),
    };
  }

  enable(person: Person): AcknowledgedOutcome {
    const { attention } = this.#policies.policy;
    if (!attention.allowed) return denied('attention/not-allowed');
    if (this.#enabling) return done;
    if (!attention.enabledBy.includes('host')) return denied('attention/only-admin');
    this.#enabling = { id: this.#context.options.randomId(), by: requesterOf(person) };
    this.#context.changed.meeting();
    return done;
  }

  disable(): AcknowledgedOutcome {
    if (!this.#enabling) return done;
    if (this.#isLockedOn) return denied('attention/only-admin');
    this.#enabling = undefined;
    this.#context.changed.meeting();
    return done;
  }

  /** Somebody's client says whether its person shares their screen. */
  shares(seat: Seat, active: boolean): void {
    if (this.#sharing.has(seat.endpoint) === active) return;
    if (active) this.#sharing.add(seat.endpoint);
    else this.#sharing.delete(seat.endpoint);
    this.#context.changed.meeting();
  }

  /** Nobody decides from now on: nobody is tracked. */
  end(): void {
    this.#enabling = undefined;
  }

  left(endpoint: Endpoint): void {
    this.#sharing.delete(endpoint);
  }

  /** What an orderly hand-over carries. */
  get handedOver(): Enabling | undefined {
    return this.#enabling;
  }

  take(enabling: Enabling | undefined): void {
    if (enabling && this.#policies.policy.attention.allowed) this.#enabling = enabling;
    else if (!this.#isLockedOn) this.#enabling = undefined;
  }

  /** No host may turn it off. */
  get #isLockedOn(): boolean {
    return this.#isByAdmin && this.#policies.policy.locked.includes('attention.enabled');
  }

  get #isByAdmin(): boolean {
    const { attention } = this.#policies.policy;
    return attention.enabled && attention.allowed;
  }

  /** Someone who is heard shares, whose share counts under the policy. */
  #isArmed(): boolean {
    const { armedBy } = this.#policies.policy.attention;
    for (const endpoint of this.#sharing) {
      const person = this.#context.people.seat(endpoint)?.person;
      if (person && !person.absent && (armedBy === 'anyone' || isHosting(person))) return true;
    }
    return false;
  }
}
