import { Mailbox } from '../core/mailbox.ts';
import { Timers } from '../core/timers.ts';
import type { Clock } from '../core/clock.ts';
import { HookBoard } from '../hooks/hook-board.ts';
import type { Connection } from '../hooks/hooks.types.ts';
import { Holds } from '../notice/holds.ts';
import type { TextCatalogue } from '../notice/texts.types.ts';
import { compareEpochs } from '../participants/epoch.rules.ts';
import type { Endpoint } from '../participants/participants.types.ts';
import type { AuthorityMessage, ClientMessage, Message } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';
import { Answers } from './answers.ts';
import type { Binding } from './binding.ts';
import type { Cues } from './cues.ts';
import { Follower } from './follower.ts';
import { type AuthorityModule, Governing } from './governing.ts';
import { HostView } from './host-view.ts';
import { Liveness } from './liveness.ts';
import type { Notices } from './notices.ts';
import { OwnState } from './own-state.ts';
import { RecordingWatch } from './recording-watch.ts';
import { Requests } from './requests.ts';
import type { SessionContext } from './session-context.ts';
import { Succession } from './succession.ts';
import { Wire } from './wire.ts';

export interface ClientOptions {
  readonly binding: Binding;
  readonly clock: Clock;
  readonly randomId: () => string;
  readonly load: () => AuthorityModule | Promise<AuthorityModule>;
  readonly policy: unknown;
  readonly adminPolicy: unknown;
  readonly document: { readonly version: string; readonly hash: string } | undefined;
  readonly catalogue: () => TextCatalogue;
  readonly inspect: ((event: unknown) => void) | undefined;
  /** The parts of a session that its UI side adds. */
  readonly wired: (client: Client) => ClientEvents;
}

/** What the UI side of a session makes of what the client hears. */
export interface ClientEvents {
  readonly notices: Notices;
  readonly cues: Pick<Cues, 'moved'>;
  readonly acknowledged: (id: string, outcome: Extract<AuthorityMessage, { t: 'ack' }>['outcome']) => boolean;
  readonly recordingEnded: (recordingId: string) => void;
  readonly followed: () => void;
}

