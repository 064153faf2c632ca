import type { ParticipantId } from '../participants/participants.types.ts';
import type { KeptSegment, Transcript } from '../transcript/transcript.types.ts';

/** Everybody whose words a segment may be, by the engine and by each correction; `null` stands for nobody knows who. */
const speakersOf = ({ speaker, corrections = [] }: KeptSegment): readonly (ParticipantId | null)[] => [
  speaker,
  ...corrections.flatMap((correction) => (correction.speaker === undefined ? [] : [correction.speaker])),
];

/** Who said it, by the last correction. */
export const speakerOf = (segment: KeptSegment): ParticipantId | null => speakersOf(segment).at(-1) ?? null;

/** The segments of which somebody is the speaker. */
export const segmentsOf = ({ segments }: Transcript, participantId: ParticipantId): readonly KeptSegment[] =>
  segments.filter((segment) => speakerOf(segment) === participantId);

/**
 * A transcript without one person's words. What may be theirs goes with it: a segment that was ever taken for theirs, and
 * one of unknown or several speakers. So does what they wrote beside others' words.
 */
export function transcriptWithout(transcript: Transcript, participantId: ParticipantId): Transcript {
  const segments = transcript.segments
    .filter((segment) => !speakersOf(segment).some((speaker) => speaker === participantId || speaker === null))
    .map((segment) => withoutCorrectionsBy(segment, participantId));
  return { ...transcript, segments };
}

function withoutCorrectionsBy(segment: KeptSegment, participantId: ParticipantId): KeptSegment {
  const { corrections, ...bare } = segment;
  const others = corrections?.filter(({ by }) => by !== participantId) ?? [];
  return others.length > 0 ? { ...bare, corrections: others } : bare;
}
