import type { ParticipantId } from '../participants/participants.types.ts';
import { anonymous, type NamesOf } from './anonymous.rules.ts';
import { keptPartsOf, speakerOf, speakersOf, withoutTextBy } from './kept-segment.rules.ts';
import type { Correction, KeptSegment, Transcript } from './transcript.types.ts';

/** What a transcript is begun with. */
export interface KeptTranscriptOptions {
  readonly transcriptId: string;
  readonly recordingId: string;
  /** BCP 47. */
  readonly language?: string;
  /**
   * Whether this person was clear throughout, or everyone for null; asked when a correction says whose words they were.
   * Yes, unless it is given.
   */
  readonly isClear?: (speaker: ParticipantId | null, startMs: number, endMs: number) => boolean;
}

/** What came of a correction: it stands beside the original; there is no such segment; or the words may not be kept now that it is known whose they are. */
export type CorrectionOutcome = 'kept' | 'unknown-segment' | 'removed';

/** What is kept of one transcript: final segments, each with what was said of it since. */
export class KeptTranscript {
  readonly transcriptId: string;
  readonly recordingId: string;
  readonly language: string | undefined;
  readonly #isClear: Required<KeptTranscriptOptions>['isClear'];
  readonly #redacted = new Set<ParticipantId>();
  #segments = new Map<string, KeptSegment>();
  #inOrder: readonly KeptSegment[] | undefined;
  #isMixedGone = false;
  #isClosed = false;

  constructor({ transcriptId, recordingId, language, isClear = () => true }: KeptTranscriptOptions) {
    this.transcriptId = transcriptId;
    this.recordingId = recordingId;
    this.language = language;
    this.#isClear = isClear;
  }

  /** A transcript that was kept, or read from a file. With `isClear`, only what it lets through, split by words where they are told apart. */
  static of(transcript: Transcript, { isClear }: Pick<KeptTranscriptOptions, 'isClear'> = {}): KeptTranscript {
    const kept = new KeptTranscript({ ...transcript, ...(isClear && { isClear }) });
    kept.add(
      isClear === undefined
        ? transcript.segments
        : transcript.segments.flatMap((each) => keptPartsOf(each, (from, to) => isClear(speakerOf(each), from, to))),
    );
    return kept;
  }

  get size(): number {
    return this.#segments.size;
  }

  /** In order of time; of the same time, in the order in which they came. */
  get segments(): readonly KeptSegment[] {
    this.#inOrder ??= [...this.#segments.values()].sort((a, b) => a.startMs - b.startMs);
    return this.#inOrder;
  }

  /** Interim segments are not kept, nor anything of a speaker who was redacted, or after an erasure. */
  add(segments: readonly KeptSegment[]): void {
    if (this.#isClosed) return;
    for (const segment of segments) {
      if (!segment.final || this.isRedacted(segment)) continue;
      const corrections = segment.corrections ?? this.#segments.get(segment.id)?.corrections;
      this.#keep(corrections === undefined ? segment : { ...segment, corrections });
    }
  }

  /** Ids that stand no more. */
  remove(ids: readonly string[]): void {
    for (const id of ids) this.#segments.delete(id);
    this.#inOrder = undefined;
  }

  /** Puts a correction beside what was heard. Where the words are said to be somebody's who was not clear, they go (G5). */
  correct(segmentId: string, correction: Correction): CorrectionOutcome {
    const segment = this.#segments.get(segmentId);
    if (segment === undefined || this.#isClosed) return 'unknown-segment';
    const corrected = { ...segment, corrections: [...(segment.corrections ?? []), correction] };
    const { speaker } = correction;
    const mayStay =
      speaker === undefined || speaker === segment.speaker || this.#isClear(speaker, segment.startMs, segment.endMs);
    if (!mayStay || this.isRedacted(corrected)) {
      this.remove([segmentId]);
      return 'removed';
    }
    this.#keep(corrected);
    return 'kept';
  }

  /**
   * Takes out all that one person said: what was heard of them or is said to be theirs, what they wrote into corrections,
   * and, unless `mixed` is `keep`, what nobody knows the speaker of. It holds for what comes later. Answers with how many segments went.
   */
  redact(speaker: ParticipantId, { mixed = 'remove' }: { readonly mixed?: 'remove' | 'keep' } = {}): number {
    this.#redacted.add(speaker);
    this.#isMixedGone ||= mixed === 'remove';
    const before = this.size;
    for (const segment of this.segments) {
      if (this.isRedacted(segment)) this.#segments.delete(segment.id);
      else if (segment.corrections?.some(({ by }) => by === speaker))
        this.#segments.set(segment.id, withoutTextBy(segment, speaker));
    }
    this.#inOrder = undefined;
    return before - this.size;
  }

  /** Whether these are, or ever were said to be, or may be, the words of somebody whose words were taken out. */
  isRedacted(segment: KeptSegment): boolean {
    if (this.#isMixedGone && speakerOf(segment) === null) return true;
    return speakersOf(segment).some((id) => this.#redacted.has(id));
  }

  /** Nothing is left, and nothing is taken any more. */
  erase(): void {
    this.#segments.clear();
    this.#inOrder = undefined;
    this.#isClosed = true;
  }

  /** Takes the names out, and takes nothing more: `names` are what each person is called, to be replaced in the texts. */
  anonymise(names?: NamesOf): void {
    this.#segments = new Map(anonymous(this.segments, names).map((segment) => [segment.id, segment]));
    this.#inOrder = undefined;
    this.#isClosed = true;
  }

  toTranscript(): Transcript {
    const { transcriptId, recordingId, language, segments } = this;
    return { transcriptId, recordingId, ...(language !== undefined && { language }), segments };
  }

  #keep(segment: KeptSegment): void {
    this.#segments.set(segment.id, segment);
    this.#inOrder = undefined;
  }
}
