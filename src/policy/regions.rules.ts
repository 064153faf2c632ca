import type { Region } from '../participants/participants.types.ts';
import type { Policy, PurposePolicy, RegionDemand, RegionRow, RegionRule, RegionsMode } from './policy.types.ts';
import { stricterConsent, stricterStart } from './strictness.rules.ts';

/** From the mildest to the strictest. */
const rules: readonly RegionRule[] = ['one-party', 'notice', 'explicit-consent', 'all-party'];

/** Countries of the EU and the EEA: one without a row of its own follows `EU` (GDPR). */
const eea = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO'.split(' '),
);

const codeForm = /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/;

const stricterRule = (a: RegionRule, b: RegionRule): RegionRule => (rules.indexOf(a) >= rules.indexOf(b) ? a : b);

/**
 * How strict a region is: its own row, else its country's, else the EU's for a country of the EU or EEA. What has none of
 * these counts as all-party, as does what is no ISO 3166 code.
 */
export function regionRule(region: Region, law: readonly RegionRow[]): RegionRule {
  const code = region.trim().toUpperCase();
  if (!codeForm.test(code)) return 'all-party';
  const rule = (of: string) => law.find((each) => each.region === of)?.rule;
  const [country = code] = code.split('-');
  return rule(code) ?? rule(country) ?? (eea.has(country) ? rule('EU') : undefined) ?? 'all-party';
}

const demands: Readonly<Record<RegionRule, RegionDemand>> = {
  'one-party': { consent: 'notice', start: 'at-once' },
  notice: { consent: 'notice', start: 'at-once' },
  'explicit-consent': { consent: 'explicit', start: 'at-once' },
  'all-party': { consent: 'explicit', start: 'when-everyone-answered' },
};

/** The strictest that these regions ask for together. `undeclared`: somebody present has declared none. */
export function demandOf(
  regions: readonly Region[],
  undeclared: boolean,
  mode: RegionsMode,
  law: readonly RegionRow[],
): RegionDemand {
  if (mode === 'ignore') return demands['one-party'];
  const asked = regions.map((region) => regionRule(region, law));
  if (mode === 'required' && undeclared) asked.push('all-party');
  return demands[asked.reduce(stricterRule, 'one-party')];
}

/** A purpose's rules with these made stricter; never milder (G11). */
export function tightenPurpose<P extends PurposePolicy>(policy: P, demand: RegionDemand): P {
  const start = stricterStart(policy.start, demand.start);
  const waits = start === 'when-everyone-answered';
  return {
    ...policy,
    consent: stricterConsent(policy.consent, demand.consent),
    start,
    // Waiting for everyone must end.
    timeoutMs: waits && policy.timeoutMs === null ? 60_000 : policy.timeoutMs,
    onTimeout: waits ? 'refused' : policy.onTimeout,
  };
}

/** Where a region makes consent explicit, it cannot be had by announcing. */
function forRegion<P extends PurposePolicy>(policy: P, demand: RegionDemand): P {
  const tightened = tightenPurpose(policy, demand);
  const isAnnounced = demand.consent === 'explicit' && policy.onCannotBeAsked === 'announce';
  return isAnnounced ? { ...tightened, onCannotBeAsked: 'exclude' } : tightened;
}

/** A whole policy made as strict as a region asks. Attention has rules of its own (G4). */
export function tighten(policy: Policy, demand: RegionDemand): Policy {
  return {
    ...policy,
    recording: forRegion(policy.recording, demand),
    transcription: forRegion(policy.transcription, demand),
    purposes: Object.fromEntries(
      Object.entries(policy.purposes).map(([name, entry]) => [name, forRegion(entry, demand)]),
    ),
  };
}
