import { transcriptInvalid } from '../core/errors.ts';
import type { ParticipantId } from '../participants/participants.types.ts';
import { faultOfSegment } from './segment.rules.ts';
import type { KeptSegment, Transcript } from './transcript.types.ts';

/** What a file does not say of the transcript in it. */
export interface ReadOptions {
  readonly transcriptId: string;
  readonly recordingId: string;
  /** BCP 47; what the file says goes before it. */
  readonly language?: string;
  /** Who it is that the file calls so; nobody, for null. Its own words are the ids, unless this is given. */
  readonly speakerOf?: (name: string) => ParticipantId | null;
}

/** How a transcript is written. */
export interface WriteOptions {
  /** What somebody is called in the file; their id, unless this is given. */
  readonly nameOf?: (speaker: ParticipantId) => string;
}

/** The transcript of these segments; an id that is none, or is there already, is replaced by a number. */
export function transcriptOf(
  { transcriptId, recordingId, language }: ReadOptions,
  read: readonly (Omit<KeptSegment, 'id' | 'final'> & { readonly id?: string })[],
): Transcript {
  const ids = new Set<string>();
  const segments = read.map((each, place): KeptSegment => {
    let id = each.id ?? `${place + 1}`;
    for (let next = 0; ids.has(id); next += 1) id = next === 0 ? `${place + 1}` : `${place + 1}.${next}`;
    ids.add(id);
    const segment = { ...each, id, final: true };
    const fault = faultOfSegment(segment);
    if (fault !== undefined) throw transcriptInvalid(`/segments/${place}`, fault);
    return segment;
  });
  return { transcriptId, recordingId, ...(language !== undefined && { language }), segments };
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `hh:mm:ss.mmm`. */
export function clockTime(ms: number): string {
  const whole = Math.round(ms);
  const seconds = Math.floor(whole / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}.${String(whole % 1000).padStart(3, '0')}`;
}
