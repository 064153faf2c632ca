import type { DecidingAuthority, DecidingOptions, Inheritance } from '../authority/authority.types.ts';
import { modulesToBegin } from '../authority/modules.ts';
import { attempt } from '../core/attempt.ts';
import { highestEpoch, nextEpoch, sameEpoch } from '../participants/epoch.rules.ts';
import type { Endpoint, Epoch, ParticipantId, RecordingId } from '../participants/participants.types.ts';
import { steadyCapture } from '../recording/steady-capture.ts';
import type { AuthorityMessage, ClientMessage } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';
import type { Follower } from './follower.ts';
import type { AuthorityModule, GoverningOptions } from './governing.types.ts';
import type { SessionContext } from './session-context.ts';

/** What an authority hands over, as it came. */
interface HandOver {
  readonly text: string;
  readonly from: Epoch;
}

/** Runs the authority inside a host's client: loaded when needed, handed over in order, closed when another decides. */
export class Governing {
  readonly #context: SessionContext;
  readonly #follower: Follower;
  readonly #options: GoverningOptions;
  #authority: DecidingAuthority | undefined;
  readonly #stillRunning = new Set<RecordingId>();
  /** What is waited for before it decides; another each time. */
  #loading: object | undefined;
  /** Whom this client's authority has handed over to, and not heard of since. */
  #handedTo: ParticipantId | undefined;
  #left: (() => void) | undefined;

  constructor(context: SessionContext, follower: Follower, options: GoverningOptions) {
    this.#context = context;
    this.#follower = follower;
    this.#options = options;
  }

  get authority(): DecidingAuthority | undefined {
    return this.#authority;
  }

  get isLoading(): boolean {
    return this.#loading !== undefined;
  }

  /** Becomes the authority under `epoch`. */
  decide(epoch: Epoch, how: 'first' | 'crash' | HandOver): void {
    if (this.#authority || this.isLoading) return;
    const left = typeof how === 'object' ? how : this.#crashed();
    this.#whenLoaded(this.#options.load(), (module) => {
      const before = left && 'text' in left ? module.inheritedFrom(left) : left;
      if (left && !before) {
        // Whoever hands over goes on deciding when nobody takes it up.
        const from = this.#context.followed()?.endpoint ?? this.#options.transport.selfId;
        this.#options.doubt('protocol/not-a-message', from);
        return;
      }
      const needed = module.modules.need(modulesToBegin(this.#options, before));
      this.#whenLoaded(needed, () => this.#start(module, epoch, before));
    });
  }

  /** Goes on with what is loaded: at once where it is at hand, and not at all once another decides. */
  #whenLoaded<Loaded>(loaded: Loaded | Promise<Loaded>, goOn: (loaded: Loaded) => void): void {
    if (!(loaded instanceof Promise)) {
      goOn(loaded);
      return;
    }
    const loading = {};
    this.#loading = loading;
    const end = (task: () => void) =>
      this.#context.mailbox.post(() => {
        if (this.#loading !== loading) return;
        this.#loading = undefined;
        task();
      });
    loaded.then(
      (module) => end(() => goOn(module)),
      () => end(() => this.#options.doubt('authority/not-loaded', this.#options.transport.selfId)),
    );
  }

  /** Whether this client's recorder has not ended what an authority here, which gave way, has told it to. */
  runsHere(recordingId: RecordingId): boolean {
    return this.#stillRunning.has(recordingId);
  }

  receive(message: ClientMessage, from: Endpoint): void {
    this.#authority?.receive(message, from);
  }

  joined(endpoint: Endpoint): void {
    const id = this.#context.participantOf(endpoint);
    if (id !== undefined) this.#authority?.joined(endpoint, id, this.#options.factsOf(endpoint));
  }

  left(endpoint: Endpoint): void {
    this.#authority?.left(endpoint);
  }

