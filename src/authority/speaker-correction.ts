import type { ParticipantId } from '../participants/participants.types.ts';
import type { Command } from '../transport/command.types.ts';
import type { RecordsDeskParts } from './records-desk.types.ts';

/**
 * A host says who spoke: it stands beside what was heard, or the words go, where they were not to be kept of that person
 * then (G5). The segments that are gone by it; `undefined` where there is no such segment.
 */
export function correctSpeaker(
  { context, transcripts, ledger }: RecordsDeskParts,
  { recordingId, segmentId, speaker }: Extract<Command, { do: 'correctSpeaker' }>,
  by: ParticipantId,
): readonly string[] | undefined {
  const at = new Date(context.options.clock.now()).toISOString();
  for (const transcript of transcripts.of(recordingId)) {
    if (!transcript.transcript.segments.some(({ id }) => id === segmentId)) continue;
    let isRemoved = false;
    transcripts.change(transcript, (text) => {
      isRemoved = text.correct(segmentId, { by, at, speaker }) === 'removed';
    });
    ledger.write({ fact: 'corrected', recordingId, segmentId, by });
    return isRemoved ? [segmentId] : [];
  }
  return undefined;
}
