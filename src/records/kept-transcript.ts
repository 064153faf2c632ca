import { canonicalJson } from '../core/canonical-json.ts';
import type { ParticipantId, RecordingId } from '../participants/participants.types.ts';
import type { KeptSegment, Transcript } from '../transcript/transcript.types.ts';
import { keptRecordings } from './kept.rules.ts';
import type { Ledger } from './ledger.types.ts';
import { vaultCorrupt } from './records-errors.ts';
import { transcriptWithout } from './share.rules.ts';
import type { Vault } from './vault.types.ts';

const isSegment = (value: unknown): value is KeptSegment => {
  const { id, text, speaker } = (value ?? {}) as Partial<KeptSegment>;
  return typeof id === 'string' && typeof text === 'string' && (speaker === null || typeof speaker === 'string');
};

/** @throws NoticeError `vault/corrupt` for what is no transcript of this recording. */
export function readTranscript(recordingId: RecordingId, text: string): Transcript {
  try {
    const value = JSON.parse(text) as Transcript;
    if (value.recordingId === recordingId && value.segments.every(isSegment)) return value;
  } catch (cause) {
    throw vaultCorrupt(recordingId, 'transcript', cause);
  }
  throw vaultCorrupt(recordingId, 'transcript');
}

/** A transcript as a vault keeps it. */
export const writtenTranscript = (transcript: Transcript): string => canonicalJson(transcript);

/**
 * Keeps a transcript in place of the one before, without the words of whoever has had theirs deleted by then.
 * @throws NoticeError `vault/destroyed` once the recording is erased; `vault/store-failed`.
 */
export async function keepTranscript(
  { vault, ledger }: { readonly vault: Vault; readonly ledger: Ledger },
  meetingId: string,
  transcript: Transcript,
): Promise<void> {
  const recordings = await keptRecordings(ledger.records(meetingId));
  const { recordingId } = transcript;
  const gone: Iterable<ParticipantId> = recordings.get(recordingId)?.shares.keys() ?? [];
  const kept = [...gone].reduce(transcriptWithout, transcript);
  await vault.seal(recordingId, 'transcript', writtenTranscript(kept));
}

/**
 * A transcript beside what was kept of it before: what was heard stands once, with all that was said of it since.
 * `without`: segments that go.
 */
export function joinedTranscript(
  before: Transcript | undefined,
  now: Transcript,
  without: readonly string[] = [],
): Transcript {
  const segments = new Map((before?.segments ?? []).map((segment) => [segment.id, segment]));
  for (const segment of now.segments) {
    const known = segments.get(segment.id)?.corrections ?? [];
    const more = (segment.corrections ?? []).filter(
      (each) => !known.some((one) => canonicalJson(one) === canonicalJson(each)),
    );
    const corrections = [...known, ...more];
    segments.set(segment.id, corrections.length > 0 ? { ...segment, corrections } : segment);
  }
  for (const id of without) segments.delete(id);
  return { ...(before ?? now), segments: [...segments.values()].sort((a, b) => a.startMs - b.startMs) };
}

/** The transcript that is kept of a recording; `undefined` where there is none. Rejects as `Vault.open` does. */
export async function keptTranscript(vault: Vault, recordingId: RecordingId): Promise<Transcript | undefined> {
  const text = await vault.open(recordingId, 'transcript');
  return text === undefined ? undefined : readTranscript(recordingId, text);
}
