import type { InMemoryNetwork, NetworkMessage } from '../../src/transport/in-memory.types.ts';
import { digestOf } from './digest.ts';

/** What says that somebody is still there: it arrives at once where it can. */
const keepAlives = ['beacon', 'alive', 'there?'];

export const personOf = (endpoint: string): string => endpoint.replace(/#\d+$/, '');
export const keyOf = ({ from, to, data }: NetworkMessage): string => `${from}>${to} ${digestOf(data)}`;
const channelOf = ({ from, to }: NetworkMessage): string => `${from}>${to}`;
const kindOf = ({ data }: NetworkMessage): string => /"t":"([^"]+)"/.exec(data)?.[1] ?? '';

/** It says that a state has arrived, and nothing else: what it ends is only that the state is sent again. */
export const isReceipt = (message: NetworkMessage): boolean => kindOf(message) === 'got';

/**
 * The messages on their way. Those of one client to another are in the order in which they were sent; one that is set
 * aside is overtaken, and may arrive at any time after.
 */
export class Post {
  readonly #network: InMemoryNetwork;
  readonly #aside = new Set<NetworkMessage>();
  /** The client of each person that lives, by its endpoint. */
  readonly #living: Map<string, string>;
  groups: readonly (readonly string[])[] = [];

  constructor(network: InMemoryNetwork, people: readonly string[]) {
    this.#network = network;
    this.#living = new Map(people.map((id) => [id, id]));
  }

  /** What the network is like, and all that is on its way: the same text for the same post. */
  get text(): string {
    const channels = new Map<string, string[]>();
    const aside: string[] = [];
    for (const message of this.#network.waiting) {
      if (this.#aside.has(message)) aside.push(keyOf(message));
      else channels.set(channelOf(message), [...(channels.get(channelOf(message)) ?? []), digestOf(message.data)]);
    }
    return JSON.stringify([[...channels].sort(), aside.sort(), this.groups, [...this.#living]]);
  }

  /** The next of each channel that can arrive. */
  get heads(): NetworkMessage[] {
    const heads = new Map<string, NetworkMessage>();
    for (const message of this.#network.waiting) {
      const channel = channelOf(message);
      if (!heads.has(channel) && !this.#aside.has(message) && this.#canArrive(message)) heads.set(channel, message);
    }
    return [...heads.values()];
  }

  /** Those set aside that can arrive; of two that say the same, one. */
  get late(): NetworkMessage[] {
    const late = [...this.#aside].filter((message) => this.#canArrive(message));
    return [...new Map(late.map((message) => [keyOf(message), message])).values()];
  }

  /** Clients that have something on its way to somebody. */
  sendersTo(id: string): string[] {
    return this.heads.filter(({ to }) => personOf(to) === id).map(({ from }) => personOf(from));
  }

  isAlive(id: string): boolean {
    return this.#living.has(id);
  }

  gone(id: string): void {
    this.#living.delete(id);
  }

  cameBack(id: string): void {
    this.#living.set(id, `${id}#2`);
  }

  /** The message of the same words in this meeting; after a new beginning it is another object. */
  find(message: NetworkMessage, isAside = false): NetworkMessage {
    const key = keyOf(message);
    const found = this.#network.waiting.find((each) => this.#aside.has(each) === isAside && keyOf(each) === key);
    if (!found) throw new Error(`explore: a meeting that was begun again went another way (${key})`);
    return found;
  }

  /** Which one it is of those from its sender to its receiver, as a scenario counts. */
  nth(message: NetworkMessage): number {
    const isBetween = ({ from, to }: NetworkMessage) =>
      personOf(from) === personOf(message.from) && personOf(to) === personOf(message.to);
    return this.#network.waiting.filter(isBetween).indexOf(message) + 1;
  }

  setAside(message: NetworkMessage): void {
    this.#aside.add(message);
  }

  taken(message: NetworkMessage): void {
    this.#aside.delete(message);
  }

  /** The next message that nobody decides about: what keeps contact, and what is for a client that is no more. */
  get undecided(): { readonly message: NetworkMessage; readonly arrives: boolean } | undefined {
    const message = this.#network.waiting.find((each) => this.#isForNobody(each) || keepAlives.includes(kindOf(each)));
    return message && { message, arrives: this.#canArrive(message) };
  }

  #isForNobody({ to }: NetworkMessage): boolean {
    return this.#living.get(personOf(to)) !== to;
  }

  #canArrive(message: NetworkMessage): boolean {
    const groupOf = (endpoint: string) => this.groups.findIndex((group) => group.includes(personOf(endpoint)));
    return !this.#isForNobody(message) && groupOf(message.from) === groupOf(message.to);
  }
}
