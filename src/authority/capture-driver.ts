import { captureTimedOut } from '../core/errors.ts';
import type { Epoch, ParticipantId, RecordingId } from '../participants/participants.types.ts';
import type { CaptureController } from '../recording/capture.types.ts';
import type { CaptureCall, RecordingEvent, RecordingRequest } from '../recording/recording.types.ts';
import { times } from '../transport/times.ts';
import { codeOf, succeeded } from './capture-answer.ts';
import { Inclusion, type InclusionOptions } from './inclusion.ts';

interface DriverOptions extends InclusionOptions {
  readonly epoch: () => Epoch;
  /** What the recorder answered, for the recording's machine. */
  readonly tell: (event: RecordingEvent) => void;
  readonly renewFailed: () => void;
  /** Another may renew by now what this authority has handed over, and has not heard that it was taken. */
  readonly isHandingOver: () => boolean;
}

/**
 * Drives one recorder for one recording: makes the machine's calls, keeps the lease, and brings who is included in line
 * with who may be. Each call ends, by itself or in time (G9).
 */
export class CaptureDriver {
  readonly #options: DriverOptions;
  readonly inclusion: Inclusion;
  #request: RecordingRequest | undefined;
  #isOpen = false;
  #abort: AbortController | undefined;
  #starting: Promise<void> | undefined;
  #latest: CaptureCall | undefined;
  #renewing: Promise<void> | undefined;

  constructor(options: DriverOptions) {
    this.#options = options;
    this.inclusion = new Inclusion(options);
  }

  /** Takes a capture that runs already, after an orderly hand-over. */
  adopt(request: RecordingRequest, included: readonly ParticipantId[]): void {
    this.#request = request;
    this.#isOpen = true;
    this.inclusion.adopt(request, included);
    if (request.hasLease) this.#renewSoon();
  }

  /** Makes a call of the machine's. */
  call(call: CaptureCall, request: RecordingRequest): void {
    this.#request = request;
    const { capture } = this.#options;
    if (!capture || !request.isReachable) {
      this.#options.tell({ type: 'capture.failed', call, code: 'capture/unavailable' });
      return;
    }
    if (call === 'stop' || call === 'fence') this.#windDown();
    this.#latest = call;
    this.#settle(call, this.#run(call, capture, request));
    // It may write before the start has resolved: its lease must not end in the middle of it.
    if (call === 'start' && request.hasLease) this.#renewSoon();
  }

  /** The recorder may be told who is in it: capture has committed. */
  open(wanted: (id: ParticipantId) => boolean): void {
    if (!this.#request) return;
    this.#isOpen = true;
    this.inclusion.open(this.#request, wanted);
    if (this.#request.hasLease) this.#renewSoon();
  }

  /** Nothing more is told to it; the recording has ended. */
  close(): void {
    this.#windDown();
    this.inclusion.close();
  }

  async #run(call: CaptureCall, capture: CaptureController, request: RecordingRequest): Promise<void> {
    const { recordingId } = request;
    switch (call) {
      case 'start':
        return this.#start(capture, request);
      case 'fence':
        this.#abandon(request);
        await capture.fence(this.#options.epoch());
        return capture.stop(recordingId);
      case 'pause':
        return capture.pause(recordingId);
      case 'resume':
        return this.#resume(capture, recordingId);
      case 'stop':
        this.#abandon(request);
        await capture.stop(recordingId).catch((error) => this.#afterRenewal(error));
        // A start under way may still begin to write after that: it is over only when the start is, too (G2).
        if (this.#starting) await this.#starting.then(() => capture.stop(recordingId), nothing);
    }
  }

  /** What could not be stopped runs for as long as its last renewal says, and that may still be under way (G2). */
  async #afterRenewal(error: unknown): Promise<never> {
    await this.#renewing;
    throw error;
  }

  #start(capture: CaptureController, request: RecordingRequest): Promise<void> {
    const { recordingId, storage, leaseMs } = request;
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const command = {
      recordingId,
      storage: storage ?? 'cloud',
      epoch: this.#options.epoch(),
      leaseMs,
      signal,
    } as const;
    const starting = capture.start(command);
    this.#starting = starting;
    const ended = () => {
      this.#starting = undefined;
    };
    starting.then(() => {
      ended();
      // It was given up, and has begun all the same.
      if (signal.aborted) capture.stop(recordingId).catch(nothing);
    }, ended);
    return starting;
  }

  /** One that was given up, and takes effect all the same, is undone by what was called since (G1). */
  #resume(capture: CaptureController, recordingId: RecordingId): Promise<void> {
    const resuming = capture.resume(recordingId);
    resuming.then(() => {
      if (this.#latest === 'pause') capture.pause(recordingId).catch(() => capture.stop(recordingId).catch(nothing));
      else if (this.#latest === 'stop' || this.#latest === 'fence') capture.stop(recordingId).catch(nothing);
    }, nothing);
    return resuming;
  }

  #abandon(request: RecordingRequest): void {
    this.#abort?.abort(captureTimedOut('start', request.captureTimeoutMs));
  }

  #settle(call: CaptureCall, result: Promise<void>): void {
    const { post, tell } = this.#options;
    result.then(
      () => post(() => tell(succeeded(call))),
      (error) => post(() => tell({ type: 'capture.failed', call, code: codeOf(error) })),
    );
  }

  #renewSoon(): void {
    this.#options.timers.set('renew', times.renewMs, () => this.#renew());
  }

  #renew(): void {
    const { capture, epoch, post } = this.#options;
    const request = this.#request;
    if (!capture || !request || !(this.#isOpen || this.#starting)) return;
    this.#renewSoon();
    if (this.#isOpen && !this.#options.timers.has('lease')) this.#watchLease(request);
    if (this.#renewing) return;
    const ended = () => {
      this.#renewing = undefined;
    };
    this.#renewing = capture.renew(request.recordingId, epoch(), request.leaseMs).then(
      () =>
        post(() => {
          ended();
          if (this.#isOpen) this.#watchLease(request);
        }),
      () => post(ended),
    );
  }

  /** Half the lease without a renewal: the recording ends by `stop` (`lease-lost`). */
  #watchLease(request: RecordingRequest, inMs = request.leaseMs / 2): void {
    this.#options.timers.set('lease', inMs, () => {
      if (this.#options.isHandingOver()) this.#watchLease(request, times.repeatMs);
      else this.#options.renewFailed();
    });
  }

  /** Nobody comes into it any more; who must be left out still is, for as long as it may run. */
  #windDown(): void {
    this.#isOpen = false;
    this.inclusion.windDown();
    for (const name of ['renew', 'lease']) this.#options.timers.clear(name);
  }
}

const nothing = (): void => {};
