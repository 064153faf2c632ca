import type { ParticipantId } from '../participants/participants.types.ts';
import type { InMemoryNetwork, NetworkMessage } from '../transport/in-memory.types.ts';
import type { StepOutcome } from './history.types.ts';
import type { Act } from './parsed.types.ts';
import type { WaitingMessage } from './scenario.types.ts';

/** What a scenario does to its network: who hears whom, and, where it wants to, when each message arrives. */
export class SimulatedNetwork {
  readonly #network: InMemoryNetwork;
  readonly #participantOf: (endpoint: string) => ParticipantId;
  groups: readonly (readonly ParticipantId[])[] = [];
  queues = false;

  constructor(network: InMemoryNetwork, participantOf: (endpoint: string) => ParticipantId) {
    this.#network = network;
    this.#participantOf = participantOf;
  }

  act(act: Act): StepOutcome {
    switch (act.does) {
      case 'partitions':
        return this.#part(act.groups, act.oneWay);
      case 'heals':
        return this.#part([]);
      case 'queues':
        this.queues = true;
        this.#network.queue();
        return done;
      case 'flows':
        this.queues = false;
        this.#network.flow();
        return done;
      case 'delivers':
        return this.#withWaiting(act, (message) => this.#network.deliver(message));
      case 'repeats':
        return this.#withWaiting(act, (message) => this.#network.deliver(message, { stays: true }));
      case 'drops':
        return this.#withWaiting(act, (message) => this.#network.drop(message));
      default:
        return { outcome: 'denied', code: 'network/not-available' };
    }
  }

  #part(groups: readonly (readonly ParticipantId[])[], oneWay = false): StepOutcome {
    this.groups = groups;
    if (groups.length === 0) this.#network.heal();
    else this.#network.partition(groups, { oneWay });
    return done;
  }

  #withWaiting({ from, to, nth = 1 }: WaitingMessage, work: (message: NetworkMessage) => void): StepOutcome {
    const isMeant = (message: NetworkMessage) =>
      this.#participantOf(message.from) === from && this.#participantOf(message.to) === to;
    const message = this.#network.waiting.filter(isMeant)[nth - 1];
    if (!message) return { outcome: 'denied', code: 'network/nothing-waits' };
    work(message);
    return done;
  }
}

const done: StepOutcome = { outcome: 'done' };
