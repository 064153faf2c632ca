import { NoticeError } from '../core/errors.ts';
import type { Timers } from '../core/timers.ts';
import type { Epoch, ParticipantId } from '../participants/participants.types.ts';
import type { CaptureController } from '../recording/capture.types.ts';
import type { CaptureCall, RecordingEvent, RecordingRequest } from '../recording/recording.types.ts';
import { times } from '../transport/times.ts';
import { codeOf, succeeded } from './capture-answer.ts';

interface DriverOptions {
  readonly capture: CaptureController | undefined;
  readonly epoch: () => Epoch;
  readonly timers: Timers;
  /** Runs a task on the authority's mailbox. */
  readonly post: (task: () => void) => void;
  /** What the recorder answered, for the recording's machine. */
  readonly tell: (event: RecordingEvent) => void;
  /** An `exclude` did not work: the capture must pause, else stop. */
  readonly excludeFailed: (code: string) => void;
  /** It is left out after all: nothing stands against going on. */
  readonly freed: () => void;
  readonly renewFailed: () => void;
  /** Somebody's place in the recorder's output has changed, or is confirmed. */
  readonly gated: (who: readonly ParticipantId[]) => void;
}

/**
 * Drives one recorder for one recording: makes the machine's calls, keeps the lease, and brings who is included in line
 * with who may be. Each call ends, by itself or in time (G9).
 */
export class CaptureDriver {
  readonly #options: DriverOptions;
  readonly #included = new Set<ParticipantId>();
  readonly #leaving = new Set<ParticipantId>();
  readonly #retry = new Set<ParticipantId>();
  /** Whom the recorder has not left out when it was told to. */
  readonly #stuck = new Set<ParticipantId>();
  #request: RecordingRequest | undefined;
  #wanted: (id: ParticipantId) => boolean = () => false;
  #open = false;
  #mayInclude = false;
  #abort: AbortController | undefined;
  #starting: Promise<void> | undefined;
  #renewing = false;
  #calls = 0;

  constructor(options: DriverOptions) {
    this.#options = options;
  }

  /** Whether somebody is, or may still be, in the recorder's output. */
  has(id: ParticipantId): boolean {
    return this.#included.has(id) || this.#leaving.has(id);
  }

  /** Somebody who must be left out is not: nothing may be written until they are. */
  get isStuck(): boolean {
    return this.#stuck.size > 0;
  }

