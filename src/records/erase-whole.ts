import type { RecordingId } from '../participants/participants.types.ts';
import type { Erasure } from './erasure.ts';
import type { KeptRecording } from './kept.types.ts';
import { checkErasable, keptRecording } from './kept-recording.ts';
import type { ErasedBecause } from './ledger.types.ts';
import type { MeetingLedger } from './meeting-ledgers.ts';
import { erasureRestricted } from './records-errors.ts';
import { restrictedPeople, rightRequests } from './rights.rules.ts';

/**
 * Erases a recording, its transcript and its notes, unless something holds it; whoever calls holds the meeting's lock.
 * What was begun goes on; what is gone stays so.
 * @throws NoticeError `recording/unknown`, `recording/local`, `retention/still-recording`, `retention/held`, `retention/restricted`, and
 * what a store or the storage fails with.
 */
export async function eraseWhole(
  erasure: Erasure,
  ledger: MeetingLedger,
  recordingId: RecordingId,
  because: ErasedBecause,
): Promise<void> {
  const recording = await keptRecording(ledger, recordingId);
  if (recording.state === 'erased' || recording.state === 'anonymised') return;
  checkErasable(recording, await ledger.isOpen());
  const [restricted] = recording.erasing ? [] : await restrictedIn(ledger, recording);
  if (restricted !== undefined) throw erasureRestricted(recordingId, restricted);
  await erasure.erase(ledger, recording, because);
}

/** Who has the recording held for their own sake, though its time is over (GDPR Art. 18(1)(c), 18(2)). */
export async function restrictedIn(ledger: MeetingLedger, { people }: KeptRecording): Promise<readonly string[]> {
  const restricted = restrictedPeople((await rightRequests(ledger.records())).values());
  return [...people].filter((person) => restricted.has(person));
}
