import type { Consent, ConsentAsked } from '../consent/consent.types.ts';
import type { RosterCounts, RosterRow } from '../hooks/hooks.types.ts';

/** What a host wants to know at a glance. The four do not add up to `present`: the requester and bots are in none. */
export interface RosterSummary {
  readonly agreed: number;
  readonly refused: number;
  readonly unanswered: number;
  readonly cannotBeAsked: number;
}

/**
 * How the roster is summed up. A withdrawal or an expiry counts with the refusals, as it has their effect; where people
 * are only told, having been shown it counts with the agreements.
 */
export function rosterSummary({ consents }: RosterCounts, asked: ConsentAsked | undefined): RosterSummary {
  const sum = (...which: readonly Consent[]): number =>
    which.reduce((total, consent) => total + (consents[consent] ?? 0), 0);
  return {
    agreed: sum('given', 'acknowledged', ...(asked === 'notice' ? (['shown'] as const) : [])),
    refused: sum('refused', 'withdrawn', 'expired'),
    unanswered: sum('requested', ...(asked === 'notice' ? [] : (['shown'] as const))),
    cannotBeAsked: sum('cannot-be-asked'),
  };
}

/** Whether this person is still to answer for the recording, and can be reminded. */
export function canBeReminded({ present, consents }: RosterRow, asked: ConsentAsked | undefined): boolean {
  return present && (consents.recording === 'requested' || (consents.recording === 'shown' && asked !== 'notice'));
}
