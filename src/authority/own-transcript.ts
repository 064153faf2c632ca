import { hasTag, stateAfter } from '../core/chart.ts';
import type { ParticipantId, RecordingId } from '../participants/participants.types.ts';
import { Clearance } from '../transcript/clearance.ts';
import { KeptTranscript } from '../transcript/kept-transcript.ts';
import { type DropReason, SegmentGate } from '../transcript/segment-gate.ts';
import type { KeptSegment, Segment, TranscriptEvent, TranscriptState } from '../transcript/transcript.types.ts';
import { transcriptChart, transcriptStatusOf } from '../transcript/transcript-chart.ts';
import type { TranscriptView } from '../transport/transcript-messages.types.ts';
import type { RecordingTime } from './recording-time.ts';

/** What became of a segment that an engine has heard. */
export interface Taken {
  /** Final, and told once: with its number, counted from 1. */
  readonly kept: readonly KeptSegment[];
  /** What may still change. */
  readonly interim: readonly KeptSegment[];
  readonly dropped?: DropReason;
}

/**
 * One transcript on the authority: where it stands, who was clear when, what of it is kept, and in which order that was
 * told. It knows its recording by what it is told of it.
 */
export class OwnTranscript {
  readonly transcriptId: string;
  readonly recordingId: RecordingId;
  readonly #time: RecordingTime;
  readonly #clearance = new Clearance();
  readonly #gate: SegmentGate;
  readonly #text: KeptTranscript;
  /** All that was told in final form, in that order. */
  #told: KeptSegment[] = [];
  readonly #final = new Set<string>();
  #state: TranscriptState = 'off';

  constructor(transcriptId: string, time: RecordingTime) {
    this.transcriptId = transcriptId;
    this.recordingId = time.recordingId;
    this.#time = time;
    this.#gate = new SegmentGate({
      clearance: this.#clearance,
      now: () => time.nowMs,
      toleranceMs: time.toleranceMs,
    });
    this.#text = new KeptTranscript({ transcriptId, recordingId: time.recordingId });
  }

  get view(): TranscriptView {
    return {
      transcriptId: this.transcriptId,
      recordingId: this.recordingId,
      status: transcriptStatusOf(this.#state),
    };
  }

  get state(): TranscriptState {
    return this.#state;
  }

  /** It is asked for, or being made. */
  get isLiving(): boolean {
    return this.#is('asking') || this.#state === 'transcribing' || this.#state === 'paused';
  }

  /** Segments are taken: it is being made, or has just ended. */
  get isTaking(): boolean {
    return this.#state === 'transcribing' || this.#state === 'paused' || this.#state === 'processing';
  }

  /** How many segments were told in final form. */
  get head(): number {
    return this.#told.length;
  }

  /** `true` where it stands elsewhere now. */
  happens(type: TranscriptEvent['type']): boolean {
    const before = this.#state;
    this.#state = stateAfter(transcriptChart, before, type);
    const isRunning = this.#is('running');
    this.#clearance.running(isRunning ? this.#time.givingMs : this.#time.nowMs, isRunning);
    if (this.#state === 'erased') {
      this.#text.erase();
      this.#told = [];
    }
    return this.#state !== before;
  }

  /** Whether what this person says may be written down from now on, and whether they can be heard at all. */
  stands(id: ParticipantId, isClear: boolean, isHere: boolean): void {
    const atMs = isClear ? this.#time.givingMs : this.#time.nowMs;
    this.#clearance.speaker(id, atMs, isClear);
    this.#clearance.presence(id, atMs, isHere);
  }

  take(segment: Segment): Taken {
    const { kept, withdrawn, dropped } = this.#gate.take(segment);
    this.#text.remove(withdrawn);
    const final = [
      ...kept.filter((each) => each.final && !this.#final.has(each.id)),
      ...withdrawn.map((id) => takenBack(id, segment)),
    ];
    this.#text.add(kept.filter(({ id }) => !this.#final.has(id)));
    for (const { id, text } of final) if (text !== '') this.#final.add(id);
    this.#told.push(...final);
    return { kept: final, interim: kept.filter((each) => !each.final), ...(dropped && { dropped }) };
  }

  /** What was told in final form after the first `known`, at most so many. */
  toldAfter(known: number, most: number): readonly KeptSegment[] {
    return this.#told.slice(known, known + most);
  }

  #is(tag: string): boolean {
    return hasTag(transcriptChart, this.#state, tag);
  }
}

/** What was told under this id, and may still have changed, stands no more. */
const takenBack = (id: string, { speaker, startMs, endMs }: Segment): KeptSegment => ({
  id,
  speaker,
  startMs,
  endMs,
  text: '',
  final: true,
});