  /** A higher epoch is followed. */
  superseded(epoch: Epoch, orderly: boolean): void {
    this.#loading = undefined;
    const authority = this.#authority;
    if (!authority || sameEpoch(authority.epoch, epoch)) return;
    this.#context.timers.clear('hand over');
    this.#authority = undefined;
    // The word that it was orderly may be lost: who was handed a capture takes care of it.
    authority.close(orderly || this.#handedTo === epoch.id ? 'handed-over' : 'superseded', (recordingId) =>
      this.#context.mailbox.post(() => this.#sayEnded(recordingId, this.#context.clock.now())),
    );
    this.#handedTo = undefined;
    this.#left?.();
  }

  /** Whoever decides now tells everyone that it is off; said until they do. */
  #sayEnded(recordingId: RecordingId, sinceMs: number): void {
    const now = this.#context.clock.now();
    const known = this.#context.meeting()?.recordings.find((each) => each.recordingId === recordingId);
    if (known?.ended?.confirmed || now - sinceMs > times.giveUpMs) return;
    this.#context.tellAuthority({ t: 'ended', recordingId });
    this.#context.timers.set('ended', times.repeatMs, () => this.#sayEnded(recordingId, sinceMs));
  }

  /** Hands over to somebody in order: what runs goes on, if its recorder can be reached from there. */
  handOver(to: ParticipantId, since = this.#context.clock.now()): void {
    const authority = this.#authority;
    const endpoint = this.#options.transport.present()?.find((each) => this.#context.participantOf(each) === to);
    if (!authority || endpoint === undefined) return;
    const state = authority.exportState(endpoint);
    if (state === undefined) {
      // A capture may not be within reach from there, and a call under way must end first.
      authority.stopWhatCannotMove(endpoint);
      if (this.#context.clock.now() - since >= times.giveUpMs) authority.stopAll('authority/handed-over');
      this.#context.timers.set('hand over', times.askThereEveryMs, () => this.handOver(to, since));
      return;
    }
    authority.freeze(true);
    this.#handedTo = to;
    this.#handOverUntilTaken(authority, endpoint, state, this.#context.clock.now());
  }

  /**
   * Goes on under an epoch over this one, as if handed over to itself; `false` while a call to the recorder is under way.
   * Who is stuck in one takes over as after a crash.
   */
  renew(over: Epoch, isStuck = false): boolean {
    const authority = this.#authority;
    const state = authority?.exportState(undefined);
    if (!authority || (state === undefined && !isStuck)) return false;
    this.#authority = undefined;
    this.#handedTo = undefined;
    authority.close(state === undefined ? 'superseded' : 'handed-over');
    const epoch = nextEpoch(
      highestEpoch(over, this.#follower.highest),
      this.#context.self.id,
      this.#context.randomId(),
    );
    this.decide(epoch, state === undefined ? 'crash' : { text: state, from: authority.epoch });
    return true;
  }

  /** Takes what another hands over, and decides. */
  take({ epoch, text: state }: Extract<AuthorityMessage, { t: 'hand-over' }>): void {
    const highest = this.#follower.highest?.number ?? epoch.number;
    const own = { number: highest + 1, id: this.#context.self.id, incarnation: this.#context.randomId() };
    this.decide(own, { text: state, from: epoch });
  }

  /** Leaves in order: hands over to the next, or stops what runs and says so. */
  leave(): Promise<void> {
    this.#loading = undefined;
    const authority = this.#authority;
    if (!authority) return Promise.resolve();
    const next = this.#context.meeting()?.succession.find((id) => id !== this.#context.self.id && this.#isPresent(id));
    const since = this.#context.clock.now();
    return new Promise((resolve) => {
      this.#left = resolve;
      if (next !== undefined) this.handOver(next);
      this.#leaveWhenStopped(next !== undefined, since, resolve);
    });
  }

  /** This client is a host's no more, and nobody follows it: what it captures is stopped, as long as that takes. */
  resign(): void {
    const authority = this.#authority;
    if (!authority || this.#context.timers.has('leave')) return;
    this.#leaveWhenStopped(false, this.#context.clock.now(), () => {});
  }

  close(): void {
    this.#authority?.close('closed');
    this.#authority = undefined;
  }

  /** Where nobody took what was handed over, it is under an epoch over that by now. */
  #leaveWhenStopped(isHandingOver: boolean, since: number, done: () => void): void {
    const authority = this.#authority;
    if (!authority) return;
    const waitedMs = this.#context.clock.now() - since;
    const isOver = waitedMs >= 2 * times.giveUpMs;
    if (isOver || (!isHandingOver && authority.stopAll('authority/left'))) {
      this.close();
      done();
      return;
    }
    const stillHandsOver = isHandingOver && waitedMs < times.giveUpMs;
    if (isHandingOver && !stillHandsOver) authority.freeze(false);
    this.#context.timers.set('leave', stillHandsOver ? times.repeatMs : 100, () =>
      this.#leaveWhenStopped(stillHandsOver, since, done),
    );
  }

  /** The same text each time: a repeat brings what was lost of it. */
  #handOverUntilTaken(authority: DecidingAuthority, to: Endpoint, text: string, since: number): void {
    const { clock } = this.#context;
    const dueAt = clock.now() + times.repeatMs;
    this.#options.send({ t: 'hand-over', epoch: authority.epoch, text }, [to]);
    this.#context.timers.set('hand over', times.repeatMs, () => {
      if (this.#authority !== authority) return;
      const hasSlept = clock.now() > dueAt + times.sleptMs;
      if (clock.now() - since < times.takeOverMs && !hasSlept) this.#handOverUntilTaken(authority, to, text, since);
      else this.#goOn(authority, hasSlept);
    });
  }

  /** Nobody took it. Under an epoch over the next, so that whoever takes it up late is told at once that it is stale. */
  #goOn(authority: DecidingAuthority, hasSlept: boolean): void {
    this.#handedTo = undefined;
    const over = { ...authority.epoch, number: authority.epoch.number + 1 };
    // Who has slept asks first: it may have been taken meanwhile, or what ran be stopped.
    if (hasSlept || !this.renew(over)) authority.freeze(false);
  }

  #isPresent(id: ParticipantId): boolean {
    return this.#options.transport.present()?.some((each) => this.#context.participantOf(each) === id) ?? false;
  }

  #crashed(): Inheritance | undefined {
    const { meeting, aliveMs, ledgerHead } = this.#follower;
    if (!meeting || (meeting.closed && meeting.recordings.every(({ status }) => status === 'off'))) return undefined;
    const absenceMs = times.absenceIntervals * aliveMs;
    return { how: 'crash', meeting, absenceMs, ledgerHead, knew: this.#options.knows };
  }

  #start(module: AuthorityModule, epoch: Epoch, before: Inheritance | undefined): void {
    const { transport, capture, policy, adminPolicy, inspect } = this.#options;
    const options = {
      ...this.#options,
      meetingId: this.#context.meetingId,
      epoch,
      roleOf: (id) => transport.roleOf(id),
      capture: capture && steadyCapture(capture),
      policy: policy == null ? undefined : module.parse(policy, false),
      adminPolicy: adminPolicy == null ? undefined : module.parse(adminPolicy, true),
      law: module.law,
      clock: this.#context.clock,
      mailbox: this.#context.mailbox,
      randomId: () => this.#context.randomId(),
      inspect: inspect && ((event) => void attempt(() => inspect(event), this.#context.failed)),
      before,
      left: this.#stillRunning,
      handOver: (to) => this.handOver(to),
    } satisfies DecidingOptions;
    this.#authority = module.decidingAuthority(options, module.modules);
    for (const endpoint of [transport.selfId, ...(transport.present() ?? [])]) this.joined(endpoint);
    this.#authority.gathered();
  }
}
