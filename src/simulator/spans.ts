import type { ParticipantId } from '../participants/participants.types.ts';
import type { CaptureSpan, Happened } from './history.types.ts';

/** When the recorder's output held whom; what still runs ends with the simulation. */
export function captureSpans(history: readonly Happened[], untilMs: number): CaptureSpan[] {
  const open = new Map<string, CaptureSpan>();
  const spans: CaptureSpan[] = [];
  for (const event of history) {
    if (event.kind !== 'captured') continue;
    const { participant: participantId, recordingId } = event;
    const key = JSON.stringify([participantId, recordingId]);
    const begun = open.get(key);
    if (event.captured) open.set(key, { recordingId, participantId, fromMs: event.at, toMs: untilMs });
    else if (begun) {
      open.delete(key);
      if (event.at > begun.fromMs) spans.push({ ...begun, toMs: event.at });
    }
  }
  return [...spans, ...open.values()].sort((a, b) => a.fromMs - b.fromMs);
}

/** For how many milliseconds of a window the recorder's output held somebody. */
export function capturedMs(history: readonly Happened[], who: ParticipantId, fromMs: number, toMs: number): number {
  return captureSpans(history, toMs)
    .filter((span) => span.participantId === who)
    .reduce((sum, span) => sum + Math.max(0, Math.min(span.toMs, toMs) - Math.max(span.fromMs, fromMs)), 0);
}
