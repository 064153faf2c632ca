import type { ParticipantId } from '../participants/participants.types.ts';
import type { AccessGrant, AccessRefusal } from './access.types.ts';
import type { KeptRecording, KeptState } from './kept.types.ts';
import type { LedgerRecord } from './ledger.types.ts';

/** Every access that was opened in a meeting, in order. */
export async function accessGrants(records: AsyncIterable<LedgerRecord>): Promise<ReadonlyMap<string, AccessGrant>> {
  const grants = new Map<string, AccessGrant>();
  for await (const { at, meetingId, fact } of records) {
    if (fact.fact === 'access-granted') {
      const { grantId, recordingId, to, reason, by = '', until = at, forHold } = fact;
      const grant = { grantId, meetingId, recordingId, to, by, reason, since: at, until };
      grants.set(grantId, { ...grant, ...(forHold && { forHold }) });
    }
    const before = fact.fact === 'access-ended' ? grants.get(fact.grantId) : undefined;
    if (before) grants.set(before.grantId, { ...before, ended: true });
  }
  return grants;
}

/** Why a grant is not open; nothing where it is. The end itself is no longer within. */
export function closedBecause({ ended, until }: AccessGrant, nowMs: number): AccessRefusal | undefined {
  if (ended) return 'access/ended';
  return nowMs < Date.parse(until) ? undefined : 'access/expired';
}

/** The grant that lets somebody in, or the last of theirs that does not. */
export function grantFor(
  grants: Iterable<AccessGrant>,
  {
    recordingId,
    to,
    nowMs,
    isHeld,
  }: { readonly recordingId: string; readonly to: string; readonly nowMs: number; readonly isHeld: boolean },
): AccessGrant | undefined {
  const theirs = [...grants].filter((grant) => grant.recordingId === recordingId && grant.to === to);
  const open = theirs.filter((grant) => closedBecause(grant, nowMs) === undefined);
  return (isHeld ? open.find(({ forHold }) => forHold) : undefined) ?? open.at(-1) ?? theirs.at(-1);
}

const refusalIn: Readonly<Partial<Record<KeptState, AccessRefusal>>> = {
  asked: 'access/still-recording',
  running: 'access/still-recording',
  isolated: 'access/isolated',
  erasing: 'access/erased',
  erased: 'access/erased',
  anonymised: 'access/erased',
};

/** Why nobody uses a recording now, whatever was opened; nothing where it may be used. */
export function unusableBecause(
  recording: KeptRecording,
  {
    state,
    restricted,
    forHold,
  }: { readonly state: KeptState; readonly restricted: ReadonlySet<ParticipantId>; readonly forHold: boolean },
): AccessRefusal | undefined {
  const refusal = refusalIn[state];
  if (refusal) return refusal;
  if (recording.holds.length > 0 && !forHold) return 'access/held';
  const isRestricted = [...recording.people].some((person) => restricted.has(person));
  // Somebody's words are to go and are still there.
  const isLeaving = [...recording.shares.values()].some((share) => share.state === 'erasing');
  return isRestricted || isLeaving ? 'access/restricted' : undefined;
}
