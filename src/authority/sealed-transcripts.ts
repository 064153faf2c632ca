import { isNoticeError } from '../core/errors.ts';
import type { RecordingId } from '../participants/participants.types.ts';
import type { MeetingDesk } from '../records/meeting-records.types.ts';
import { backoffMs } from '../records/retention.rules.ts';
import type { Transcript } from '../transcript/transcript.types.ts';
import type { AuthorityContext } from './authority.types.ts';
import type { OwnTranscript } from './own-transcript.ts';
import type { TranscriptDesk } from './transcript-desk.ts';

/** Keeps transcripts in the vault: each once it is ready, and whatever there is of it when somebody exercises a right. */
export class SealedTranscripts {
  readonly #context: AuthorityContext;
  readonly #transcripts: TranscriptDesk;
  readonly #desk: Pick<MeetingDesk, 'keep'>;
  readonly #kept: () => void;
  /** Those of which all is sealed. */
  readonly #sealed = new Set<string>();
  readonly #failures = new Map<RecordingId, number>();

  /** `kept`: one that is ready is sealed. */
  constructor(
    context: AuthorityContext,
    transcripts: TranscriptDesk,
    desk: Pick<MeetingDesk, 'keep'>,
    kept: () => void,
  ) {
    this.#context = context;
    this.#transcripts = transcripts;
    this.#desk = desk;
    this.#kept = kept;
  }

  /** Looks for what has become ready. */
  settle(): void {
    for (const { transcriptId, recordingId, state } of this.#transcripts.of()) {
      if (state !== 'ready' || this.#sealed.has(transcriptId)) continue;
      this.#sealed.add(transcriptId);
      this.#keep(recordingId);
    }
  }

  /** Seals what there is of each by now. Rejects where the vault does. */
  async all(): Promise<void> {
    const recordings = new Set(this.#transcripts.of().map(({ recordingId }) => recordingId));
    await Promise.all([...recordings].map((recordingId) => this.#seal(recordingId)));
  }

  /** A segment was corrected, or is `gone` by that: what was sealed of it is sealed anew. */
  corrected(recordingId: RecordingId, gone: readonly string[]): void {
    this.#keep(recordingId, gone);
  }

  #keep(recordingId: RecordingId, gone: readonly string[] = []): void {
    this.#seal(recordingId, gone).then(
      () =>
        this.#context.post(() => {
          this.#failures.delete(recordingId);
          this.#kept();
        }),
      (error) =>
        this.#context.post(() => {
          const { doubt, epoch } = this.#context.options;
          const failures = (this.#failures.get(recordingId) ?? 0) + 1;
          this.#failures.set(recordingId, failures);
          doubt(isNoticeError(error) ? error.code : 'vault/store-failed', epoch.id);
          this.#context.timers.set(`seal ${recordingId}`, backoffMs(failures), () => this.#keep(recordingId, gone));
        }),
    );
  }

  async #seal(recordingId: RecordingId, gone: readonly string[] = []): Promise<void> {
    const transcript = joined(this.#transcripts.of(recordingId));
    if (transcript && transcript.segments.length + gone.length > 0) await this.#desk.keep(transcript, gone);
  }
}

/** One recording has one text: a transcript that was asked for again goes on with the one before, under ids of its own. */
function joined(latestFirst: readonly OwnTranscript[]): Transcript | undefined {
  const [first, ...later] = latestFirst.map(({ transcript }) => transcript).reverse();
  if (!first) return undefined;
  const more = later.flatMap(({ transcriptId, segments }) =>
    segments.map((segment) => ({ ...segment, id: `${segment.id}#${transcriptId}` })),
  );
  return { ...first, segments: [...first.segments, ...more] };
}
