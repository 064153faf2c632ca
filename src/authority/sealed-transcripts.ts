import { isNoticeError } from '../core/errors.ts';
import type { RecordingId } from '../participants/participants.types.ts';
import type { MeetingDesk } from '../records/meeting-records.types.ts';
import { backoffMs } from '../records/retention.rules.ts';
import type { Transcript, TranscriptState } from '../transcript/transcript.types.ts';
import type { AuthorityContext } from './authority.types.ts';
import type { OwnTranscript } from './own-transcript.ts';
import type { TranscriptDesk } from './transcript-desk.ts';

/** Nothing more is written. */
const ended: readonly TranscriptState[] = ['ready', 'failed'];
/** So much is said before it is sealed, in UTF-16 units of its JSON: less than a hand-over takes along, and a crash loses no more. */
const unsealedMost = 100_000;

/**
 * Keeps transcripts in the vault: each once it is ready or has failed, whatever there is of it when somebody exercises a right, and the
 * text of a long one as it grows.
 */
export class SealedTranscripts {
  readonly #context: AuthorityContext;
  readonly #transcripts: TranscriptDesk;
  readonly #desk: Pick<MeetingDesk, 'keep'>;
  readonly #kept: () => void;
  /** Those of which all is sealed. */
  readonly #sealed = new Set<string>();
  /** How much was told of each that is being made, and how much of it is not sealed. */
  readonly #growth = new Map<string, { readonly head: number; readonly unsealed: number }>();
  readonly #failures = new Map<RecordingId, number>();

  /** `kept`: one that is ready, or has failed, is sealed. */
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

  /** Looks for what has ended, or has grown. */
  settle(): void {
    for (const transcript of this.#transcripts.of()) {
      const { transcriptId, recordingId, state } = transcript;
      if (transcript.isTaking && this.#hasGrown(transcript)) this.#keep(recordingId);
      if (!ended.includes(state) || this.#sealed.has(transcriptId)) continue;
      this.#sealed.add(transcriptId);
      this.#growth.delete(transcriptId);
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

  /** Enough was said of it since it was sealed. What another authority has handed over counts: it may not be sealed. */
  #hasGrown(transcript: OwnTranscript): boolean {
    const { transcriptId, head } = transcript;
    const before = this.#growth.get(transcriptId);
    if (before?.head === head) return false;
    const added = before ? transcript.heardAfter(before.head, head) : transcript.transcript.segments;
    const unsealed = (before?.unsealed ?? 0) + JSON.stringify(added).length;
    this.#growth.set(transcriptId, { head, unsealed: unsealed > unsealedMost ? 0 : unsealed });
    return unsealed > unsealedMost;
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

/** One recording has one text: a transcript that was asked for again goes on with the one before. */
function joined(latestFirst: readonly OwnTranscript[]): Transcript | undefined {
  const [first, ...later] = latestFirst.map(({ transcript }) => transcript).reverse();
  return first && { ...first, segments: [first, ...later].flatMap(({ segments }) => segments) };
}
