import { highestEpoch, nextEpoch } from '../participants/epoch.rules.ts';
import type { Endpoint, Epoch, ParticipantId, Role } from '../participants/participants.types.ts';
import type { Message } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';
import type { Follower } from './follower.ts';
import type { SessionContext } from './session-context.ts';

interface SuccessionOptions {
  readonly present: () => readonly Endpoint[] | undefined;
  readonly roleOf: (id: ParticipantId) => Role | 'authority' | undefined;
  /** Endpoints without this library never answer. */
  readonly hasSdk: (endpoint: Endpoint) => boolean;
  /** Becomes the authority under this epoch. */
  readonly decide: (epoch: Epoch, how: 'first' | 'crash') => void;
  /** The hello that this client waits for an answer to. */
  readonly helloId: () => string;
}

interface Election {
  readonly sinceMs: number;
  /** When each endpoint last answered. */
  readonly answeredMs: Map<Endpoint, number>;
  anyEpoch: boolean;
}

/**
 * When a host's client becomes the authority: at once when nobody else can be, after two seconds when somebody might,
 * and in its turn when the one that was has fallen silent.
 */
export class Succession {
  readonly #context: SessionContext;
  readonly #follower: Follower;
  readonly #options: SuccessionOptions;
  #election: Election | undefined;
  /** The highest epoch that anybody has named. */
  #hint: Epoch | undefined;

  constructor(context: SessionContext, follower: Follower, options: SuccessionOptions) {
    this.#context = context;
    this.#follower = follower;
    this.#options = options;
  }

  /** A host or co-host has joined and said hello. */
  begin(): void {
    this.#election = { sinceMs: this.#context.clock.now(), answeredMs: new Map(), anyEpoch: false };
    this.#awaitElection();
    this.#tryAtOnce();
  }

  end(): void {
    this.#election = undefined;
    this.#context.timers.clear('election');
  }

  /** Somebody has answered with the highest epoch they have heard of. A participant's word is a hint only. */
  heardHighest(message: Extract<Message, { t: 'highest' }>, from: Endpoint): void {
    const id = this.#context.participantOf(from);
    const role = id === undefined ? undefined : this.#options.roleOf(id);
    const { epoch } = message;
    if (role !== 'participant' && role !== undefined && epoch) {
      this.#follower.highest = highestEpoch(epoch, this.#follower.highest);
    }
    if (!this.#election || message.re !== this.#options.helloId()) return;
    this.#election.answeredMs.set(from, this.#context.clock.now());
    if (epoch) {
      this.#election.anyEpoch = true;
      this.#hint = highestEpoch(epoch, this.#hint);
    }
    this.#tryAtOnce();
  }

  /** The authority is silent for this long: takes over in its turn. */
  silent(forMs: number): void {
    const { self } = this.#context;
    if (!this.#mayDecide()) return;
    const succession = this.#context.meeting()?.succession ?? [];
    const silent = this.#context.followed()?.epoch.id;
    const waiting = succession.filter((id) => id !== silent);
    const place = waiting.indexOf(self.id);
    const turn = place < 0 ? waiting.length : place;
    if (forMs < times.takeOverMs + turn * times.takeOverEachMs) return;
    this.#decide('crash');
  }

  #tryAtOnce(): void {
    const election = this.#election;
    if (!election || !this.#mayDecide()) return;
    const others = this.#options.present()?.filter((endpoint) => this.#options.hasSdk(endpoint));
    if (others === undefined) return;
    if (others.length > 0 && (election.anyEpoch || others.some((endpoint) => !election.answeredMs.has(endpoint))))
      return;
    if (this.#isOutranked(election, others)) return;
    this.#decide('first');
  }

  #awaitElection(): void {
    this.#context.timers.set('election', times.electionMs, () => this.#decideElection());
  }

  #decideElection(): void {
    const election = this.#election;
    if (!election || this.#follower.followed) return;
    const others = this.#options.present() ?? [];
    if (this.#mayDecide() && !this.#isOutranked(election, others)) this.#decide('first');
    else this.#awaitElection();
  }

  /** A co-host decides only if no host is there; one who is named and stays silent is absent (G9). */
  #isOutranked({ sinceMs, answeredMs }: Election, others: readonly Endpoint[]): boolean {
    if (this.#role() === 'host') return false;
    const now = this.#context.clock.now();
    return others.some((endpoint) => {
      const id = this.#context.participantOf(endpoint);
      const silentMs = now - (answeredMs.get(endpoint) ?? sinceMs);
      return id !== undefined && this.#options.roleOf(id) === 'host' && silentMs < times.unknownMs;
    });
  }

  #mayDecide(): boolean {
    // Where a server decides, no host takes over.
    const hasServer = this.#options.present()?.some((endpoint) => {
      const id = this.#context.participantOf(endpoint);
      return id !== undefined && this.#options.roleOf(id) === 'authority';
    });
    return !hasServer && (this.#role() === 'host' || this.#role() === 'co-host');
  }

  #role(): Role | 'authority' {
    const { self } = this.#context;
    return this.#options.roleOf(self.id) ?? self.role;
  }

  #decide(how: 'first' | 'crash'): void {
    this.end();
    const highest = highestEpoch(this.#follower.highest, this.#hint);
    this.#options.decide(nextEpoch(highest, this.#context.self.id, this.#context.randomId()), how);
  }
}
