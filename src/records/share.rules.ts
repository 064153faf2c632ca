import type { ParticipantId } from '../participants/participants.types.ts';
import { speakerOf } from '../transcript/kept-segment.rules.ts';
import { KeptTranscript } from '../transcript/kept-transcript.ts';
import type { KeptSegment, Transcript } from '../transcript/transcript.types.ts';

/** The segments of which somebody is the speaker, as was last said of them. */
export const segmentsOf = ({ segments }: Transcript, participantId: ParticipantId): readonly KeptSegment[] =>
  segments.filter((segment) => speakerOf(segment) === participantId);

/** A transcript without one person's words, without what may be theirs, and without what they wrote beside others' words. */
export function transcriptWithout(transcript: Transcript, participantId: ParticipantId): Transcript {
  const kept = KeptTranscript.of(transcript);
  kept.redact(participantId);
  return kept.toTranscript();
}
