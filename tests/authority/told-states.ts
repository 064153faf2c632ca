import type { Segment } from '../../src/transcript/transcript.types.ts';
import type { PersonalState, RecordingState } from '../../src/transport/messages.types.ts';

/** A recording that hana has asked for. */
export const recordingState = (more: Partial<RecordingState> = {}): RecordingState => ({
  recordingId: 'r',
  purposes: ['recording'],
  status: 'asking',
  by: { participantId: 'hana' },
  started: false,
  endsBy: 'platform',
  ...more,
});

/** Somebody of whom there is nothing to tell. */
export const personalState = (more: Partial<PersonalState> = {}): PersonalState => ({
  notices: [],
  closed: [],
  consents: [],
  captured: [],
  hold: null,
  admission: { admission: 'admitted', because: 'admitted' },
  ...more,
});

/** What bo said, for a tenth of a second. */
export const heard = (id: string, startMs: number, more: Partial<Segment> = {}): Segment => ({
  id,
  speaker: 'bo',
  startMs,
  endMs: startMs + 100,
  text: id,
  final: true,
  ...more,
});
