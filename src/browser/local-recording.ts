import type { Clock } from '../core/clock.ts';
import { captureTimedOut } from '../core/errors.ts';
import type { ParticipantId, RecordingId } from '../participants/participants.types.ts';
import { AudioMix } from './audio-mix.ts';
import { CanvasMix } from './canvas-mix.ts';
import { type GateEvent, type Gates, gatesAfter, gatesAtStart, openGates, storageCode } from './capture.rules.ts';
import type { AboutRecording, ChunkStore } from './chunk-store.ts';
import { firstEvent, inTime } from './in-time.ts';
import type { ParticipantTracks } from './participant-tracks.ts';
import { Pulse } from './pulse.ts';

const runsWithinMs = 5000;
const stopsWithinMs = 4000;

export interface LocalRecordingOptions {
  readonly recordingId: RecordingId;
  readonly clock: Clock;
  readonly page: Document;
  readonly context: AudioContext;
  readonly tracks: ParticipantTracks;
  readonly store: ChunkStore;
  readonly mimeType: string;
  readonly videoBitsPerSecond: number;
  readonly size: { readonly width: number; readonly height: number };
  readonly framesPerSecond: number;
  readonly timesliceMs: number;
  readonly leaseMs: number;
  readonly signal: AbortSignal;
  /** All is written and released; `code` is why, if nobody told it to stop. */
  readonly ended: (about: AboutRecording, sizeBytes: number, code: string | undefined) => void;
}

/** One run of a `MediaRecorder` over the two mixes, from its first chunk to its last. */
export class LocalRecording {
  readonly #options: LocalRecordingOptions;
  readonly #releases: (() => void)[] = [];
  readonly #audio: AudioMix;
  readonly #canvas: CanvasMix;
  readonly #recorder: MediaRecorder;
  #gates: Gates = gatesAtStart;
  #leaseEndsAt = Number.POSITIVE_INFINITY;
  #startedAt: number | undefined;
  #pausedAt: number | undefined;
  #pausedMs = 0;
  #sizeBytes = 0;
  #written: Promise<void> = Promise.resolve();
  #ending: Promise<void> | undefined;

