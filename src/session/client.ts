import { Mailbox } from '../core/mailbox.ts';
import { Timers } from '../core/timers.ts';
import { HookBoard } from '../hooks/hook-board.ts';
import type { Connection } from '../hooks/hooks.types.ts';
import { type HoldChange, Holds } from '../notice/holds.ts';
import type { Endpoint } from '../participants/participants.types.ts';
import type { ClientMessage, Message } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';
import { Answers } from './answers.ts';
import type { Binding } from './binding.ts';
import type { Addressed, ClientEvents, ClientOptions } from './client.types.ts';
import { Follower } from './follower.ts';
import type { HostSide } from './host-side.ts';
import { Hosting } from './hosting.ts';
import { Introduction } from './introduction.ts';
import { Liveness } from './liveness.ts';
import { OwnState } from './own-state.ts';
import { Reception } from './reception.ts';
import { RecordingWatch } from './recording-watch.ts';
import { Requests } from './requests.ts';
import type { SessionContext } from './session-context.ts';
import { Wire } from './wire.ts';

/**
 * One client's end of the protocol: takes messages from the transport, checks them, and gives each to the part that it
 * is for. Everything runs through one mailbox; what a task changed is told at its end.
 */
export class Client {
  readonly binding: Binding;
  readonly mailbox: Mailbox;
  readonly timers: Timers;
  readonly hooks = new HookBoard();
  readonly context: SessionContext;
  readonly wire: Wire;
  readonly follower: Follower;
  readonly introduction: Introduction;
  readonly liveness: Liveness;
  readonly requests: Requests;
  readonly answers: Answers;
  readonly holds: Holds;
  readonly own: OwnState;
  readonly watch: RecordingWatch;
  readonly hosting: Hosting;
  readonly #events: ClientEvents;
  readonly #reception: Reception;
  connection: Connection = 'idle';
  isDirty = false;
  #isInterrupted = false;

  constructor(options: ClientOptions<Client>) {
    const { binding, clock, randomId } = options;
    this.binding = binding;
    const failed = (error: unknown) => this.wire.report('session/task-threw', binding.transport.selfId, String(error));
    this.mailbox = new Mailbox(failed);
    this.timers = new Timers(clock, this.mailbox);
    this.wire = new Wire({
      binding,
      mailbox: this.mailbox,
      hooks: this.hooks,
      message: (message, from) => this.#reception.take(message, from),
      host: () => this.host,
      left: (endpoint) => this.#left(endpoint),
      state: (state) => this.#state(state),
    });
    this.context = {
      meetingId: binding.meetingId,
      self: binding.self,
      clock,
      mailbox: this.mailbox,
      timers: this.timers,
      hooks: this.hooks,
      randomId,
      tellAuthority: (message) => this.#tellAuthority(message),
      tell: (message, to) => this.wire.send(message, to),
      followed: () => this.follower.followed,
      meeting: () => this.follower.meeting,
      personal: () => this.follower.personal,
      isHosting: () => this.isHosting,
      participantOf: (endpoint) => this.wire.participantOf(endpoint),
      mayDecide: (endpoint) => this.wire.mayDecide(endpoint),
      failed,
      changed: () => {
        this.isDirty = true;
      },
    };
    const { context } = this;
    this.requests = new Requests(context);
    this.answers = new Answers(context, this.requests, (answer) => this.#events.signing.sign(answer));
    const heldOtherwise = (change: HoldChange) => {
      this.hooks.announce('holdChanged', change);
      context.changed();
    };
    this.holds = new Holds(binding.devices, heldOtherwise, failed);
    this.own = new OwnState(context, this.holds);
    this.watch = new RecordingWatch(context, {
      moved: (before, now) => {
        this.#events.cues.moved(before, now);
        this.host?.news.recordingMoved(before, now);
      },
      ended: (recordingId, isConfirmed) => this.#events.recordingEnded(recordingId, isConfirmed),
      unheard: () => [...(this.requests.awaited?.purposes ?? []), ...this.follower.unheard],
      attention: () => this.#events.attentionStatus(),
    });
    this.follower = new Follower(context, {
      followed: (orderly) => this.#followed(orderly),
      meeting: (_, now) => {
        this.watch.take(now);
        this.requests.awaited?.meetingChanged(now);
        context.changed();
        this.#attend();
      },
      personal: (before, now) => {
        this.answers.learn(now);
        this.own.take(before, now);
        this.watch.tellIndicators();
        this.#events.notices.take(now);
      },
      host: () => this.host,
      acknowledged: ({ id, outcome }) => {
        if (!this.requests.acknowledged(id, outcome)) this.#events.acknowledged(id, outcome);
      },
      // Who was cut off takes nothing up: it is old.
      handedOver: (message) => this.liveness.isLost || this.host?.governing.take(message),
      welcomed: () => this.#onWelcome(),
      doubt: (code, from) => this.wire.report(code, from),
    });
    this.introduction = new Introduction(context, this.follower, binding);
    this.liveness = new Liveness(context, this.follower, {
      watched: () => this.hosting.followRole(),
      silent: (forMs) => this.host?.succession.silent(forMs),
      lost: (isLost) => this.#lost(isLost),
      over: () => this.watch.giveUp(),
    });
    this.hosting = new Hosting({
      ...options,
      context,
      follower: this.follower,
      wire: this.wire,
      introduction: this.introduction,
      noticeVersion: options.document?.version,
      requests: this.requests,
      watch: this.watch,
    });
    this.#reception = new Reception(this);
    this.#events = options.wired(this);
    this.mailbox.afterEach(() => {
      if (this.isOpen) this.#repeatWhatWaits();
      this.#events.settle();
    });
  }

  /** What only a host's client has, once it is loaded. */
  get host(): HostSide | undefined {
    return this.hosting.side;
  }

  get isHosting(): boolean {
    const role = this.binding.transport.roleOf(this.binding.self.id) ?? this.binding.self.role;
    return role !== 'participant';
  }

  /** Whoever decides is heard, and has said what is the case. */
  get hasContact(): boolean {
    return this.follower.isWelcome && !this.liveness.isLost;
  }

  /** Something for this person alone. */
  addressed(message: Addressed, from: Endpoint): void {
    this.#events.addressed(message, from);
  }

  /** Whether messages are taken: between `join` and the end of `leave`. */
  get isOpen(): boolean {
    return this.wire.isOpen;
  }

  /** Opens the transport and says hello until somebody who decides answers. */
  open(): () => void {
    this.setConnection('joining');
    const close = this.wire.open();
    this.liveness.start();
    this.introduction.say();
    this.host?.succession.begin();
    return close;
  }

  /** Ends all that runs by itself. */
  close(): void {
    this.host?.succession.end();
    this.liveness.stop();
    this.timers.clearAll();
    this.follower.forget();
    this.host?.forget();
    this.watch.forget();
  }

  /** The authority has spoken: contact is there. Where it was lost, it is there again once all has been said anew. */
  heard(): void {
    this.hosting.followRole();
    if (!this.liveness.isLost) this.liveness.heard();
    else if (this.follower.isWelcome) this.#greetAgain();
  }

  #greetAgain(): void {
    this.#events.greeting();
    this.follower.forgetNumbers();
    this.introduction.say();
  }

