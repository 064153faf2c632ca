import type { ParticipantId } from '../participants/participants.types.ts';

/** From when to when, in milliseconds since the recording began; the end is not part of it. */
export interface ClearSpan {
  readonly startMs: number;
  readonly endMs: number;
}

/** Who was clear when, as whoever decides hands it over: times at which something went on, off, on …; JSON. */
export interface HandedClearance {
  readonly latestMs: number;
  readonly run: readonly number[];
  readonly everyone: readonly number[];
  readonly speakers: readonly (readonly [ParticipantId, readonly number[]])[];
}

/** How long spans that have ended are remembered by default, in milliseconds: segments that come later are dropped. */
const defaultHorizonMs = 600_000;

/**
 * Who was `clear` when, and when the transcript ran, in milliseconds since the recording began, on the clock of whoever
 * decides. Nobody is clear, and nothing runs, until it is said. What takes away holds from its own time on, even where
 * that lies before what was said last; what gives holds from the latest time of all that was said, so that nothing
 * becomes clear afterwards. A time that is none gives nothing, and takes away at once. A look-up is a binary search.
 */
export class Clearance {
  readonly #horizonMs: number;
  readonly #run: number[] = [];
  readonly #speakers = new Map<ParticipantId, number[]>();
  readonly #present = new Set<ParticipantId>();
  readonly #unclear = new Set<ParticipantId>();
  readonly #everyone: number[] = [];
  #latestMs = 0;

  /** Spans are kept for `horizonMs` after their end: 10 minutes unless it is given. */
  constructor({ horizonMs = defaultHorizonMs }: { readonly horizonMs?: number } = {}) {
    this.#horizonMs = horizonMs;
  }

  /** What is known of these people, for whoever goes on with it. Who is there, the next must see for itself. */
  handedOver(speakers: Iterable<ParticipantId>): HandedClearance {
    const known = [...speakers].flatMap((id) => {
      const times = this.#speakers.get(id);
      return times ? [[id, [...times]] as const] : [];
    });
    return { latestMs: this.#latestMs, run: [...this.#run], everyone: [...this.#everyone], speakers: known };
  }

  /** Takes what another knew, in place of knowing nothing: nobody is clear from now on, until it is said. */
  take({ latestMs, run, everyone, speakers }: HandedClearance, nowMs: number): void {
    this.#latestMs = latestMs;
    this.#run.push(...run);
    this.#everyone.push(...everyone);
    this.#switch(this.#everyone, nowMs, false);
    for (const [id, times] of speakers) {
      this.#speakers.set(id, [...times]);
      this.speaker(id, nowMs, false);
    }
  }

  get horizonMs(): number {
    return this.#horizonMs;
  }

  /** The transcript runs from now on, or does so no longer. */
  running(atMs: number, isRunning: boolean): void {
    this.#switch(this.#run, atMs, isRunning);
  }

  /** This person may be captured from now on, or may so no longer. Who has left is not clear. */
  speaker(id: ParticipantId, atMs: number, isClear: boolean): void {
    const times = this.#speakers.get(id) ?? [];
    this.#switch(times, atMs, isClear);
    if (times.length === 0) this.#speakers.delete(id);
    else this.#speakers.set(id, times);
    this.#recount(id, atMs);
  }

  /** This person can be heard from now on, whether they may be captured or not; or no longer. Only for `isEveryoneClear`. */
  presence(id: ParticipantId, atMs: number, isPresent: boolean): void {
    if (isPresent) this.#present.add(id);
    else this.#present.delete(id);
    this.#recount(id, atMs);
  }

  /** Whether the transcript ran and this person was clear throughout. */
  isClear(id: ParticipantId, startMs: number, endMs: number): boolean {
    const times = this.#speakers.get(id);
    return times !== undefined && isOnThroughout(times, startMs, endMs) && this.isRunning(startMs, endMs);
  }

  /** Whether the transcript ran throughout. */
  isRunning(startMs: number, endMs: number): boolean {
    return isOnThroughout(this.#run, startMs, endMs);
  }

  /** Whether the transcript ran, and all who could be heard were clear, throughout. Nobody present is nobody clear. */
  isEveryoneClear(startMs: number, endMs: number): boolean {
    return isOnThroughout(this.#everyone, startMs, endMs) && this.isRunning(startMs, endMs);
  }

  /** When, within this time, the transcript ran and this person was clear; in order, cut to it. */
  clearSpans(id: ParticipantId, startMs: number, endMs: number): readonly ClearSpan[] {
    const times = this.#speakers.get(id);
    if (times === undefined) return [];
    const runs = spansWithin(this.#run, startMs, endMs);
    return runs.flatMap((run) => spansWithin(times, run.startMs, run.endMs));
  }

  #recount(id: ParticipantId, atMs: number): void {
    if (this.#present.has(id) && !isOn(this.#speakers.get(id) ?? [])) this.#unclear.add(id);
    else this.#unclear.delete(id);
    this.#switch(this.#everyone, atMs, this.#present.size > 0 && this.#unclear.size === 0);
  }

  #switch(times: number[], atMs: number, on: boolean): void {
    if (!Number.isFinite(atMs)) {
      if (!on) this.#switch(times, this.#latestMs, false);
      return;
    }
    this.#latestMs = Math.max(this.#latestMs, atMs);
    if (on) {
      if (!isOn(times)) times.push(this.#latestMs);
    } else {
      while ((times.at(-1) ?? Number.NEGATIVE_INFINITY) >= atMs) times.pop();
      if (isOn(times)) times.push(atMs);
    }
    let ended = 0;
    while (ended + 1 < times.length && (times[ended + 1] ?? atMs) < this.#latestMs - this.#horizonMs) ended += 2;
    if (ended > 0) times.splice(0, ended);
  }
}

/** Times at which something went on, off, on …: it is on after an odd number of them. */
const isOn = (times: readonly number[]): boolean => times.length % 2 === 1;

/** How many of the times are at or before `atMs`. */
function countUntil(times: readonly number[], atMs: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isOnThroughout(times: readonly number[], startMs: number, endMs: number): boolean {
  const count = countUntil(times, startMs);
  return count % 2 === 1 && (times[count] ?? Number.POSITIVE_INFINITY) >= endMs;
}

function spansWithin(times: readonly number[], startMs: number, endMs: number): ClearSpan[] {
  const spans: ClearSpan[] = [];
  const count = countUntil(times, startMs);
  for (let place = count - (count % 2); place < times.length; place += 2) {
    const from = Math.max(times[place] as number, startMs);
    if (from > endMs || (from === endMs && from > startMs)) break;
    spans.push({ startMs: from, endMs: Math.min(times[place + 1] ?? endMs, endMs) });
  }
  return spans;
}
