import { captureFailed, captureTimedOut } from '../core/errors.ts';
import type { Timers } from '../core/timers.ts';
import type { ParticipantId } from '../participants/participants.types.ts';
import type { CaptureController } from '../recording/capture.types.ts';
import type { RecordingRequest } from '../recording/recording.types.ts';
import { times } from '../transport/times.ts';
import { codeOf } from './capture-answer.ts';

export interface InclusionOptions {
  readonly capture: CaptureController | undefined;
  readonly timers: Timers;
  /** Runs a task on the authority's mailbox. */
  readonly post: (task: () => void) => void;
  /** An `exclude` did not work: the capture must pause, else stop. */
  readonly excludeFailed: (code: string) => void;
  /** It is left out after all: nothing stands against going on. */
  readonly freed: () => void;
  /** Somebody's place in the recorder's output has changed, or is confirmed. */
  readonly gated: (who: readonly ParticipantId[]) => void;
}

/** Who is in one recorder's output: brought in line with who may be, through calls that fail, hang or come late. */
export class Inclusion {
  readonly #its: InclusionOptions;
  readonly #included = new Set<ParticipantId>();
  readonly #leaving = new Set<ParticipantId>();
  /** Includes that have not ended, be their time up or not: whom they are for may come into it at any moment. */
  readonly #entering = new Map<ParticipantId, Promise<void>>();
  readonly #retry = new Set<ParticipantId>();
  /** Whom the recorder has not left out when it was told to. */
  readonly #stuck = new Set<ParticipantId>();
  #request: RecordingRequest | undefined;
  #wanted: (id: ParticipantId) => boolean = () => false;
  #isOpen = false;
  #mayInclude = false;
  #calls = 0;

  constructor(options: InclusionOptions) {
    this.#its = options;
  }

  /** Whether somebody is, or may still be, in the recorder's output. */
  has(id: ParticipantId): boolean {
    return this.#included.has(id) || this.#leaving.has(id);
  }

  /** Somebody who must be left out is not: nothing may be written until they are. */
  get isStuck(): boolean {
    return this.#stuck.size > 0;
  }

  /** A call under way may still bring somebody in. */
  get isEntering(): boolean {
    return this.#entering.size > 0;
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

  /** Who is in it already, after an orderly hand-over. */
  adopt(request: RecordingRequest, included: readonly ParticipantId[]): void {
    this.#request = request;
    this.#isOpen = true;
    this.#mayInclude = true;
    for (const id of included) this.#included.add(id);
  }

  /** The recorder may be told who is in it. */
  open(request: RecordingRequest, wanted: (id: ParticipantId) => boolean): void {
    this.#request = request;
    this.#isOpen = true;
    this.#mayInclude = true;
    this.#wanted = wanted;
  }

  /** Nobody comes into it any more; who must be left out still is, for as long as it may run. */
  windDown(): void {
    this.#mayInclude = false;
    this.#retry.clear();
    this.#its.timers.clear('include again');
  }

  /** It has ended. */
  close(): void {
    this.#isOpen = false;
    this.#its.timers.clear('exclude again');
    for (const each of [this.#stuck, this.#included, this.#leaving, this.#entering]) each.clear();
  }

  /** Brings the recorder in line for these people (everyone it has, and more). */
  reconcile(who: Iterable<ParticipantId>): void {
    const { capture } = this.#its;
    const request = this.#request;
    if (!this.#isOpen || !capture || !request?.canExclude) return;
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
      else if (!this.isStuck) this.#its.freed();
      this.#its.gated(who);
      this.reconcile(who);
    };
    this.#bounded('exclude', request.captureTimeoutMs, this.#excluded(capture, request, who), done);
  }

  /** Done once nothing under way can put any of them back; it is paused until then. */
  #excluded(capture: CaptureController, { recordingId }: RecordingRequest, who: ParticipantId[]): Promise<void> {
    const excluded = capture.exclude(recordingId, who);
    const under = who.filter((id) => this.#entering.has(id));
    if (under.length === 0) return excluded;
    for (const id of under) this.#stuck.add(id);
    this.#its.excludeFailed('capture/timed-out');
    const settled = Promise.allSettled([excluded, ...under.map((id) => this.#entering.get(id))]);
    return settled.then(() => capture.exclude(recordingId, who));
  }

  /** Tells it again after a while whom to leave out; who may be in it again by then is stuck no more. */
  #excludeAgain(code: string): void {
    this.#its.timers.set('exclude again', times.renewMs, () => {
      const again = [...this.#stuck];
      this.#stuck.clear();
      this.reconcile(again);
      for (const id of again) if (this.#leaving.has(id)) this.#stuck.add(id);
      if (!this.isStuck) this.#its.freed();
    });
    this.#its.excludeFailed(code);
  }

  #include(capture: CaptureController, request: RecordingRequest, who: ParticipantId[]): void {
    for (const id of who) this.#included.add(id);
    this.#its.gated(who);
    const including = capture.include(request.recordingId, who);
    for (const id of who) this.#entering.set(id, including);
    const ended = () => {
      for (const id of who) if (this.#entering.get(id) === including) this.#entering.delete(id);
    };
    including.then(ended, ended);
    this.#bounded('include', request.captureTimeoutMs, including, (failed) => {
      if (failed === undefined) return;
      // The recorder may have taken some of them: they are told to be left out, and tried again later.
      for (const id of who) this.#retry.add(id);
      this.#exclude(
        capture,
        request,
        who.filter((id) => this.#included.has(id)),
      );
      this.#its.timers.set('include again', times.renewMs, () => {
        const again = [...this.#retry];
        this.#retry.clear();
        this.reconcile(again);
      });
    });
  }

  /** Ends when the call does, or in time as a failure. */
  #bounded(call: string, timeoutMs: number, result: Promise<void>, done: (failed?: unknown) => void): void {
    this.#calls += 1;
    const name = `${call} ${this.#request?.recordingId} ${this.#calls}`;
    const { post, timers } = this.#its;
    const finish = (failed?: unknown) => {
      if (!timers.has(name)) return;
      timers.clear(name);
      done(failed);
    };
    timers.set(name, timeoutMs, () => done(captureTimedOut(call, timeoutMs)));
    result.then(
      () => post(() => finish()),
      (error) => post(() => finish(error ?? captureFailed(call, 'no reason given'))),
    );
  }
}
