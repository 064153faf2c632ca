import type { TranscriptState } from './transcript.types.ts';

const withheld: readonly TranscriptState[] = ['erased', 'anonymised', 'isolated'];

/** Nobody reads a transcript in this state any more: its words are gone, or set apart until they can be (R11). */
export const isWithheld = (state: TranscriptState): boolean => withheld.includes(state);