  /** Everyone for whom that is so. */
  get held(): ParticipantId[] {
    return [...this.#included, ...this.#leaving];
  }

  /** Somebody is in it who must not be: it may not go on before they are out. */
  get holdsUnwanted(): boolean {
    if (this.#leaving.size > 0) return true;
    for (const id of this.#included) if (!this.#wanted(id)) return true;
    return false;
  }

  /** Takes a capture that runs already, after an orderly hand-over. */
  adopt(request: RecordingRequest, included: readonly ParticipantId[]): void {
    this.#request = request;
    this.#open = true;
    this.#mayInclude = true;
    for (const id of included) this.#included.add(id);
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
    this.#settle(call, this.#run(call, capture, request));
    // It may write before the start has resolved: its lease must not end in the middle of it.
    if (call === 'start' && request.hasLease) this.#renewSoon();
  }

  /** The recorder may be told who is in it: capture has committed. */
  open(wanted: (id: ParticipantId) => boolean): void {
    this.#open = true;
    this.#mayInclude = true;
    this.#wanted = wanted;
    if (this.#request?.hasLease) this.#renewSoon();
  }

  /** Nothing more is told to it; the recording has ended. */
  close(): void {
    this.#windDown();
    this.#open = false;
    this.#stuck.clear();
    this.#options.timers.clear('exclude again');
    this.#included.clear();
    this.#leaving.clear();
  }

  /** Brings the recorder in line for these people (everyone it has, and more). */
  reconcile(who: Iterable<ParticipantId>): void {
    const { capture } = this.#options;
    const request = this.#request;
    if (!this.#open || !capture || !request?.canExclude) return;
    const enter: ParticipantId[] = [];
    const leave: ParticipantId[] = [];
    for (const id of who) {
      if (this.#leaving.has(id) || this.#retry.has(id) || this.#stuck.has(id)) continue;
      const wanted = this.#wanted(id);
      if (wanted && this.#mayInclude && !this.#included.has(id)) enter.push(id);
      else if (!wanted && this.#included.has(id)) leave.push(id);
    }
    if (leave.length > 0) this.#exclude(capture, request, leave);
    if (enter.length > 0) this.#include(capture, request, enter);
  }

  #exclude(capture: CaptureController, request: RecordingRequest, who: ParticipantId[]): void {
    for (const id of who) {
      this.#included.delete(id);
      this.#leaving.add(id);
    }
    const done = (failed?: unknown) => {
      for (const id of who) {
        this.#leaving.delete(id);
        if (failed === undefined) this.#stuck.delete(id);
        else {
          this.#included.add(id);
          this.#stuck.add(id);
        }
      }
      if (failed !== undefined) this.#excludeAgain(codeOf(failed));
      else if (!this.isStuck) this.#options.freed();
      this.#options.gated(who);
      this.reconcile(who);
    };
    this.#bounded('exclude', request.captureTimeoutMs, capture.exclude(request.recordingId, who), done);
  }

  /** Tells it again after a while whom to leave out; who may be in it again by then is stuck no more. */
  #excludeAgain(code: string): void {
    this.#options.timers.set('exclude again', times.renewMs, () => {
      const again = [...this.#stuck];
      this.#stuck.clear();
      this.reconcile(again);
      for (const id of again) if (this.#leaving.has(id)) this.#stuck.add(id);
      if (!this.isStuck) this.#options.freed();
    });
    this.#options.excludeFailed(code);
  }

  #include(capture: CaptureController, request: RecordingRequest, who: ParticipantId[]): void {
    for (const id of who) this.#included.add(id);
    this.#options.gated(who);
    this.#bounded('include', request.captureTimeoutMs, capture.include(request.recordingId, who), (failed) => {
      if (failed === undefined) return;
      // The recorder may have taken some of them: they are told to be left out, and tried again later.
      for (const id of who) this.#retry.add(id);
      this.#exclude(
        capture,
        request,
        who.filter((id) => this.#included.has(id)),
      );
      this.#options.timers.set('include again', times.renewMs, () => {
        const again = [...this.#retry];
        this.#retry.clear();
        this.reconcile(again);
      });
    });
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
        return capture.resume(recordingId);
      case 'stop':
        this.#abandon(request);
        await capture.stop(recordingId);
        // A start under way may still begin to write after that: it is over only when the start is, too (G2).
        if (this.#starting) await this.#starting.then(() => capture.stop(recordingId), nothing);
    }
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

  #abandon(request: RecordingRequest): void {
    this.#abort?.abort(NoticeError.captureTimedOut('start', request.captureTimeoutMs));
  }

  #settle(call: CaptureCall, result: Promise<void>): void {
    const { post, tell } = this.#options;
    result.then(
      () => post(() => tell(succeeded(call))),
      (error) => post(() => tell({ type: 'capture.failed', call, code: codeOf(error) })),
    );
  }

  /** Ends when the call does, or in time as a failure. */
  #bounded(call: string, timeoutMs: number, result: Promise<void>, done: (failed?: unknown) => void): void {
    this.#calls += 1;
    const name = `${call} ${this.#request?.recordingId} ${this.#calls}`;
    const { post, timers } = this.#options;
    const finish = (failed?: unknown) => {
      if (!timers.has(name)) return;
      timers.clear(name);
      done(failed);
    };
    timers.set(name, timeoutMs, () => done(NoticeError.captureTimedOut(call, timeoutMs)));
    result.then(
      () => post(() => finish()),
      (error) => post(() => finish(error ?? NoticeError.captureFailed(call, 'no reason given'))),
    );
  }

  #renewSoon(): void {
    this.#options.timers.set('renew', times.renewMs, () => this.#renew());
  }

  #renew(): void {
    const { capture, epoch, post } = this.#options;
    const request = this.#request;
    if (!capture || !request || !(this.#mayInclude || this.#starting)) return;
    this.#renewSoon();
    if (this.#mayInclude && !this.#options.timers.has('lease')) this.#watchLease(request);
    if (this.#renewing) return;
    this.#renewing = true;
    const ended = () => {
      this.#renewing = false;
    };
    capture.renew(request.recordingId, epoch(), request.leaseMs).then(
      () =>
        post(() => {
          ended();
          if (this.#mayInclude) this.#watchLease(request);
        }),
      () => post(ended),
    );
  }

  /** Half the lease without a renewal: the recording ends by `stop` (`lease-lost`). */
  #watchLease(request: RecordingRequest): void {
    this.#options.timers.set('lease', request.leaseMs / 2, () => this.#options.renewFailed());
  }

  /** Nobody comes into it any more; who must be left out still is, for as long as it may run. */
  #windDown(): void {
    this.#mayInclude = false;
    this.#retry.clear();
    for (const name of ['renew', 'lease', 'include again']) this.#options.timers.clear(name);
  }
}

const nothing = (): void => {};
