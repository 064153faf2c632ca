import type { ParticipantId, RecordingId } from '../participants/participants.types.ts';

/** Who is let through to a recorder, and whether anybody is. */
export interface Gates {
  readonly paused: boolean;
  readonly included: readonly ParticipantId[];
}

/** What happens to the gates of a recording. */
export type GateEvent =
  | { readonly type: 'include'; readonly who: readonly ParticipantId[] }
  | { readonly type: 'exclude'; readonly who: readonly ParticipantId[] }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' };

/** A recording begins with nobody (G1). */
export const gatesAtStart: Gates = { paused: false, included: [] };

/** The gates after an event; the very same ones if it changes nothing. */
export function gatesAfter(gates: Gates, event: GateEvent): Gates {
  if (event.type === 'pause' || event.type === 'resume') {
    const paused = event.type === 'pause';
    return paused === gates.paused ? gates : { ...gates, paused };
  }
  const included =
    event.type === 'include'
      ? [...new Set([...gates.included, ...event.who])]
      : gates.included.filter((id) => !event.who.includes(id));
  return included.length === gates.included.length ? gates : { ...gates, included };
}

/** Whose gates are open now: nobody's while paused. */
export const openGates = ({ paused, included }: Gates): readonly ParticipantId[] => (paused ? [] : included);

/** WebM with VP8 first: the cheapest to encode while a call is going on. */
const mimeTypes = [
  'video/webm;codecs=vp8,opus',
  'video/webm;codecs=vp9,opus',
  'video/webm',
  'video/mp4;codecs=avc1.42E01E,mp4a.40.2',
  'video/mp4',
];

/** The type to record in, of those that the browser can write; `undefined` if it can write none. */
export function mimeTypeFor(wanted: string | undefined, canWrite: (type: string) => boolean): string | undefined {
  return (wanted === undefined ? mimeTypes : [wanted]).find(canWrite);
}

/** `recording-ID.webm` or `.mp4`, without anything that a file system could take amiss. */
export function fileNameFor(recordingId: RecordingId, mimeType: string): string {
  const id = recordingId.replace(/[^\w-]+/g, '-').replace(/^-+|-+$/g, '') || 'untitled';
  return `recording-${id}.${/^video\/mp4\b/.test(mimeType) ? 'mp4' : 'webm'}`;
}

/** Why a recording ends whose chunk could not be kept. */
export function storageCode(error: unknown): 'capture/storage-full' | 'capture/storage-failed' {
  const isFull = error instanceof Error && error.name === 'QuotaExceededError';
  return isFull ? 'capture/storage-full' : 'capture/storage-failed';
}
