import { createActor } from 'xstate';
import type { ParticipantId, RequestedBy, Status } from '../participants/participants.types.ts';
import type { CaptureFact } from '../recording/capture.types.ts';
import { recordingMachine } from '../recording/recording.machine.ts';
import { isPointless, mayStart, statusIn } from '../recording/recording.rules.ts';
import type {
  RecordingContext,
  RecordingEvent,
  RecordingOutcome,
  RecordingRequest,
} from '../recording/recording.types.ts';
import type { AuthorityContext } from './authority.types.ts';
import { CaptureDriver } from './capture-driver.ts';
import { everyoneIsAccounted, gateOf, holdFor, isAccounted, isHeldNow, type Running } from './gate.rules.ts';
import type { StableState } from './hand-over.types.ts';
import type { LiveRecording } from './live-recording.ts';
import { PauseWatch } from './pause-watch.ts';
import { bannerWhoIsNotAsked } from './waiting.ts';

/**
 * One recording of this meeting's own, on the authority: the machine that moves it, the recorder that is driven by it,
 * and the people it waits for.
 */
export class OwnRecording {
  readonly live: LiveRecording;
  readonly request: RecordingRequest;
  readonly #context: AuthorityContext;
  readonly #actor;
  readonly #driver: CaptureDriver;
  readonly #pauses: PauseWatch;
  readonly #ended: (recording: OwnRecording) => void;
  #holdingSince: number | undefined;
  #isDisposed = false;

