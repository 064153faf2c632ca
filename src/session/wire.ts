import type { Mailbox } from '../core/mailbox.ts';
import type { HookBoard } from '../hooks/hook-board.ts';
import type { Channel, Endpoint, ParticipantId, Role } from '../participants/participants.types.ts';
import { Chunks } from '../transport/chunks.ts';
import { forEveryone, type MessageSchemas, messageText } from '../transport/messages.parse.ts';
import type { Message } from '../transport/messages.types.ts';
import type { Binding } from './binding.ts';

export interface EndpointFacts {
  readonly channel?: Channel;
  readonly sdk?: boolean;
}

interface WireOptions {
  readonly binding: Binding;
  readonly mailbox: Mailbox;
  readonly hooks: HookBoard;
  readonly message: (message: Message, from: Endpoint) => void;
  /** Only a host's client has to do with whoever comes. */
  readonly host: () => { joined(endpoint: Endpoint): void } | undefined;
  readonly left: (endpoint: Endpoint) => void;
  readonly state: (state: 'open' | 'interrupted' | 'closed') => void;
}

/**
 * The transport as a session uses it: what comes in is checked before it is believed, what goes out to oneself is
 * delivered without it, and what is wrong is counted and reported, never thrown.
 */
export class Wire {
  readonly #options: WireOptions;
  readonly #facts = new Map<Endpoint, EndpointFacts>();
  readonly #failures = new Map<string, number>();
  readonly #chunks = new Chunks((endpoint) => this.mayDecide(endpoint), forEveryone);
  /** The texts that carry a message. Only a host's are ever longer than one: their side of a client splits them. */
  textsOf: (message: Message) => readonly string[] | undefined = (message) => [messageText(message)];
  #isOpen = false;

  constructor(options: WireOptions) {
    this.#options = options;
  }

  /** Reads more kinds of messages from now on. */
  reads(schemas: MessageSchemas): void {
    const known = this.#chunks.schemas;
    if (![...schemas.keys()].every((kind) => known.has(kind))) this.#chunks.schemas = new Map([...known, ...schemas]);
  }

  get selfId(): Endpoint {
    return this.#options.binding.transport.selfId;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Starts the transport; the function it returns ends it, and everybody is told that this client has left. */
  open(): () => void {
    const { binding, mailbox, host, left, state } = this.#options;
    const post = (task: () => void) => mailbox.post(() => this.#isOpen && task());
    this.#isOpen = true;
    const end = binding.transport.receive({
      message: (data, from) => post(() => this.#receive(data, from)),
      joined: (endpoint, facts) => {
        if (facts.channel || facts.sdk === false) this.#facts.set(endpoint, facts);
        const side = host();
        if (side) post(() => side.joined(endpoint));
      },
      left: (endpoint) => {
        this.#facts.delete(endpoint);
        post(() => left(endpoint));
      },
      state: (next) => post(() => state(next)),
    });
    return () => {
      this.#isOpen = false;
      this.#facts.clear();
      end();
    };
  }

  send(message: Message, to: 'all' | readonly Endpoint[]): void {
    const { binding, mailbox } = this.#options;
    const { selfId } = this;
    if (to === 'all' || to.includes(selfId)) {
      mailbox.post(() => this.#isOpen && this.#options.message(message, selfId));
    }
    const others = to === 'all' ? to : to.filter((endpoint) => endpoint !== selfId);
    if (others.length === 0 || !this.#isOpen) return;
    const texts = this.textsOf(message);
    if (!texts) this.report('protocol/too-long', selfId, message.t);
    try {
      for (const text of texts ?? []) {
        const sent = binding.transport.send(text, others);
        if (sent instanceof Promise) sent.catch(() => mailbox.post(() => this.report('transport/send-failed', selfId)));
      }
    } catch {
      this.report('transport/send-failed', selfId);
    }
  }

  /** By the transport's word, never the message's. */
  participantOf(endpoint: Endpoint): ParticipantId | undefined {
    const { transport, self } = this.#options.binding;
    return endpoint === transport.selfId ? self.id : transport.participantOf(endpoint);
  }

  /** By the transport's word. */
  roleOf(endpoint: Endpoint): Role | 'authority' | undefined {
    const id = this.participantOf(endpoint);
    return id === undefined ? undefined : this.#options.binding.transport.roleOf(id);
  }

  /** Whether the transport vouches for the sender as somebody who may decide. */
  mayDecide(endpoint: Endpoint): boolean {
    const role = this.roleOf(endpoint);
    return role !== undefined && role !== 'participant';
  }

  factsOf(endpoint: Endpoint): EndpointFacts {
    const { channel } = this.#options.binding.self;
    return endpoint === this.selfId ? { ...(channel && { channel }) } : (this.#facts.get(endpoint) ?? {});
  }

  report(code: string, from: Endpoint, detail?: string): void {
    const count = (this.#failures.get(code) ?? 0) + 1;
    this.#failures.set(code, count);
    this.#options.hooks.announce('protocolFailed', { code, from, count, ...(detail && { detail }) });
  }

  #receive(data: string, from: Endpoint): void {
    const parsed = this.#chunks.read(data, from);
    if (!parsed) return;
    if (!parsed.message) this.report(parsed.code, from);
    else if (this.participantOf(from) === undefined) this.report('protocol/unknown-sender', from);
    else this.#options.message(parsed.message, from);
  }
}
