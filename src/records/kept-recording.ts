import type { RecordingId } from '../participants/participants.types.ts';
import { keptRecordings } from './kept.rules.ts';
import type { KeptRecording } from './kept.types.ts';
import type { MeetingLedger } from './meeting-ledgers.ts';
import { erasureHeld, recordingLocal, recordingUnknown, stillRecording } from './records-errors.ts';
import { stateOf } from './retention.rules.ts';

/**
 * A recording that the provider keeps, as the ledger has it now.
 * @throws NoticeError `recording/unknown`; `recording/local` for one that is on the host's own device (R2).
 */
export async function keptRecording(ledger: MeetingLedger, recordingId: RecordingId): Promise<KeptRecording> {
  const recording = (await keptRecordings(ledger.records())).get(recordingId);
  if (recording === undefined) throw recordingUnknown(recordingId);
  if (recording.storage === 'local') throw recordingLocal(recordingId);
  return recording;
}

/** @throws NoticeError `retention/held`, `retention/still-recording`. */
export function checkErasable(recording: KeptRecording, isOpen: boolean): void {
  const [hold] = recording.holds;
  if (hold) throw erasureHeld(recording.recordingId, hold.by);
  const state = stateOf(recording, isOpen);
  if (state === 'asked' || state === 'running') throw stillRecording(recording.recordingId);
}
