import { type Clock, systemClock } from '../core/clock.ts';
import { aborted, captureFailed, captureFenced, captureUnsupported, isNoticeError } from '../core/errors.ts';
import { compareEpochs } from '../participants/epoch.rules.ts';
import type { Epoch, ParticipantId, RecordingId } from '../participants/participants.types.ts';
import type { CaptureFact, CaptureState, StartCapture } from '../recording/capture.types.ts';
import { type GateEvent, mimeTypeFor } from './capture.rules.ts';
import type { BrowserCapture, BrowserCaptureOptions, ParticipantMedia, RecordedFile } from './capture.types.ts';
import { type AboutRecording, type ChunkStore, pageStore } from './chunk-store.ts';
import { inTime } from './in-time.ts';
import { Listeners } from './listeners.ts';
import { LocalRecording } from './local-recording.ts';
import { originStore, storedRecordings } from './origin-store.ts';
import { ParticipantTracks } from './participant-tracks.ts';
import { recordedFile } from './recorded-file.ts';

const soundWithinMs = 3000;
const recorded = {
  size: { width: 1280, height: 720 },
  framesPerSecond: 12,
  timesliceMs: 1000,
  bitsPerSecond: 1_500_000,
};

/**
 * A recorder in the page of whoever may record, for storage `local`. It can exclude and pause, and keeps a lease.
 * A recording is written to the origin's private file system, or kept in the page where there is none.
 */
export function browserCapture(options: BrowserCaptureOptions = {}): BrowserCapture {
  return new PageRecorder(options);
}

class PageRecorder implements BrowserCapture {
  readonly capabilities = { exclude: true, pause: true, lease: true, storage: ['local'] } as const;
  readonly #options: BrowserCaptureOptions;
  readonly #clock: Clock;
  readonly #tracks = new ParticipantTracks();
  readonly #facts = new Listeners<CaptureFact>();
  readonly #starting = new Map<RecordingId, { readonly started: Promise<void>; readonly abort: AbortController }>();
  readonly #running = new Map<RecordingId, LocalRecording>();
  readonly #ended = new Set<RecordingId>();
  #files: readonly RecordedFile[] = [];
  #highest: Epoch | undefined;
  #ownContext: AudioContext | undefined;

