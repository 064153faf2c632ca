import { hasTag, stateAfter } from '../core/chart.ts';
import type { ParticipantId, RecordingId } from '../participants/participants.types.ts';
import { Clearance } from '../transcript/clearance.ts';
import { speakersOf } from '../transcript/kept-segment.rules.ts';
import { KeptTranscript } from '../transcript/kept-transcript.ts';
import { type DropReason, SegmentGate } from '../transcript/segment-gate.ts';
import type {
  KeptSegment,
  Segment,
  Transcript,
  TranscriptEvent,
  TranscriptState,
  TranscriptStatus,
} from '../transcript/transcript.types.ts';
import { transcriptChart, transcriptStatusOf } from '../transcript/transcript-chart.ts';
import { isWithheld } from '../transcript/withheld.rules.ts';
import type { TranscriptView } from '../transport/transcript-messages.types.ts';
import type { HandedTranscript } from './hand-over.types.ts';
import type { RecordingTime } from './recording-time.ts';

/** How late a segment may come. Who was clear is known for longer: a host may say who spoke once the meeting is over. */
const lateAtMostMs = 600_000;
const clearKnownMs = 24 * 3_600_000;

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
  readonly #clearance = new Clearance({ horizonMs: clearKnownMs });
  readonly #gate: SegmentGate;
  readonly #text: KeptTranscript;
  /** All that was told in final form, in that order, but for what an authority before has told. */
  #told: KeptSegment[] = [];
  #toldBefore = 0;
  readonly #final = new Set<string>();
  /** Who may be written down now, and who can be heard. */
  readonly #clear = new Set<ParticipantId>();
  readonly #here = new Set<ParticipantId>();
  /** Who has said anything: only their times are handed over. */
  readonly #speakers = new Set<ParticipantId>();
  /** Who was clear when it was handed over, and has not been heard since. */
  readonly #stayed = new Set<ParticipantId>();
  /** Whose words are kept and told to nobody, nor what may be theirs. */
  #restricted: ReadonlySet<ParticipantId> = new Set();
  #state: TranscriptState = 'off';

  /** `toGo`: whose words are not to be in it. `isFirst`: of its recording; the ids of any other's segments are of its own. */
  constructor(transcriptId: string, time: RecordingTime, toGo: Iterable<ParticipantId>, isFirst = true) {
    this.transcriptId = transcriptId;
    this.recordingId = time.recordingId;
    this.#time = time;
    this.#gate = new SegmentGate({
      clearance: this.#clearance,
      now: () => time.nowMs,
      toleranceMs: time.toleranceMs,
      horizonMs: lateAtMostMs,
      idEnding: isFirst ? '' : `#${transcriptId}`,
    });
    this.#text = new KeptTranscript({
      transcriptId,
      recordingId: time.recordingId,
      isClear: (speaker, startMs, endMs) =>
        speaker === null
          ? this.#clearance.isEveryoneClear(startMs, endMs)
          : this.#clearance.isClear(speaker, startMs, endMs),
    });
    for (const id of toGo) this.#text.redact(id);
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
    return this.#toldBefore + this.#told.length;
  }

  /** All of it that the next to decide must know; of what was said, the last `textMost` characters. */
  handedOver(textMost: number): HandedTranscript {
    return {
      transcriptId: this.transcriptId,
      recordingId: this.recordingId,
      state: this.#state,
      head: this.head,
      ...this.#time.handedOver,
      clearance: this.#clearance.handedOver(this.isTaking ? this.#speakers : []),
      segments: lastOf(this.#text.segments, textMost),
    };
  }

  /** Takes what another authority has handed over; `clear` may be written down still, once they are heard. */
  takeOver(handed: HandedTranscript, clear: Iterable<ParticipantId>): void {
    this.#state = handed.state;
    this.#toldBefore = handed.head;
    this.#clearance.take(handed.clearance, this.#time.nowMs);
    this.#text.add(handed.segments);
    for (const { id } of handed.segments) this.#final.add(id);
    for (const id of clear) this.#stayed.add(id);
  }

  /** The authority that made it is gone: what it had not finished it has taken along. */
  inherit(status: TranscriptStatus): void {
    this.#state = unfinished.includes(status) ? 'failed' : status;
  }

  /** `true` where it stands elsewhere now. */
  happens(type: TranscriptEvent['type']): boolean {
    const before = this.#state;
    this.#state = stateAfter(transcriptChart, before, type);
    const isRunning = this.#is('running');
    if (isRunning !== hasTag(transcriptChart, before, 'running'))
      this.#clearance.running(isRunning ? this.#time.givingMs : this.#time.nowMs, isRunning);
    // What is only set apart elsewhere can be deleted here.
    if (isWithheld(this.#state)) {
      this.#text.erase();
      this.#told = [];
    }
    return this.#state !== before;
  }

  /** Whether what this person says may be written down from now on, and whether they can be heard at all. */
  stands(id: ParticipantId, isClear: boolean, isHere: boolean): void {
    if (this.#here.has(id) !== isHere) this.#clearance.presence(id, this.#time.nowMs, isHere);
    if (isHere) this.#here.add(id);
    else this.#here.delete(id);
    if (this.#clear.has(id) === isClear) return;
    if (isClear) this.#clear.add(id);
    else this.#clear.delete(id);
    // Whose consent stands from before a hand-over gave it long ago.
    const isGiven = isClear && !this.#stayed.delete(id);
    this.#clearance.speaker(id, isGiven ? this.#time.givingMs : this.#time.nowMs, isClear);
  }

  /** Whatever they agree to from now on, they did not before. */
  declined(id: ParticipantId): void {
    this.#stayed.delete(id);
  }

  take(segment: Segment): Taken {
    const { kept: passed, withdrawn, dropped } = this.#gate.take(segment);
    // The words of who has had theirs deleted are told to nobody either.
    const kept = passed.filter((each) => !this.#text.isRedacted(each));
    const gone = segment.final ? passed.filter((each) => !kept.includes(each)).map(({ id }) => id) : [];
    if (kept.length > 0 && segment.speaker !== null) this.#speakers.add(segment.speaker);
    this.#text.remove(withdrawn);
    const final = [
      ...kept.filter((each) => each.final && !this.#final.has(each.id)),
      ...[...withdrawn, ...gone].map((id) => takenBack(id, segment)),
    ];
    this.#text.add(kept.filter(({ id }) => !this.#final.has(id)));
    for (const { id, text } of final) if (text !== '') this.#final.add(id);
    this.#told.push(...final);
    const interim = kept.filter((each) => !each.final && !this.#isRestricted(each));
    return { kept: final.map(this.#shown), interim, ...(dropped && { dropped }) };
  }

  /** Of these people nothing is told from now on, for as long as they are in it; it is kept. */
  restrict(people: ReadonlySet<ParticipantId>): void {
    this.#restricted = people;
  }

  /** All that is kept of it now. */
  get transcript(): Transcript {
    return this.#text.toTranscript();
  }

  /** Changes what is kept of it; what readers are told again, under the same ids: what reads otherwise now, and what is gone. */
  change(change: (text: KeptTranscript) => void): readonly KeptSegment[] {
    const before = new Map(this.#text.segments.map((segment) => [segment.id, segment]));
    change(this.#text);
    const changed = this.#text.segments.filter((segment) => before.get(segment.id) !== segment);
    for (const { id } of this.#text.segments) before.delete(id);
    const now = new Map(changed.map((segment) => [segment.id, segment]));
    // Whoever missed what was told before does not get it as it was.
    this.#told = this.#told.map((told) =>
      before.has(told.id) ? takenBack(told.id, told) : (now.get(told.id) ?? told),
    );
    const again = [...changed, ...[...before].map(([id, gone]) => takenBack(id, gone))];
    this.#told.push(...again);
    return again.map(this.#shown);
  }

  /** There are too many: what was said is not kept here any more, and it can still be told to be erased. */
  letGo(): void {
    this.#toldBefore = this.head;
    this.#told = [];
    this.#text.erase();
  }

  /** What came in final form after the first `known`, at most so many. */
  heardAfter(known: number, most: number): readonly KeptSegment[] {
    const first = Math.max(0, known - this.#toldBefore);
    return this.#told.slice(first, first + most);
  }

  /** What readers are told of that, at most so many. */
  toldAfter(known: number, most: number): readonly KeptSegment[] {
    return this.heardAfter(known, most).map(this.#shown);
  }

  readonly #shown = (segment: KeptSegment): KeptSegment =>
    this.#isRestricted(segment) ? takenBack(segment.id, segment) : segment;

  #isRestricted(segment: KeptSegment): boolean {
    if (this.#restricted.size === 0) return false;
    return segment.speaker === null || speakersOf(segment).some((id) => this.#restricted.has(id));
  }

  #is(tag: string): boolean {
    return hasTag(transcriptChart, this.#state, tag);
  }
}

const unfinished: readonly TranscriptStatus[] = ['asking', 'transcribing', 'paused', 'processing'];

/** The last segments that are together no longer than `most`, in UTF-16 units of their JSON. */
function lastOf(segments: readonly KeptSegment[], most: number): readonly KeptSegment[] {
  let left = most;
  let first = segments.length;
  for (; first > 0; first -= 1) {
    left -= JSON.stringify(segments[first - 1]).length;
    if (left < 0) break;
  }
  return segments.slice(first);
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
