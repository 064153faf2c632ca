import type { ParticipantId } from '../participants/participants.types.ts';
import type { RetentionPolicy } from '../policy/policy.types.ts';
import { purposeAlone } from './kept.rules.ts';
import type { KeptRecording, KeptState } from './kept.types.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** When the time to keep a recording is over: that many days of 24 hours after its end, or after the last that was heard of it. */
export const keptUntilMs = ({ endedAt, lastAt }: KeptRecording, { recordingDays }: RetentionPolicy): number =>
  Date.parse(endedAt ?? lastAt) + recordingDays * dayMs;

/** What it is at once nobody writes for its meeting any more: a recording that never ended has been cut off. */
export const stateOf = ({ state }: KeptRecording, isOpen: boolean): KeptState =>
  state === 'running' && !isOpen ? 'kept' : state;

/** Nothing of it is kept, and nothing is to come: a purpose that lives by itself, or a recording that never began and will not. */
export const isEmpty = (recording: KeptRecording, isOpen: boolean): boolean =>
  recording.state === 'asked' && (!isOpen || recording.endedAt !== undefined || purposeAlone(recording) !== undefined);

/** What is to be done to a recording as a whole. `recheck`: it is isolated, and may be deletable by now. */
export type RetentionTask = 'nothing' | 'erase' | 'anonymise' | 'isolate' | 'recheck';

/** What is due now by the ledger and the policy, were there no legal hold. */
export function taskFor(
  recording: KeptRecording,
  policy: RetentionPolicy,
  { nowMs, isOpen }: { readonly nowMs: number; readonly isOpen: boolean },
): RetentionTask {
  if (recording.storage === 'local') return 'nothing';
  const state = stateOf(recording, isOpen);
  if (state === 'erasing') return recording.erasing?.counts ? 'anonymise' : 'erase';
  if (state === 'isolated') return 'recheck';
  // A time that cannot be read is not over.
  if (state !== 'kept' || !(nowMs >= keptUntilMs(recording, policy))) return 'nothing';
  return ({ delete: 'erase', anonymise: 'anonymise', isolate: 'isolate' } as const)[policy.then];
}

/** Whose share is to be erased and is not yet. */
export function sharesLeft(recording: KeptRecording, isOpen: boolean): readonly ParticipantId[] {
  const state = stateOf(recording, isOpen);
  if (state !== 'kept' && state !== 'isolated') return [];
  return [...recording.shares].filter(([, share]) => share.state === 'erasing').map(([participantId]) => participantId);
}

/** How long to wait after this many failures in a row: 1, 2, 4 … seconds, at most a minute. */
export const backoffMs = (failures: number): number => Math.min(60_000, 1000 * 2 ** (failures - 1));
