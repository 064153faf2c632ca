import type { ParticipantId } from '../participants/participants.types.ts';
import { endOf, startOf } from './segment.rules.ts';
import { type MayKeep, partId, partsOf } from './split.rules.ts';
import type { KeptSegment } from './transcript.types.ts';

/** Who spoke, as was last said of it. */
export function speakerOf({ speaker, corrections = [] }: KeptSegment): ParticipantId | null {
  const said = corrections.findLast((correction) => correction.speaker !== undefined)?.speaker;
  return said === undefined ? speaker : said;
}

/** What it reads, as was last said of it. */
export const textOf = ({ text, corrections = [] }: KeptSegment): string =>
  corrections.findLast((correction) => correction.text !== undefined)?.text ?? text;

/** Everyone whose words it is, or was ever said to be. */
export const speakersOf = ({ speaker, corrections = [] }: KeptSegment): readonly ParticipantId[] =>
  [speaker, ...corrections.map((correction) => correction.speaker)].filter((id) => typeof id === 'string');

/** The parts of a segment that may be kept. What was rewritten cannot be split: it stays whole, or goes. */
export function keptPartsOf(segment: KeptSegment, mayKeep: MayKeep): readonly KeptSegment[] {
  if (mayKeep(startOf(segment), endOf(segment))) return [segment];
  if (segment.corrections?.some(({ text }) => text !== undefined)) return [];
  const { cue: _, ...rest } = segment;
  return partsOf(segment, mayKeep).map((part, place) => ({ ...rest, ...part, id: partId(segment.id, place) }));
}

/** Without what this person wrote into its corrections. */
export function withoutTextBy(segment: KeptSegment, writer: ParticipantId): KeptSegment {
  const corrections = (segment.corrections ?? []).flatMap((correction) => {
    if (correction.by !== writer) return [correction];
    const { text: _, ...rest } = correction;
    return rest.speaker === undefined ? [] : [rest];
  });
  return { ...segment, corrections };
}