  setConnection(connection: Connection): void {
    // An authority hears itself: while its own network is interrupted, it is connected to nobody.
    if (connection === 'connected' && this.#isInterrupted) return;
    const shown = connection === 'connected' && this.binding.solo ? 'local-only' : connection;
    if (this.connection === shown) return;
    this.connection = shown;
    this.hooks.announce('connectionChanged', { connection: shown, authorityId: this.follower.followed?.epoch.id });
    this.context.changed();
  }

  /** Repeats what is not acknowledged, for as long as anything is not. */
  #repeatWhatWaits(): void {
    if (!(this.requests.isWaiting || this.answers.isWaiting) || this.timers.has('repeat')) return;
    this.timers.set('repeat', times.repeatMs, () => {
      for (const each of [this.requests, this.answers]) each.tick(this.context.clock.now());
    });
  }

  #followed(orderly: boolean): void {
    const { followed } = this.follower;
    if (!followed) return;
    this.host?.succession.end();
    this.host?.governing.superseded(followed.epoch, orderly);
    this.liveness.heard();
    if (this.connection === 'connected') {
      this.hooks.announce('connectionChanged', { connection: 'connected', authorityId: followed.epoch.id });
      this.context.changed();
    }
    this.introduction.say();
    this.requests.authorityChanged(orderly);
    this.#events.followed();
  }

  #onWelcome(): void {
    this.liveness.heard();
    this.setConnection('connected');
    this.#events.welcomed();
    this.#attend();
    this.answers.repeat();
    this.introduction.answered();
  }

  #lost(isLost: boolean): void {
    // Where the authority left in order nothing runs, and that stays known.
    const isKnown = isLost && this.follower.meeting?.closed === true;
    if (!isKnown) this.watch.isLost = isLost;
    this.setConnection(isLost ? 'lost' : this.follower.isWelcome ? 'connected' : 'joining');
    if (isLost && !isKnown) this.requests.failAll('authority/unreachable');
    this.watch.tellIndicators();
    this.#attend();
  }

  /** Attention is looked at anew: a participant's own, and a host's board. */
  #attend(): void {
    this.#events.attended();
    this.host?.attend(this.hasContact);
  }

  #left(endpoint: Endpoint): void {
    this.host?.left(endpoint);
    if (this.follower.followed?.endpoint === endpoint) this.liveness.gone();
  }

  #state(state: 'open' | 'interrupted' | 'closed'): void {
    this.#isInterrupted = state !== 'open';
    if (state === 'open') {
      if (this.connection === 'lost' || this.connection === 'joining') this.#greetAgain();
      return;
    }
    this.setConnection('lost');
    if (state === 'closed') this.wire.report('transport/closed', this.wire.selfId);
  }

  #tellAuthority(message: Message): boolean {
    const { followed } = this.follower;
    if (!followed) return false;
    const { selfId } = this.wire;
    const isSelf = followed.endpoint === selfId;
    // Once contact is lost nothing more is said: the old authority must come to count this client as absent.
    if (!isSelf && this.liveness.isLost && message.t !== 'hello') return false;
    this.follower.saidAt = this.context.clock.now();
    if (isSelf) this.mailbox.post(() => this.host?.governing.receive(message as ClientMessage, selfId));
    else this.wire.send(message, [followed.endpoint]);
    return true;
  }
}
