import type { Region } from '../participants/participants.types.ts';
import { resolvePolicy, stricterPolicy } from '../policy/policy.rules.ts';
import type { Policy, RegionRule } from '../policy/policy.types.ts';
import { presets } from '../policy/presets.ts';
import { regionRule } from '../policy/regions.rules.ts';
import type { AuthorityContext } from './authority.types.ts';
import type { Person } from './people.ts';

/**
 * The policy in force: the administrator's, the host's wishes, and every declared region. Regions only add up while the
 * meeting lives under this authority, so nothing loosens before a recording ends (G11).
 */
export class PolicyDesk {
  readonly #context: AuthorityContext;
  /** One declared region for each rule there is: the others ask for nothing more. */
  readonly #regions = new Map<RegionRule, Region>();
  #undeclared = false;
  #heard: Policy | undefined;
  policy: Policy;

  constructor(context: AuthorityContext) {
    this.#context = context;
    const { before } = context.options;
    if (before?.how === 'crash') this.#heard = before.meeting.policy;
    this.policy = this.#resolve();
  }

  get regions(): readonly Region[] {
    return [...this.#regions.values()];
  }

  /** Somebody has come, or has declared a region; `true` if the policy is another now. */
  personChanged(person: Person): boolean {
    if (person.channel === 'bot') return false;
    const before = this.#regions.size;
    const wasUndeclared = this.#undeclared;
    if (person.region !== undefined) this.#declare(person.region);
    else this.#undeclared = true;
    if (this.#regions.size === before && this.#undeclared === wasUndeclared) return false;
    return this.#renew();
  }

  /** Takes the policy and regions of the authority before, in an orderly hand-over. */
  take(policy: Policy, regions: readonly Region[]): void {
    this.#heard = policy;
    for (const region of regions) this.#declare(region);
    this.#renew();
  }

  #declare(region: Region): void {
    const rule = regionRule(region, this.#context.options.law ?? []);
    if (!this.#regions.has(rule)) this.#regions.set(rule, region);
  }

  #renew(): boolean {
    const policy = this.#resolve();
    if (JSON.stringify(policy) === JSON.stringify(this.policy)) return false;
    this.policy = policy;
    this.#context.changed.meeting();
    return true;
  }

  #resolve(): Policy {
    const { policy, adminPolicy, law } = this.#context.options;
    const own = resolvePolicy({
      ...(adminPolicy && { admin: adminPolicy }),
      host: policy ?? adminPolicy ?? presets['all-party'],
      regions: this.regions,
      undeclared: this.#undeclared,
      law: law ?? [],
    });
    return this.#heard ? stricterPolicy(this.#heard, own) : own;
  }
}
