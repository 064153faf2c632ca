import { parsePolicy } from '../../src/policy/policy.parse.ts';
import type { Policy, PolicyInput, PresetName } from '../../src/policy/policy.types.ts';

/** The policy of this preset, with what a test says of its recording. */
export function parsedPolicy(preset: PresetName, recording: NonNullable<PolicyInput['recording']> = {}): Policy {
  return parsePolicy({ extends: preset, recording });
}
