import type { Storage } from '../participants/participants.types.ts';
import type { PurposePolicy } from './policy.types.ts';

/** What a policy must know of a recorder. */
export interface RecorderAbilities {
  readonly exclude: boolean;
  readonly pause: boolean;
  readonly storage: readonly Storage[];
}

export type RecorderObjection =
  | 'policy/needs-exclude'
  | 'policy/needs-pause'
  | 'policy/storage-not-allowed'
  | 'capture/storage-unsupported';

/** Why a recorder cannot be used under a policy, if it cannot. */
export function recorderObjection(
  policy: PurposePolicy,
  can: RecorderAbilities,
  storage: Storage,
): RecorderObjection | undefined {
  if (!policy.storage.includes(storage)) return 'policy/storage-not-allowed';
  if (!can.storage.includes(storage)) return 'capture/storage-unsupported';
  const { untilAnswered, onLateJoin, onRefusal, onCannotBeAsked } = policy;
  if (!can.exclude && [untilAnswered, onLateJoin, onRefusal, onCannotBeAsked].includes('exclude')) {
    return 'policy/needs-exclude';
  }
  if (!can.pause && (onLateJoin === 'pause' || onCannotBeAsked === 'block')) return 'policy/needs-pause';
  return undefined;
}
