import { derivedId } from '../core/ids.ts';
import type { RecordingId } from '../participants/participants.types.ts';

const prefix = 'seen-';

/**
 * The id of a capture that the platform runs by itself (G10): the same on every client and on the authority, so that
 * one capture has one notice, however it was learned.
 */
export function seenRecordingId(meetingId: string, platformId: string): RecordingId {
  return `${prefix}${derivedId(meetingId, platformId)}`;
}

/** Whether it is the id of a capture seen. */
export const isSeenRecording = (recordingId: RecordingId): boolean => recordingId.startsWith(prefix);
