import type { Clock } from '../core/clock.ts';
import { isNoticeError } from '../core/errors.ts';
import type { ParticipantId, RecordingId } from '../participants/participants.types.ts';
import { inTime } from './in-time.ts';
import type { KeptRecording } from './kept.types.ts';
import { keptTranscript, readTranscript, writtenTranscript } from './kept-transcript.ts';
import type { ErasedBecause, Kept, RecordingCounts } from './ledger.types.ts';
import type { MeetingLedger } from './meeting-ledgers.ts';
import { storageFailed, storageTimedOut } from './records-errors.ts';
import type { RecordingStorage, ShareSpan } from './retention.types.ts';
import { transcriptWithout } from './share.rules.ts';
import { countsOf } from './statistics.rules.ts';
import type { Vault } from './vault.types.ts';

/** Recording, then transcript, then what was made of it: what goes with a recording (G5). */
const everything: readonly Kept[] = ['recording', 'transcript', 'notes'];

/** What an erasure stands on. */
export interface ErasureParts {
  readonly vault: Vault;
  readonly storage: RecordingStorage;
  readonly clock: Clock;
  readonly floor: number;
  readonly timeoutMs: number;
}

/**
 * The steps of one erasure. Each is on the ledger before anything goes (`erasing`) and once all is gone (`erased`,
 * `anonymised`), and is safe to do again from the start. Whoever calls holds the meeting's lock and has looked for a hold.
 */
export class Erasure {
  readonly #parts: ErasureParts;

  constructor(parts: ErasureParts) {
    this.#parts = parts;
  }

  /** The whole recording and all that was made of it. */
  async erase(ledger: MeetingLedger, recording: KeptRecording, wanted: ErasedBecause): Promise<void> {
    const { recordingId, erasing } = recording;
    const because = erasing?.because ?? wanted;
    const fact = { recordingId, kept: everything, because };
    if (!erasing) await ledger.write({ ...fact, fact: 'erasing' });
    await this.gone(recordingId);
    await ledger.write({ ...fact, fact: 'erased' });
  }

  /** All but counts: they are taken, and on the ledger, before anything goes. */
  async anonymise(ledger: MeetingLedger, recording: KeptRecording): Promise<void> {
    const { recordingId, erasing } = recording;
    const counts = erasing?.counts ?? (await this.#counts(recording));
    const fact = { recordingId, kept: everything, because: 'retention', counts } as const;
    if (!erasing) await ledger.write({ ...fact, fact: 'erasing' });
    await this.gone(recordingId);
    await ledger.write({ ...fact, fact: 'anonymised' });
  }

  async isolate(ledger: MeetingLedger, { recordingId }: KeptRecording): Promise<void> {
    await this.#asked('isolate', recordingId, async () => this.#parts.storage.isolate?.(recordingId));
    await ledger.write({ fact: 'isolated', recordingId, kept: everything, because: 'retention' });
  }

  /** Whether what is isolated may be deleted by now. */
  async mayErase({ recordingId }: KeptRecording): Promise<boolean> {
    const { storage } = this.#parts;
    return await this.#asked('look at', recordingId, async () => (await storage.mayErase?.(recordingId)) === true);
  }

  /** One person's words and media; receipts stay, as proof. Notes go whole: nobody can tell whose words are in them. */
  async eraseShare(
    ledger: MeetingLedger,
    recording: KeptRecording,
    participantId: ParticipantId,
    wanted: ErasedBecause,
  ): Promise<void> {
    const { recordingId, shares } = recording;
    const because = shares.get(participantId)?.because ?? wanted;
    const fact = { recordingId, kept: everything, because, participantId };
    if (!shares.has(participantId)) await ledger.write({ ...fact, fact: 'erasing' });
    await this.shareGone(recording, participantId);
    await ledger.write({ ...fact, fact: 'erased' });
  }

  /** What of one person is not on the ledger goes. */
  async shareGone(recording: KeptRecording, participantId: ParticipantId): Promise<void> {
    const { recordingId } = recording;
    await this.#parts.vault.rewrite(recordingId, (text, kind) => {
      if (kind === 'notes') return undefined;
      return writtenTranscript(transcriptWithout(readTranscript(recordingId, text), participantId));
    });
    const share = { participantId, spans: spansOf(recording, participantId) };
    await this.#asked('mark a share out of', recordingId, async () =>
      this.#parts.storage.markOut?.(recordingId, share),
    );
  }

  /** The key first: from then on no copy opens, whatever the storage does. */
  async gone(recordingId: RecordingId): Promise<void> {
    await this.#parts.vault.destroy(recordingId);
    await this.#asked('erase', recordingId, () => this.#parts.storage.erase(recordingId));
  }

  /** What cannot be read is not counted: that must not keep it from being erased. */
  async #counts(recording: KeptRecording): Promise<RecordingCounts> {
    const { vault, floor } = this.#parts;
    try {
      return countsOf(recording, await keptTranscript(vault, recording.recordingId), floor);
    } catch (error) {
      if (!isNoticeError(error) || error.retryable) throw error;
      return countsOf(recording, undefined, floor);
    }
  }

  async #asked<T>(call: string, recordingId: RecordingId, answer: () => Promise<T>): Promise<T> {
    const { clock, timeoutMs } = this.#parts;
    const tooLate = () => storageTimedOut(call, recordingId, timeoutMs);
    try {
      return await inTime(clock, timeoutMs, answer(), tooLate);
    } catch (cause) {
      throw isNoticeError(cause) ? cause : storageFailed(call, recordingId, cause);
    }
  }
}

/** When somebody was in what the recorder took, from its start on. */
export function spansOf(recording: KeptRecording, participantId: ParticipantId): readonly ShareSpan[] {
  const start = Date.parse(recording.startedAt ?? recording.lastAt);
  return recording.captured
    .filter((span) => span.participantId === participantId)
    .map(({ from, to }) => ({
      startMs: Date.parse(from) - start,
      endMs: Date.parse(to ?? recording.endedAt ?? recording.lastAt) - start,
    }));
}