  constructor(
    live: LiveRecording,
    request: RecordingRequest,
    context: AuthorityContext,
    ended: (recording: OwnRecording) => void,
    from?: { state: StableState; context: RecordingContext; included: readonly ParticipantId[] },
  ) {
    this.live = live;
    this.request = request;
    this.#context = context;
    this.#ended = ended;
    this.#pauses = new PauseWatch(context);
    const { options } = context;
    this.#driver = new CaptureDriver({
      ...context,
      capture: options.capture,
      epoch: () => options.epoch,
      tell: (event) => this.#hear(event),
      excludeFailed: (code) => this.#excludeFailed(code),
      freed: () => this.evaluate([]),
      renewFailed: () => this.stop('failed', 'platform', 'capture/lease-lost'),
      gated: (who) => {
        for (const id of who) {
          context.changed.person(id);
          if (!this.#driver.inclusion.has(id)) context.changed.released(id);
        }
      },
    });
    this.#actor = createActor(recordingMachine, {
      clock: {
        setTimeout: options.clock.setTimeout.bind(options.clock),
        clearTimeout: options.clock.clearTimeout.bind(options.clock),
      },
      ...(options.inspect && { inspect: options.inspect }),
      ...(from && { snapshot: recordingMachine.resolveState({ value: from.state, context: from.context }) }),
    });
    this.#actor.on('capture.called', ({ call, request: called }) => this.#driver.call(call, called));
    // A delay of the machine runs outside the mailbox: what follows from it is told on it.
    this.#actor.on('recording.moved', () => context.post(() => this.#moved()));
    this.#actor.start();
    if (from && from.state !== 'asking') {
      this.#driver.adopt(request, from.included);
      this.#driver.open((id) => this.#mayBeCaptured(id));
    }
  }

  get state(): string {
    return this.#actor.getSnapshot().value as string;
  }

  get context(): RecordingContext {
    return this.#actor.getSnapshot().context;
  }

  get status(): Status {
    return statusIn(this.state, this.context);
  }

  /** Capture has been told to start and has not ended: whoever joins now is late. */
  get isRunning(): boolean {
    return !['off', 'asking', 'holding'].includes(this.state);
  }

  /** No call is under way, and it has not just ended: it can be handed over. */
  get isStable(): boolean {
    return ['asking', 'on', 'paused'].includes(this.state) && !this.#driver.inclusion.isEntering;
  }

  /** Whom the recorder holds, those among them whom it is just being told to leave out. */
  get included(): readonly ParticipantId[] {
    return this.#driver.inclusion.held;
  }

  how(): Running {
    const { options } = this.#context;
    return {
      running: this.isRunning,
      canExclude: this.request.canExclude && !(this.#driver.inclusion.isStuck && this.#pauses.isLate),
      isPauseLate: this.#pauses.isLate,
      now: this.#context.now(),
      noticeVersion: options.noticeVersion ?? '1',
    };
  }

  begin(): void {
    this.#actor.send({ type: 'recording.requested', request: this.request });
  }

  /** Takes what an authority that is gone has left: fenced and stopped first. */
  inherit(started: boolean): void {
    this.#actor.send({ type: 'recording.inherited', request: this.request, started });
  }

  pause(by: RequestedBy): void {
    this.live.pausedByHost = true;
    this.live.lastBy = by;
    this.evaluate([]);
  }

  resume(by: RequestedBy): void {
    this.live.pausedByHost = false;
    this.live.lastBy = by;
    this.evaluate([]);
  }

  stop(outcome: RecordingOutcome, by: RequestedBy, code?: string): void {
    if (this.#isDisposed) return;
    this.live.lastBy = by;
    this.#actor.send({ type: 'recording.stopped', outcome, ...(code && { code }) });
  }

  /** The recorder's own word that it has ended. */
  captureTold(fact: CaptureFact): void {
    if (fact.recordingId !== this.live.recordingId) return;
    this.live.isEndConfirmed = true;
    this.#actor.send({ type: 'capture.ended', code: fact.fact === 'ended' ? fact.code : 'capture/stopped' });
  }

  /** Whether somebody is in the recorder's output now (or may be, where it cannot exclude). */
  hasCaptured(id: ParticipantId): boolean {
    if (!this.isRunning || this.state === 'paused' || this.state === 'starting') return false;
    if (this.request.canExclude) return this.#driver.inclusion.has(id);
    const person = this.#context.people.person(id);
    return person?.admission === 'admitted' && person.channel !== 'bot' && !isHeldNow(person, this.live.recordingId);
  }

  /** Decides anew after something changed for these people. */
  evaluate(who: Iterable<ParticipantId>): void {
    const { state } = this;
    // What has been handed over begins, if it does, with whoever takes it up.
    const isElsewhere = this.#context.isHandingOver();
    if (state === 'asking' && !isElsewhere) this.#decideStart();
    else if (state === 'holding') this.#decideHolds();
    else if (state === 'on' || state === 'paused') this.#decidePause();
    if (this.live.settlePurposes()) this.#context.changed.everyone();
    this.#driver.inclusion.reconcile(who);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#driver.close();
    this.#actor.stop();
  }

  #decideStart(): void {
    const readiness = this.live.readiness(false);
    if (mayStart(readiness)) {
      this.#holdingSince ??= this.#context.now();
      if (this.#awaitsHolds()) {
        this.#actor.send({ type: 'holds.awaited' });
        this.#decideHolds();
      } else this.#actor.send({ type: 'readiness.changed', readiness });
    } else if (isPointless(readiness)) {
      this.#actor.send({ type: 'readiness.changed', readiness });
    }
  }

  #decideHolds(): void {
    const graceLeftMs = this.#graceLeftMs;
    if (!this.#awaitsHolds()) this.#actor.send({ type: 'holds.confirmed' });
    else if (graceLeftMs > 0) this.#context.timers.set('grace', graceLeftMs, () => this.evaluate([]));
  }

  /** How long a start that waits for holds is delayed still. */
  get #graceLeftMs(): number {
    const now = this.#context.now();
    return (this.#holdingSince ?? now) + this.live.mainPolicy.graceMs - now;
  }

  #decidePause(): void {
    const unheld = this.#isUnheld();
    if (unheld && !this.#context.options.capture?.capabilities.pause) {
      this.stop('failed', 'platform', 'hold/not-confirmed');
      return;
    }
    if (this.#isPointless()) {
      this.stop('nobody-to-capture', 'platform');
      return;
    }
    const wanted = this.live.pausedByHost || unheld || this.#driver.inclusion.isStuck || this.#isPausedByPolicy();
    if (wanted && this.state === 'on') this.#actor.send({ type: 'recording.paused' });
    const isFree = !this.request.canExclude || !this.#driver.inclusion.holdsUnwanted;
    if (!wanted && isFree && this.state === 'paused') this.#actor.send({ type: 'recording.resumed' });
  }

  #isPausedByPolicy(): boolean {
    const { onLateJoin, onCannotBeAsked } = this.live.mainPolicy;
    const { counts } = this.live.main;
    return (
      (onLateJoin === 'pause' && counts.late > 0) || (onCannotBeAsked === 'block' && counts['cannot-be-asked'] > 0)
    );
  }

  #isPointless(): boolean {
    const { counts } = this.live.readiness(false);
    return counts.clear + counts.unanswered + counts.late + counts['cannot-be-asked'] === 0;
  }

  /** Somebody whose hold the start must wait for has not confirmed it. */
  #awaitsHolds(): boolean {
    const how = this.how();
    if (how.canExclude && this.live.mainPolicy.untilAnswered !== 'hold') return false;
    let anyHeld = false;
    for (const person of this.#context.people.all) {
      if (!holdFor(person, this.live, how)) {
        if (!how.canExclude && !isAccounted(person, this.live)) return true;
        continue;
      }
      anyHeld = true;
      if (how.canExclude && !person.seats.some((seat) => seat.devices)) continue;
      if (!isHeldNow(person, this.live.recordingId)) return true;
    }
    return anyHeld && this.#graceLeftMs > 0;
  }

  /** A recorder that cannot exclude has somebody on air who is neither clear nor held. */
  #isUnheld(): boolean {
    return !this.request.canExclude && !everyoneIsAccounted(this.#context.people.all, this.live);
  }

  #mayBeCaptured(id: ParticipantId): boolean {
    const person = this.#context.people.person(id);
    return person !== undefined && person.channel !== 'bot' && gateOf(person, this.live).captured;
  }

  #hear(event: RecordingEvent): void {
    if (this.#isDisposed) return;
    if (event.type === 'capture.stopped') this.live.isEndConfirmed = true;
    else if (event.type === 'capture.failed' && event.call === 'resume') this.live.pausedByHost = true;
    const isStart = event.type === 'capture.started';
    this.#actor.send(isStart ? { ...event, readiness: this.live.readiness(this.#isUnheld()) } : event);
  }

  /** Somebody cannot be left out for now: it pauses for as long, else stops. */
  #excludeFailed(code: string): void {
    this.live.lastBy = 'platform';
    if (this.#context.options.capture?.capabilities.pause) this.evaluate([]);
    else this.stop('failed', 'platform', code);
  }

  #moved(): void {
    const { state } = this;
    const { changed, people } = this.#context;
    changed.meeting();
    changed.everyone();
    if (state === 'starting') {
      this.live.settlePurposes();
      bannerWhoIsNotAsked(this.live, people.all);
    }
    // It stays paused until a host resumes it: trying again by itself would never end (G9).
    if (this.#pauses.moved(state)) this.live.pausedByHost = true;
    if (state === 'on') {
      this.#driver.open((id) => this.#mayBeCaptured(id));
      this.evaluate([...people.all].map((person) => person.id));
    }
    if (state === 'paused') this.evaluate([]);
    if (state === 'off' && this.context.request) {
      this.#driver.close();
      this.#ended(this);
    }
  }
}
