import type { ParticipantId, RecordingId } from '../participants/participants.types.ts';
import { isWithheld } from '../transcript/withheld.rules.ts';
import type { Happened } from './history.types.ts';

/** One segment of a transcript, as it stands at the end. */
export interface KeptWords {
  readonly transcriptId: string;
  readonly recordingId: RecordingId;
  readonly speaker: ParticipantId | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

/** What somebody was told of transcripts in final form, and was not taken back, erased or set apart since; by time. */
export function keptWords(history: readonly Happened[]): KeptWords[] {
  const kept = new Map<string, KeptWords>();
  const withheld = new Set<string>();
  for (const event of history) {
    if (event.kind !== 'hook') continue;
    const { hook } = event;
    if (hook.hook === 'transcriptChanged' && isWithheld(hook.payload.status)) withheld.add(hook.payload.transcriptId);
    if (hook.hook !== 'transcriptSegment' || !hook.payload.segment.final) continue;
    const { transcriptId, recordingId, segment } = hook.payload;
    const { id, speaker, startMs, endMs, text } = segment;
    kept.set(JSON.stringify([transcriptId, id]), { transcriptId, recordingId, speaker, startMs, endMs, text });
  }
  return [...kept.values()]
    .filter(({ transcriptId, text }) => text !== '' && !withheld.has(transcriptId))
    .sort((a, b) => a.startMs - b.startMs);
}
