import { frozen } from '../core/frozen.ts';
import { checkTexts } from '../core/misuse.ts';
import type { Region } from '../participants/participants.types.ts';
import { regionLaw } from './law.ts';
import { parsePolicy } from './policy.parse.ts';
import type { Policy, PolicyInput, PresetName } from './policy.types.ts';
import { defaultPreset } from './presets.ts';
import { demandOf, tighten } from './regions.rules.ts';

/**
 * A policy made as strict as these regions ask (ISO 3166; a region without a row counts as all-party). Facts to start
 * from, not legal advice.
 * @throws NoticeError `policy/invalid`; TypeError for regions that are no texts
 */
export function policyFor(regions: Region | readonly Region[], base: PresetName | PolicyInput = defaultPreset): Policy {
  const named = typeof regions === 'string' ? [regions] : regions;
  checkTexts('policyFor: regions', named, 'US-CA');
  // They are named here: what the policy makes of regions that people declare is another matter.
  return frozen(tighten(parsePolicy(base), demandOf(named, false, 'declared', regionLaw)));
}
