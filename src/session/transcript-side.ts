import { sameEpoch } from '../participants/epoch.rules.ts';
import type { Epoch } from '../participants/participants.types.ts';
import type { KeptSegment, TranscriptStatus } from '../transcript/transcript.types.ts';
import { isWithheld } from '../transcript/withheld.rules.ts';
import { times } from '../transport/times.ts';
import { forReaders, transcriptsIn } from '../transport/transcript-messages.parse.ts';
import type { SegmentsMessage, TranscriptView } from '../transport/transcript-messages.types.ts';
import type { SessionContext } from './session-context.ts';
import type { Wire } from './wire.ts';

/** How many segments that came before others are kept until those are here. */
const waitingAtMost = 256;
const living: readonly TranscriptStatus[] = ['asking', 'transcribing', 'paused', 'processing'];

interface Reading {
  /** The number of the next segment; none until whoever decides has said from which on this client reads. */
  next: number | undefined;
  /** The highest number that was named. */
  head: number;
  /** An answer is waited for. */
  isAsking: boolean;
  /** What came before others that are missing. */
  readonly waiting: Map<number, KeptSegment>;
}

/** What a client tells of the meeting's transcripts: where each stands, and to whom the policy lets read, each segment once. */
export class TranscriptSide {
  readonly #context: SessionContext;
  readonly #wire: Wire;
  readonly #readings = new Map<string, Reading>();
  #views: readonly TranscriptView[] = [];
  #epoch: Epoch | undefined;

  constructor(context: SessionContext, wire: Wire) {
    this.#context = context;
    this.#wire = wire;
  }

  get views(): readonly TranscriptView[] {
    return this.#views;
  }

  follow(): void {
    const { meeting, followed, changed, isHosting } = this.#context;
    const told = meeting();
    if (!told) return;
    if (!isHosting()) this.#wire.reads(forReaders);
    const before = this.#views;
    const now = transcriptsIn(told.transcripts);
    // An authority that crashed took it along.
    const lost = before.filter((each) => living.includes(each.status) && !isNamed(each, now));
    this.#views = [...now, ...lost.map((each) => ({ ...each, status: 'failed' as const }))];
    for (const view of this.#views) {
      const known = before.find(({ transcriptId }) => transcriptId === view.transcriptId);
      if ((known?.status ?? 'off') !== view.status) this.#turned(view);
    }
    if (before.length + now.length > 0) changed();
    for (const view of now) this.#read(view);
    const epoch = followed()?.epoch;
    if (epoch && !(this.#epoch && sameEpoch(this.#epoch, epoch))) this.#begin(epoch);
    for (const transcriptId of this.#readings.keys()) this.#ask(transcriptId);
  }

  /** Takes what was kept, in its order, and asks for what is missing. */
  take({ transcriptId, recordingId, from, kept, interim = [], re }: SegmentsMessage): void {
    const reading = this.#readings.get(transcriptId);
    if (!reading) return;
    const tell = (segment: KeptSegment) =>
      this.#context.hooks.announce('transcriptSegment', { transcriptId, recordingId, segment });
    kept.forEach((segment, place) => void reading.waiting.set(from + place, segment));
    reading.head = Math.max(reading.head, from + kept.length - 1);
    const before = reading.next;
    if (re !== undefined) {
      reading.isAsking = false;
      if (re === (before ?? 1)) reading.next = Math.max(from, before ?? 1);
      // What is not given is not for this client, or is not there any more.
      if (re === (before ?? 1) && kept.length === 0) reading.head = from - 1;
    }
    this.#tellInOrder(reading, tell);
    for (const segment of interim) tell(segment);
    // What has come of a question is the reason to ask on at once; else only in its time.
    if (reading.next !== before) this.#context.timers.clear(`segments ${transcriptId}`);
    this.#ask(transcriptId);
  }

  #tellInOrder(reading: Reading, tell: (segment: KeptSegment) => void): void {
    const { waiting } = reading;
    if (reading.next !== undefined) {
      for (let next = waiting.get(reading.next); next; next = waiting.get(reading.next)) {
        waiting.delete(reading.next);
        reading.next += 1;
        tell(next);
      }
    }
    for (const number of waiting.keys()) {
      if (number < (reading.next ?? 0) || waiting.size > waitingAtMost) waiting.delete(number);
    }
  }

  #turned({ transcriptId, recordingId, status }: TranscriptView): void {
    this.#context.hooks.announce('transcriptChanged', { transcriptId, recordingId, status });
    if (isWithheld(status)) this.#readings.delete(transcriptId);
  }

  /** Another decides: what of each was not heard before is asked for. */
  #begin(epoch: Epoch): void {
    this.#epoch = epoch;
    for (const reading of this.#readings.values()) reading.isAsking = true;
  }

  #read({ transcriptId, status }: TranscriptView): void {
    if (this.#readings.has(transcriptId) || isWithheld(status)) return;
    const isAsking = living.includes(status);
    this.#readings.set(transcriptId, { next: undefined, head: 0, isAsking, waiting: new Map() });
  }

  #mayRead(): boolean {
    return this.#context.isHosting() || this.#context.meeting()?.policy.transcription.readers === 'everyone';
  }

  /** Asks for what is missing, again and again until it is here. */
  #ask(transcriptId: string): void {
    const name = `segments ${transcriptId}`;
    const { followed, tellAuthority, timers } = this.#context;
    const reading = this.#readings.get(transcriptId);
    const epoch = followed()?.epoch;
    if (!reading || !epoch || !this.#mayRead() || timers.has(name)) return;
    const isMissing = reading.next !== undefined && reading.head >= reading.next;
    if (!reading.isAsking && !isMissing) return;
    tellAuthority({ t: 'segments?', epoch, transcriptId, from: reading.next ?? 1 });
    timers.set(name, times.repeatMs, () => this.#ask(transcriptId));
  }
}

const isNamed = ({ transcriptId }: TranscriptView, views: readonly TranscriptView[]): boolean =>
  views.some((each) => each.transcriptId === transcriptId);

/** What is loaded for it. */
export interface TranscriptModule {
  readonly createTranscriptSide: (context: SessionContext, wire: Wire) => TranscriptSide;
}

export const createTranscriptSide = (context: SessionContext, wire: Wire): TranscriptSide =>
  new TranscriptSide(context, wire);
