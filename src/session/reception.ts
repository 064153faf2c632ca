import type { Holds } from '../notice/holds.ts';
import type { Endpoint } from '../participants/participants.types.ts';
import type { AuthorityMessage, ClientMessage, Message } from '../transport/messages.types.ts';
import type { Addressed } from './client.types.ts';
import type { Follower } from './follower.ts';
import type { HostSide } from './host-side.ts';
import type { Liveness } from './liveness.ts';
import type { SessionContext } from './session-context.ts';
import type { Wire } from './wire.ts';

/** The parts of a client that messages are for. */
interface Parts {
  readonly context: SessionContext;
  readonly wire: Wire;
  readonly follower: Follower;
  readonly host: HostSide | undefined;
  readonly holds: Holds;
  readonly liveness: Liveness;
  /** The authority has spoken: contact is there. */
  heard(): void;
  addressed(message: Addressed, from: Endpoint): void;
}

const authorityKinds = 'beacon meeting personal ack roster hand-over receipts segments'.split(' ');

/** What a client does with each message, once it has been checked: by who the transport says sent it. */
export class Reception {
  readonly #client: Parts;

  constructor(client: Parts) {
    this.#client = client;
  }

  /** Gives a message to the part of the client that it is for. */
  take(message: Message, from: Endpoint): void {
    this.#client.liveness.beforeHearing();
    if (authorityKinds.includes(message.t)) {
      this.#fromAuthority(message as AuthorityMessage, from);
      return;
    }
    if (message.t === 'hello') this.#answerHello(message, from);
    if (message.t === 'attention') this.#client.host?.board.take(message, from);
    else if (message.t === 'attention?') this.#client.addressed(message, from);
    else if (message.t === 'highest') this.#client.host?.heardHighest(message, from);
    else this.#client.host?.governing.receive(message as ClientMessage, from);
  }

  #fromAuthority(message: AuthorityMessage, from: Endpoint): void {
    if (this.#client.wire.participantOf(from) !== message.epoch.id || !this.#client.wire.mayDecide(from)) {
      this.#client.wire.report('protocol/not-an-authority', from);
      return;
    }
    this.#client.follower.receive(message, from);
    if (this.#client.follower.followed?.endpoint !== from) return;
    this.#client.heard();
    if (message.t === 'personal') this.#confirmPersonal();
    if (message.t === 'receipts' || message.t === 'segments') this.#client.addressed(message, from);
  }

  /** A personal state has been carried out; the authority waits for that, and for holds. */
  #confirmPersonal(): void {
    const { followed, personal } = this.#client.follower;
    if (!followed || !personal) return;
    const held = personal.hold?.recordingId;
    this.#client.context.tellAuthority({
      t: 'got',
      epoch: followed.epoch,
      n: this.#client.follower.n,
      ...(held !== undefined && this.#client.holds.isHolding(held) && { held }),
    });
  }

  /** Everyone tells a joining host of the highest epoch they have heard of. */
  #answerHello(message: Extract<Message, { t: 'hello' }>, from: Endpoint): void {
    if (from === this.#client.wire.selfId || !this.#client.wire.mayDecide(from)) return;
    this.#client.wire.send({ t: 'highest', epoch: this.#client.follower.highest ?? null, re: message.id }, [from]);
  }
}