  constructor(options: BrowserCaptureOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  setParticipant(participantId: ParticipantId, media: ParticipantMedia): void {
    this.#tracks.set(participantId, media);
  }

  removeParticipant(participantId: ParticipantId): void {
    this.#tracks.remove(participantId);
  }

  files(): readonly RecordedFile[] {
    return this.#files;
  }

  async recover(): Promise<readonly RecordedFile[]> {
    const known = (about: AboutRecording) => (file: RecordedFile) =>
      file.recordingId === about.recordingId && file.startedAt === about.startedAt;
    for (const { about, store, sizeBytes } of await storedRecordings(this.#page().view)) {
      if (!this.#files.some(known(about))) this.#keep(about, store, sizeBytes);
    }
    return this.#files;
  }

  async snapshot(): Promise<CaptureState> {
    const captures = [...this.#running].map(([recordingId, { status, included }]) => ({
      recordingId,
      status,
      included,
    }));
    return { captures };
  }

  subscribe(listener: (fact: CaptureFact) => void): () => void {
    return this.#facts.add(listener);
  }

  async fence(epoch: Epoch): Promise<void> {
    if (compareEpochs(epoch, this.#highest) > 0) this.#highest = epoch;
  }

  async start(command: StartCapture): Promise<void> {
    const { recordingId, epoch } = command;
    this.#accept('start', epoch);
    if (this.#running.has(recordingId)) return this.#renew(recordingId, command.leaseMs);
    const under = this.#starting.get(recordingId);
    if (under) return under.started;
    if (this.#ended.has(recordingId)) throw captureFailed('start', 'this recording has ended; ask anew');
    const abort = new AbortController();
    const started = this.#begin(command, AbortSignal.any([command.signal, abort.signal]));
    this.#starting.set(recordingId, { started, abort });
    try {
      await started;
    } finally {
      this.#starting.delete(recordingId);
    }
  }

  async renew(recordingId: RecordingId, epoch: Epoch, leaseMs: number): Promise<void> {
    this.#accept('renew', epoch);
    this.#renew(recordingId, leaseMs);
  }

  async pause(recordingId: RecordingId): Promise<void> {
    await this.#change('pause', recordingId, { type: 'pause' });
  }

  async resume(recordingId: RecordingId): Promise<void> {
    await this.#change('resume', recordingId, { type: 'resume' });
  }

  async stop(recordingId: RecordingId): Promise<void> {
    const under = this.#starting.get(recordingId);
    under?.abort.abort(new Error('told to stop'));
    await under?.started.catch(() => undefined);
    await this.#running.get(recordingId)?.end();
  }

  async include(recordingId: RecordingId, who: readonly ParticipantId[]): Promise<void> {
    await this.#change('include', recordingId, { type: 'include', who });
  }

  async exclude(recordingId: RecordingId, who: readonly ParticipantId[]): Promise<void> {
    // Of a recording that has ended, everybody is out.
    if (this.#running.has(recordingId)) await this.#change('exclude', recordingId, { type: 'exclude', who });
  }

  async #begin(command: StartCapture, signal: AbortSignal): Promise<void> {
    let store: ChunkStore | undefined;
    try {
      if (signal.aborted) throw aborted(signal.reason);
      if (command.storage !== 'local') {
        throw captureUnsupported(
          'This recorder keeps recordings on this device only; request storage "local", or use the platform\'s recorder.',
        );
      }
      const { view, page } = this.#page();
      const mimeType = this.#mimeType(view);
      const context = await this.#soundRunning(view, signal);
      const { recordingId, leaseMs } = command;
      const about = { recordingId, mimeType, startedAt: this.#clock.now(), durationMs: 0, ended: undefined };
      store = (await originStore(view, about)) ?? pageStore();
      if (signal.aborted) throw aborted(signal.reason);
      const kept = store;
      const recording = await LocalRecording.begin({
        recordingId,
        leaseMs,
        clock: this.#clock,
        page,
        context,
        tracks: this.#tracks,
        store: kept,
        mimeType,
        videoBitsPerSecond: this.#options.videoBitsPerSecond ?? recorded.bitsPerSecond,
        size: this.#options.size ?? recorded.size,
        framesPerSecond: this.#options.framesPerSecond ?? recorded.framesPerSecond,
        timesliceMs: this.#options.timesliceMs ?? recorded.timesliceMs,
        signal,
        ended: (ending, sizeBytes, code) => this.#close(ending, kept, sizeBytes, code),
      });
      this.#running.set(recordingId, recording);
    } catch (error) {
      await store?.remove().catch(() => undefined);
      this.#letGo(command.recordingId);
      throw isNoticeError(error) ? error : captureFailed('start', error);
    }
  }

  #close(about: AboutRecording, store: ChunkStore, sizeBytes: number, code: string | undefined): void {
    const { recordingId } = about;
    this.#running.delete(recordingId);
    this.#ended.add(recordingId);
    this.#letGo(recordingId);
    this.#keep(about, store, sizeBytes);
    this.#facts.tell(code === undefined ? { fact: 'stopped', recordingId } : { fact: 'ended', recordingId, code });
  }

  #keep(about: AboutRecording, store: ChunkStore, sizeBytes: number): void {
    const removed = (gone: RecordedFile): void => {
      this.#files = this.#files.filter((file) => file !== gone);
    };
    this.#files = [...this.#files, recordedFile(about, store, sizeBytes, removed)];
  }

  /** Ends the audio context that was made here, once no other recording needs it. */
  #letGo(recordingId: RecordingId): void {
    const others = [...this.#running.keys(), ...this.#starting.keys()].some((id) => id !== recordingId);
    if (others || !this.#ownContext) return;
    this.#ownContext.close().catch(() => undefined);
    this.#ownContext = undefined;
  }

  async #soundRunning(view: Window & typeof globalThis, signal: AbortSignal): Promise<AudioContext> {
    let context = this.#options.audioContext ?? this.#ownContext;
    if (!context) {
      context = new view.AudioContext();
      this.#ownContext = context;
    }
    if (context.state === 'running') return context;
    const late = (): Error =>
      captureFailed('start', 'the browser lets no sound run before a gesture; ask for a click, then again');
    await inTime(context.resume(), { clock: this.#clock, withinMs: soundWithinMs, late, signal });
    return context;
  }

  #mimeType(view: Window & typeof globalThis): string {
    const canWrite = (type: string): boolean => view.MediaRecorder?.isTypeSupported(type) ?? false;
    const mimeType = mimeTypeFor(this.#options.mimeType, canWrite);
    if (mimeType !== undefined && 'AudioContext' in view) return mimeType;
    throw captureUnsupported(
      this.#options.mimeType === undefined
        ? 'This browser has no MediaRecorder for a video; use the platform\'s recorder, with storage "cloud".'
        : `This browser does not record "${this.#options.mimeType}"; leave mimeType out to take what it can.`,
    );
  }

  #page(): { readonly page: Document; readonly view: Window & typeof globalThis } {
    const page = this.#options.document ?? globalThis.document;
    const view = page?.defaultView;
    if (view) return { page, view };
    throw captureUnsupported('There is no page here to record in; use a recorder of the platform.');
  }

  /** Takes commands of the highest epoch seen only. */
  #accept(call: string, epoch: Epoch): void {
    const order = compareEpochs(epoch, this.#highest);
    if (order < 0) throw captureFenced(call);
    if (order > 0) this.#highest = epoch;
  }

  #require(call: string, recordingId: RecordingId): LocalRecording {
    const recording = this.#running.get(recordingId);
    if (!recording) throw captureFailed(call, `"${recordingId}" is not running`);
    return recording;
  }

  #renew(recordingId: RecordingId, leaseMs: number): void {
    try {
      this.#require('renew', recordingId).renew(leaseMs);
    } catch (error) {
      throw isNoticeError(error) ? error : captureFailed('renew', error);
    }
  }

  async #change(call: GateEvent['type'], recordingId: RecordingId, event: GateEvent): Promise<void> {
    const recording = this.#require(call, recordingId);
    try {
      await recording.change(event);
    } catch (error) {
      throw captureFailed(call, error);
    }
  }
}
