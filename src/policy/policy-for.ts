import type { Region } from '../participants/participants.types.ts';
import { regionLaw } from './law.ts';
import { parsePolicy } from './policy.parse.ts';
import { resolvePolicy } from './policy.rules.ts';
import type { Policy, PolicyInput, PresetName } from './policy.types.ts';
import { defaultPreset } from './presets.ts';

/**
 * A policy made as strict as these regions ask (ISO 3166; a region without a row counts as all-party). Facts to start
 * from, not legal advice.
 * @throws NoticeError `policy/invalid`
 */
export function policyFor(regions: Region | readonly Region[], base: PresetName | PolicyInput = defaultPreset): Policy {
  const declared = typeof regions === 'string' ? [regions] : regions;
  return resolvePolicy({ host: parsePolicy(base), regions: declared, undeclared: false, law: regionLaw });
}