  private constructor(options: LocalRecordingOptions) {
    const { clock, page, context, size, mimeType, videoBitsPerSecond } = options;
    this.#options = options;
    try {
      this.#audio = new AudioMix(context, page, clock);
      this.#releases.push(() => this.#audio.close());
      this.#canvas = new CanvasMix(page, size);
      this.#releases.push(() => this.#canvas.close());
      const mixed = new MediaStream([this.#canvas.track, ...(this.#audio.track ? [this.#audio.track] : [])]);
      this.#recorder = new MediaRecorder(mixed, { mimeType, videoBitsPerSecond });
      const stopListening = this.#listen();
      const beat = (): void => this.#beat();
      const everyMs = 1000 / options.framesPerSecond;
      const pulse = new Pulse({ clock, everyMs, page, into: this.#audio.silence, beat });
      this.#releases.push(stopListening, () => pulse.stop());
    } catch (error) {
      this.#release();
      throw error;
    }
  }

  /** Resolves when media is being written, with nobody in it. Rejected, nothing runs and all is released. */
  static async begin(options: LocalRecordingOptions): Promise<LocalRecording> {
    const { clock, signal, timesliceMs, leaseMs } = options;
    const recording = new LocalRecording(options);
    try {
      const begun = firstEvent(recording.#recorder, 'start', 'error', 'stop');
      recording.#recorder.start(timesliceMs);
      const late = (): Error => captureTimedOut('start', runsWithinMs);
      const { type } = await inTime(begun, { clock, withinMs: runsWithinMs, late, signal });
      if (type !== 'start') throw new Error('the browser ended it at once');
      recording.#startedAt = clock.now();
      recording.#leaseEndsAt = clock.now() + leaseMs;
      return recording;
    } catch (error) {
      recording.#ending = Promise.resolve();
      recording.#release();
      if (recording.#recorder.state !== 'inactive') recording.#recorder.stop();
      await recording.#written;
      throw error;
    }
  }

  get status(): 'on' | 'paused' {
    return this.#gates.paused ? 'paused' : 'on';
  }

  get included(): readonly ParticipantId[] {
    return this.#gates.included;
  }

  /** @throws Error if the lease has run out, even unnoticed: it is not revived. */
  renew(leaseMs: number): void {
    this.#checkLease();
    if (this.#ending) throw new Error('its lease has run out');
    this.#leaseEndsAt = this.#options.clock.now() + leaseMs;
  }

  /** Resolves when it has taken effect on what is written. */
  async change(event: GateEvent): Promise<void> {
    const now = this.#options.clock.now();
    if (event.type === 'resume' && this.#pausedAt !== undefined) {
      this.#recorder.resume();
      this.#pausedMs += now - this.#pausedAt;
      this.#pausedAt = undefined;
    }
    this.#gates = gatesAfter(this.#gates, event);
    this.#follow();
    if (event.type === 'pause' && this.#pausedAt === undefined) {
      this.#pausedAt = now;
      this.#recorder.pause();
    }
    // Also where nothing changed: the one before may still be under way.
    await this.#audio.settled();
  }

  /** Ends it, once; resolves when nothing more will be written. `code` is why, if nobody told it to. */
  end(code?: string): Promise<void> {
    this.#ending ??= this.#end(code);
    return this.#ending;
  }

  /** Lets the gates be what is included, of those who are here. */
  #follow(): void {
    const people = this.#options.tracks.of(openGates(this.#gates));
    this.#audio.hear(people);
    this.#canvas.show(people);
  }

  #listen(): () => void {
    const { context, tracks } = this.#options;
    const recorder = this.#recorder;
    recorder.ondataavailable = ({ data }) => this.#take(data);
    recorder.onerror = () => this.#fail('capture/recorder-failed');
    recorder.onstop = () => this.#fail('capture/tracks-ended');
    const watchContext = (): void => {
      if (context.state === 'closed') this.#fail('capture/audio-closed');
      else if (context.state !== 'running') context.resume().catch(() => undefined);
    };
    context.addEventListener('statechange', watchContext);
    const unsubscribe = tracks.subscribe(() => this.#follow());
    return () => {
      context.removeEventListener('statechange', watchContext);
      unsubscribe();
    };
  }

  /** Also with each chunk: those come in a hidden tab whatever becomes of its timers. */
  #beat(): void {
    this.#checkLease();
    if (!this.#ending && this.#recorder.state !== 'paused') this.#canvas.draw();
  }

  #checkLease(): void {
    if (this.#options.clock.now() >= this.#leaseEndsAt) this.#fail('capture/lease-lost');
  }

  #take(chunk: Blob): void {
    if (chunk.size > 0) {
      this.#sizeBytes += chunk.size;
      this.#written = this.#written
        .then(() => this.#options.store.append(chunk))
        .catch((error: unknown) => this.#fail(storageCode(error)));
    }
    this.#beat();
  }

  /** Before it has begun, it is `begin` that fails. */
  #fail(code: string): void {
    if (this.#startedAt !== undefined) void this.end(code);
  }

  async #end(code: string | undefined): Promise<void> {
    const { clock, store, recordingId, mimeType } = this.#options;
    const recorder = this.#recorder;
    const endedAt = this.#pausedAt ?? clock.now();
    const startedAt = this.#startedAt ?? endedAt;
    if (recorder.state !== 'inactive') {
      const stopped = firstEvent(recorder, 'stop');
      recorder.stop();
      this.#gates = gatesAtStart;
      this.#follow();
      const late = (): Error => captureTimedOut('stop', stopsWithinMs);
      await inTime(stopped, { clock, withinMs: stopsWithinMs, late }).catch(() => undefined);
    }
    // A recorder that never confirmed its end may still speak: it is no longer listened to.
    recorder.ondataavailable = null;
    this.#release();
    await this.#written;
    const durationMs = endedAt - startedAt - this.#pausedMs;
    const about = { recordingId, mimeType, startedAt, durationMs, ended: code ?? 'stopped' };
    await store.close(about).catch(() => undefined);
    this.#options.ended(about, this.#sizeBytes, code);
  }

  #release(): void {
    for (const release of this.#releases.splice(0).reverse()) release();
  }
}
