import type { Clearance } from './clearance.ts';
import { endOf, faultOfSegment, startOf, untilNow } from './segment.rules.ts';
import { type Part, partId, partsOf } from './split.rules.ts';
import type { KeptSegment, Segment } from './transcript.types.ts';

/**
 * Why a segment, or a part of it, is not kept: it is none (`invalid`); it reaches beyond now; it comes later than is
 * remembered who was clear; its final form was taken already; the transcript did not run; its speaker was not clear; or
 * nobody knows who spoke, and somebody was there who was not.
 */
export type DropReason =
  | 'invalid'
  | 'ahead-of-time'
  | 'too-late'
  | 'repeated'
  | 'not-running'
  | 'not-clear'
  | 'speaker-unknown';

/** What becomes of one segment. */
export interface Passed {
  /** What may be kept, in the place of whatever was told under the same ids. */
  readonly kept: readonly KeptSegment[];
  /** The ids that were told and stand no more. */
  readonly withdrawn: readonly string[];
  /** Why it is dropped; with `kept`, why the rest of it is. */
  readonly dropped?: DropReason;
  /** For `invalid`: which field, and what was expected. */
  readonly fault?: string;
}

/** What a gate is made of. */
export interface GateOptions {
  readonly clearance: Clearance;
  /** Milliseconds since the recording began, on the clock of whoever decides. */
  readonly now: () => number;
  /** How far an engine's clock may run ahead, in milliseconds; 500 unless it is given. What lies beyond now is taken to be now. */
  readonly toleranceMs?: number;
  /** How late a segment may come, in milliseconds; as long as the clearance remembers unless it is given. */
  readonly horizonMs?: number;
  /** Whether all who could be heard might be captured throughout; `clearance.isEveryoneClear` unless it is given. */
  readonly isEveryoneClear?: (startMs: number, endMs: number) => boolean;
  /** What the id of every segment that passes ends with, where one recording has several transcripts; nothing unless it is given. */
  readonly idEnding?: string;
}

/** One piece of speech that was taken, in whatever form. */
interface Piece {
  readonly id: string | undefined;
  /** What its parts are called by. */
  readonly name: string;
  isFinal: boolean;
  /** How many parts were told. */
  told: number;
}

const none: readonly never[] = [];
const defaultToleranceMs = 500;

/** The engine's own id, with `#` set aside for ids that are made here. */
const nameOf = ({ id, startMs, speaker }: Segment): string =>
  id === undefined ? `#${startMs}#${speaker ?? ''}` : id.replaceAll('#', '##');

/**
 * Lets through what was spoken while its speaker was clear and the transcript ran, and nothing else (G5), in whichever
 * order segments come. What was in final form once is decided; what comes of it again is dropped.
 */
export class SegmentGate {
  readonly #options: Required<GateOptions>;
  #pieces = new Map<string, Piece>();
  #older = new Map<string, Piece>();
  #turnedAtMs = 0;

  constructor(options: GateOptions) {
    const { clearance, now, toleranceMs = defaultToleranceMs, horizonMs = clearance.horizonMs } = options;
    const { isEveryoneClear = (from, to) => clearance.isEveryoneClear(from, to), idEnding = '' } = options;
    this.#options = { clearance, now, toleranceMs, horizonMs, isEveryoneClear, idEnding };
  }

  /** Never throws; what is no segment is dropped as `invalid`. */
  take(segment: Segment): Passed {
    const fault = faultOfSegment(segment);
    if (fault !== undefined) return { kept: none, withdrawn: none, dropped: 'invalid', fault };
    const { now, toleranceMs, horizonMs } = this.#options;
    const nowMs = now();
    this.#forget(nowMs);
    const end = endOf(segment);
    if (end > nowMs + toleranceMs) return { kept: none, withdrawn: none, dropped: 'ahead-of-time' };
    if (end < nowMs - horizonMs) return { kept: none, withdrawn: none, dropped: 'too-late' };
    const piece = this.#pieceOf(segment);
    if (piece.isFinal) return { kept: none, withdrawn: none, dropped: 'repeated' };
    return this.#decide(piece, end > nowMs ? untilNow(segment, nowMs) : segment);
  }

  #decide(piece: Piece, segment: Segment): Passed {
    const parts = this.#partsOf(segment);
    const kept = parts.map((part, place) => keptAs(partId(piece.name, place), segment, part));
    const withdrawn: string[] = [];
    for (let place = parts.length; place < piece.told; place += 1) withdrawn.push(partId(piece.name, place));
    piece.isFinal = segment.final;
    piece.told = parts.length;
    const isWhole = parts.length === 1 && parts[0]?.text === segment.text;
    return isWhole ? { kept, withdrawn } : { kept, withdrawn, dropped: this.#reason(segment) };
  }

  #partsOf(segment: Segment): readonly Part[] {
    const { clearance, isEveryoneClear } = this.#options;
    const { speaker } = segment;
    if (speaker !== null) return partsOf(segment, (from, to) => clearance.isClear(speaker, from, to));
    // Which of the words were whose is not known either: all or nothing.
    const mayKeep = (from: number, to: number) => clearance.isRunning(from, to) && isEveryoneClear(from, to);
    return mayKeep(startOf(segment), endOf(segment)) ? partsOf(segment, mayKeep) : none;
  }

  #reason(segment: Segment): DropReason {
    if (!this.#options.clearance.isRunning(startOf(segment), endOf(segment))) return 'not-running';
    return segment.speaker === null ? 'speaker-unknown' : 'not-clear';
  }

  /** The piece that a segment is another form of, or a new one. */
  #pieceOf(segment: Segment): Piece {
    const { id, speaker, startMs, final } = segment;
    const key = id === undefined ? undefined : `#${id}`;
    const own = key === undefined ? undefined : this.#pieces.get(key);
    if (own !== undefined) return own;
    const place = `@${startMs} ${speaker ?? ''}`;
    const known = (key === undefined ? undefined : this.#older.get(key)) ?? this.#known(place);
    const isAnother =
      known !== undefined && known.id !== undefined && id !== undefined && known.id !== id && (known.isFinal || !final);
    const name = nameOf(segment) + this.#options.idEnding;
    const piece = known === undefined || isAnother ? { id, name, isFinal: false, told: 0 } : known;
    this.#pieces.set(place, piece);
    if (key !== undefined) this.#pieces.set(key, piece);
    return piece;
  }

  #known(key: string): Piece | undefined {
    return this.#pieces.get(key) ?? this.#older.get(key);
  }

  /** What is older than any segment that is still taken. */
  #forget(nowMs: number): void {
    if (nowMs - this.#turnedAtMs <= this.#options.horizonMs + this.#options.toleranceMs) return;
    this.#older = this.#pieces;
    this.#pieces = new Map();
    this.#turnedAtMs = nowMs;
  }
}

function keptAs(id: string, { speaker, final, language }: Segment, { startMs, endMs, text, words }: Part): KeptSegment {
  const kept = { id, speaker, startMs, endMs, text, final };
  return language === undefined && words === undefined
    ? kept
    : { ...kept, ...(language !== undefined && { language }), ...(words !== undefined && { words }) };
}
