import { fileNameFor } from './capture.rules.ts';
import type { RecordedFile } from './capture.types.ts';
import type { AboutRecording, ChunkStore } from './chunk-store.ts';
import { webmWithDuration } from './webm.rules.ts';

/** More than a recorder writes before the first sound and picture. */
const beginningBytes = 4096;

/** The recording that these chunks are. `removed` is told once they are erased. */
export function recordedFile(
  { recordingId, mimeType, startedAt, durationMs, ended }: AboutRecording,
  store: ChunkStore,
  sizeBytes: number,
  removed: (file: RecordedFile) => void,
): RecordedFile {
  const file: RecordedFile = {
    recordingId,
    name: fileNameFor(recordingId, mimeType),
    mimeType,
    startedAt,
    durationMs,
    sizeBytes,
    keptIn: store.keptIn,
    ended: ended ?? 'capture/page-ended',
    read: async () => {
      const whole = new Blob([...(await store.parts())], { type: mimeType });
      if (!mimeType.startsWith('video/webm') || durationMs === 0) return whole;
      const beginning = new Uint8Array(await whole.slice(0, beginningBytes).arrayBuffer());
      const patched = webmWithDuration(beginning, durationMs);
      return new Blob([new Uint8Array(patched), whole.slice(beginningBytes)], { type: mimeType });
    },
    remove: async () => {
      await store.remove();
      removed(file);
    },
  };
  return file;
}