const authorityKinds: readonly Message['t'][] = ['beacon', 'meeting', 'personal', 'ack', 'roster', 'hand-over'];

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
  readonly liveness: Liveness;
  readonly succession: Succession;
  readonly governing: Governing;
  readonly requests: Requests;
  readonly answers: Answers;
  readonly holds: Holds;
  readonly own: OwnState;
  readonly watch: RecordingWatch;
  readonly hosts: HostView;
  readonly #events: ClientEvents;
  connection: Connection = 'idle';
  isDirty = false;
  #helloId: string | undefined;
  #welcomed: (() => void)[] = [];

  constructor(options: ClientOptions) {
    const { binding, clock, randomId } = options;
    this.binding = binding;
    this.mailbox = new Mailbox((error) => this.wire.report('session/task-threw', binding.transport.selfId, String(error)));
    this.timers = new Timers(clock, this.mailbox);
    this.wire = new Wire({
      binding,
      mailbox: this.mailbox,
      hooks: this.hooks,
      message: (message, from) => this.#dispatch(message, from),
      joined: (endpoint) => this.governing.joined(endpoint),
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
      tellAll: (message) => this.wire.send(message, 'all'),
      followed: () => this.follower.followed,
      meeting: () => this.follower.meeting,
      personal: () => this.follower.personal,
      participantOf: (endpoint) => this.wire.participantOf(endpoint),
      changed: () => {
        this.isDirty = true;
      },
    };
    const { context } = this;
    this.requests = new Requests(context);
    this.answers = new Answers(context);
    this.hosts = new HostView(context);
    this.holds = new Holds(binding.devices, (change) => {
      this.hooks.announce('holdChanged', change);
      context.changed();
    });
    this.own = new OwnState(context, this.holds);
    this.watch = new RecordingWatch(context, {
      moved: (before, now) => this.#events.cues.moved(before, now),
      ended: (recordingId) => this.#events.recordingEnded(recordingId),
    });
    this.follower = new Follower(context, {
      followed: (orderly) => this.#followed(orderly),
      meeting: (_, now) => {
        this.watch.take(now);
        this.requests.meetingChanged(now);
        context.changed();
      },
      personal: (before, now) => {
        this.answers.learn(now);
        this.own.take(before, now);
        this.#events.notices.take(now);
      },
      roster: (rows, removed, whole) => this.hosts.take(rows, removed, whole),
      acknowledged: ({ id, outcome }) => {
        if (!this.requests.acknowledged(id, outcome)) this.#events.acknowledged(id, outcome);
      },
      handedOver: (message) => this.governing.take(message),
      welcomed: () => this.#onWelcome(),
      doubt: (code, from) => this.wire.report(code, from),
    });
    this.liveness = new Liveness(context, this.follower, {
      isHosting: binding.self.role !== 'participant',
      silent: (forMs) => this.succession.silent(forMs),
      lost: (isLost) => this.#lost(isLost),
      over: () => this.watch.giveUp(),
    });
    this.succession = new Succession(context, this.follower, {
      present: () => binding.transport.present(),
      roleOf: (id) => binding.transport.roleOf(id),
      hasSdk: (endpoint) => this.wire.factsOf(endpoint).sdk !== false,
      decide: (epoch, how) => this.governing.decide(epoch, how),
    });
    this.governing = new Governing(context, this.follower, {
      transport: binding.transport,
      capture: binding.capture,
      policy: options.policy,
      adminPolicy: options.adminPolicy,
      noticeVersion: options.document?.version,
      inspect: options.inspect,
      load: options.load,
      send: (message, to) => this.wire.send(message, to),
      factsOf: (endpoint) => this.wire.factsOf(endpoint),
      doubt: (code, from) => this.wire.report(code, from),
      governs: () => {},
    });
    this.#events = options.wired(this);
  }

  get isHosting(): boolean {
    const role = this.binding.transport.roleOf(this.binding.self.id) ?? this.binding.self.role;
    return role !== 'participant';
  }

  /** Whether messages are taken: between `join` and the end of `leave`. */
  get isOpen(): boolean {
    return this.wire.isOpen;
  }

  get isWelcome(): boolean {
    return this.follower.isWelcome;
  }

  /** Opens the transport and says hello until somebody who decides answers. */
  open(): () => void {
    this.setConnection('joining');
    const close = this.wire.open();
    this.liveness.start();
    this.#repeat();
    this.hello();
    if (this.isHosting) this.succession.begin(this.#helloId as string);
    return close;
  }

  /** Ends all that runs by itself. */
  close(): void {
    this.succession.end();
    this.liveness.stop();
    this.timers.clearAll();
    this.follower.forget();
    this.hosts.forget();
    this.watch.forget();
    this.#helloId = undefined;
  }

  /** Runs `task` at the first snapshot. */
  whenWelcome(task: () => void): void {
    if (this.isWelcome) task();
    else this.#welcomed.push(task);
  }

  hello(): void {
    const { self, devices } = this.binding;
    this.#helloId = this.context.randomId();
    this.#sayHello({
      t: 'hello',
      id: this.#helloId,
      devices: devices !== undefined,
      ...(self.name !== undefined && { name: self.name }),
      ...(self.region !== undefined && { region: self.region }),
      ...(self.channel !== undefined && { channel: self.channel }),
      ...(this.follower.highest && { highest: this.follower.highest }),
    });
  }

  setConnection(connection: Connection): void {
    const shown = connection === 'connected' && this.binding.isLocalOnly ? 'local-only' : connection;
    if (this.connection === shown) return;
    this.connection = shown;
    this.hooks.announce('connectionChanged', { connection: shown, authorityId: this.follower.followed?.epoch.id });
    this.context.changed();
  }

  #sayHello(hello: Extract<Message, { t: 'hello' }>): void {
    if (!this.#tellAuthority(hello)) this.wire.send(hello, 'all');
    this.timers.set('hello', times.repeatMs, () => {
      if (!this.isWelcome && this.#helloId === hello.id) this.#sayHello(hello);
    });
  }

  #repeat(): void {
    this.timers.set('repeat', times.repeatMs, () => {
      const now = this.context.clock.now();
      if (this.requests.isWaiting) this.requests.tick(now);
      if (this.answers.isWaiting) this.answers.tick(now);
      this.#repeat();
    });
  }

  #followed(orderly: boolean): void {
    const { followed } = this.follower;
    if (!followed) return;
    this.succession.end();
    this.governing.superseded(followed.epoch, orderly);
    this.liveness.heard();
    if (this.connection === 'connected') {
      this.hooks.announce('connectionChanged', { connection: 'connected', authorityId: followed.epoch.id });
      this.context.changed();
    }
    this.hello();
    this.requests.authorityChanged(orderly);
    this.#events.followed();
  }

  #onWelcome(): void {
    this.timers.clear('hello');
    this.setConnection('connected');
    this.answers.repeat();
    for (const task of this.#welcomed.splice(0)) task();
  }

  #lost(isLost: boolean): void {
    if (isLost && this.follower.meeting?.closed) {
      // The authority left in order: nothing runs, and that stays known.
      this.setConnection('lost');
      return;
    }
    this.watch.isLost = isLost;
    this.setConnection(isLost ? 'lost' : this.isWelcome ? 'connected' : 'joining');
    if (isLost) this.requests.failAll('authority/unreachable');
    this.watch.tellIndicators();
  }

  #dispatch(message: Message, from: Endpoint): void {
    if (authorityKinds.includes(message.t)) {
      this.#fromAuthority(message as AuthorityMessage, from);
      return;
    }
    if (message.t === 'hello') this.#answerHello(message, from);
    if (message.t === 'highest') this.#heardHighest(message, from);
    else this.governing.receive(message as ClientMessage, from);
  }

  #fromAuthority(message: AuthorityMessage, from: Endpoint): void {
    if (this.wire.participantOf(from) !== message.epoch.id || !this.wire.mayDecide(from)) {
      this.wire.report('protocol/not-an-authority', from);
      return;
    }
    this.follower.receive(message, from);
    if (this.follower.followed?.endpoint !== from) return;
    this.liveness.heard();
    if (message.t === 'personal') this.#confirmPersonal();
  }

  /** A personal state has been carried out; the authority waits for that, and for holds. */
  #confirmPersonal(): void {
    const { followed, personal } = this.follower;
    if (!followed || !personal) return;
    const held = personal.hold?.recordingId;
    this.#tellAuthority({
      t: 'got',
      epoch: followed.epoch,
      n: this.follower.n,
      ...(held !== undefined && this.holds.isHolding(held) && { held }),
    });
  }

  /** Everyone tells a joining host of the highest epoch they have heard of. */
  #answerHello(message: Extract<Message, { t: 'hello' }>, from: Endpoint): void {
    if (from === this.wire.selfId || !this.wire.mayDecide(from)) return;
    this.wire.send({ t: 'highest', epoch: this.follower.highest ?? null, re: message.id }, [from]);
  }

  #heardHighest(message: Extract<Message, { t: 'highest' }>, from: Endpoint): void {
    this.succession.heardHighest(message, from);
    const { authority } = this.governing;
    if (!authority || !message.epoch || compareEpochs(this.follower.highest, authority.epoch) <= 0) return;
    // A host knows of a higher epoch: whoever holds it decides.
    this.governing.superseded(message.epoch, false);
    this.follower.followed = undefined;
    this.hello();
  }

  #left(endpoint: Endpoint): void {
    this.governing.left(endpoint);
    if (this.follower.followed?.endpoint === endpoint) this.liveness.gone();
  }

  #state(state: 'open' | 'interrupted' | 'closed'): void {
    if (state === 'open') {
      if (this.connection === 'lost' || this.connection === 'joining') this.hello();
      return;
    }
    this.setConnection('lost');
    if (state === 'closed') this.wire.report('transport/closed', this.wire.selfId);
  }

  #tellAuthority(message: Message): boolean {
    const { followed } = this.follower;
    if (!followed) return false;
    const { selfId } = this.wire;
    if (followed.endpoint === selfId) {
      this.mailbox.post(() => this.governing.receive(message as ClientMessage, selfId));
      return true;
    }
    // Once contact is lost nothing more is said: the old authority must come to count this client as absent.
    if (this.liveness.isLost && message.t !== 'hello') return false;
    this.follower.saidAt = this.context.clock.now();
    this.wire.send(message, [followed.endpoint]);
    return true;
  }
}
