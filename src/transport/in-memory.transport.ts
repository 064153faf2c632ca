import { systemClock } from '../core/clock.ts';
import { transportClosed } from '../core/errors.ts';
import type { Endpoint, ParticipantId, Role } from '../participants/participants.types.ts';
import { Deliveries } from './deliveries.ts';
import type {
  ConnectOptions,
  InMemoryNetwork,
  NetworkConditions,
  NetworkMessage,
  NetworkOptions,
} from './in-memory.types.ts';
import { factsOf, isNamed, type Line } from './in-memory-line.ts';
import { seededRandom } from './seeded-random.ts';
import type { Transport, TransportListener } from './transport.types.ts';

/** One thing that one endpoint is told. */
interface Delivery {
  readonly to: Line;
  readonly opening: number;
  /** Whose message it is; nobody's for what the network itself says. */
  readonly from: Line | undefined;
  readonly tell: (listener: TransportListener) => void;
}

const nobody: ReadonlySet<Endpoint> = new Set();

/** What `reorder` delays by where there is no latency, in milliseconds. */
const reorderWithinMs = 10;

/** @see InMemoryNetwork */
export function inMemoryNetwork(options: NetworkOptions = {}): InMemoryNetwork {
  const { clock, vouches = 'origin' } = options;
  const random = options.random ?? seededRandom(options.seed ?? 1);
  const lines = new Map<Endpoint, Line>();
  const roles = new Map<ParticipantId, Role | 'authority'>();
  const taps = new Set<(message: NetworkMessage) => unknown>();
  /** When the last message of a pair is due, so that one pair's messages keep their order. */
  const dueAt = new Map<string, number>();
  let conditions: NetworkConditions = options;
  let groups: readonly (readonly string[])[] = [];
  let isOneWay = false;
  let messages = 0;
  /** What is delivered by hand; `undefined` while messages flow. */
  let waiting: NetworkMessage[] | undefined;

  const groupOf = ({ endpoint, who }: Line): number =>
    groups.findIndex((group) => group.includes(endpoint) || group.includes(who.participantId));
  /** Whether `to` hears `from`. */
  const hears = (from: Line, to: Line): boolean =>
    groups.length === 0 || groupOf(from) === groupOf(to) || (isOneWay && groupOf(from) < groupOf(to));

  const deliveries = new Deliveries<Delivery>(clock, ({ to, opening, from, tell }) => {
    if (to.opening !== opening || !to.listener) return;
    if (!from || (to.connected && hears(from, to))) tell(to.listener);
  });

  function latencyMs(): number {
    const [least, most] = conditions.latencyMs ?? [0, 0];
    const extra = conditions.reorder && most === 0 ? reorderWithinMs : 0;
    return most + extra === 0 ? 0 : Math.round(least + random() * (most + extra - least));
  }

  /** The delay of one delivery; in order within a pair, unless it may be reordered. */
  function delayMs(from: Endpoint, to: Endpoint, mayOvertake: boolean): number {
    const drawn = latencyMs();
    if (drawn === 0 && dueAt.size === 0) return 0;
    const pair = JSON.stringify([from, to]);
    const before = dueAt.get(pair);
    const now = (clock ?? systemClock).now();
    const at = mayOvertake ? now + drawn : Math.max(now + drawn, before ?? 0);
    dueAt.set(pair, Math.max(at, before ?? 0));
    return Math.max(0, at - now);
  }

  /** On its way with what is set right before and after it; `deliveries.send` ends that. */
  function set(to: Line, tell: Delivery['tell'], delay: number, from?: Line): void {
    deliveries.add({ to, opening: to.opening, from, tell }, delay);
  }

  function deliver(to: Line, tell: Delivery['tell'], delay: number, from?: Line): void {
    set(to, tell, delay, from);
    deliveries.send();
  }

  /** Tells `line` whether `other` is there: the service's own word, which no partition cuts. */
  function tellOf(line: Line, other: Line): void {
    const { endpoint, facts } = other;
    const isThere = isNamed(other);
    const tell = (to: TransportListener) => (isThere ? to.joined(endpoint, facts) : to.left(endpoint));
    set(line, tell, delayMs(endpoint, line.endpoint, false));
  }

  /** Tells `line` who has come since it `knew` who is there, then who has gone. */
  function tellPresence(line: Line, knew: ReadonlySet<Endpoint>): void {
    const others = [...lines.values()].filter((other) => other !== line);
    for (const other of others) if (isNamed(other) && !knew.has(other.endpoint)) tellOf(line, other);
    for (const other of others) if (!isNamed(other) && knew.has(other.endpoint)) tellOf(line, other);
    deliveries.send();
  }

  /** Tells of one who has come or gone. */
  function tellEveryoneOf(other: Line): void {
    for (const line of lines.values()) {
      if (line !== other && line.status === 'open' && line.connected) tellOf(line, other);
    }
    deliveries.send();
  }

  function post(from: Line, to: Line, data: string, tell: Delivery['tell']): void {
    messages += 1;
    const isDropped =
      taps.size > 0 && [...taps].map((tap) => tap({ from: from.endpoint, to: to.endpoint, data })).includes('drop');
    if (isDropped || !hears(from, to)) return;
    if (waiting) return void waiting.push({ from: from.endpoint, to: to.endpoint, data });
    if (conditions.loss && random() < conditions.loss) return;
    const copies = conditions.duplicate && random() < conditions.duplicate ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      set(to, tell, delayMs(from.endpoint, to.endpoint, conditions.reorder ?? false), from);
    }
  }

  /** One that waited arrives. */
  function arrive({ from, to, data }: NetworkMessage): void {
    deliver(lineOf(to), (listener) => listener.message(data, from), 0, lineOf(from));
  }

  /** Takes one that waits off the queue, or leaves it there. */
  function take(message: NetworkMessage, stays = false): void {
    const place = waiting?.indexOf(message) ?? -1;
    if (place < 0) throw new TypeError('This message does not wait on this network.');
    if (!stays) waiting?.splice(place, 1);
  }

  /** In the order of opening, however they are named. */
  function named(to: 'all' | readonly Endpoint[]): Line[] {
    if (to === 'all') return [...lines.values()];
    // Most messages are for one: the others need not be looked at.
    if (to.length > 1) return [...lines.values()].filter(({ endpoint }) => to.includes(endpoint));
    const line = lines.get(to[0] ?? '');
    return line ? [line] : [];
  }

  function send(line: Line, data: string, to: 'all' | readonly Endpoint[]): void {
    if (line.status === 'crashed' || (line.status === 'open' && !line.connected)) return;
    if (line.status !== 'open') throw transportClosed();
    const tell = (listener: TransportListener) => listener.message(data, line.endpoint);
    for (const other of named(to)) {
      if (other !== line && isNamed(other) && other.who.sdk !== false) post(line, other, data, tell);
    }
    deliveries.send();
  }

  function open(line: Line): void {
    const before = [...lines.values()].filter(
      (other) => other.status === 'crashed' && other.who.participantId === line.who.participantId,
    );
    const isNew = !isNamed(line);
    line.status = 'open';
    line.connected = true;
    line.opening += 1;
    // Again at the end, so that whoever opens is named in the order of opening.
    lines.delete(line.endpoint);
    lines.set(line.endpoint, line);
    deliver(line, (to) => to.state('open'), 0);
    if (isNew) tellEveryoneOf(line);
    tellPresence(line, nobody);
    for (const crashed of before) end(crashed);
  }

  function end(line: Line): void {
    if (!isNamed(line)) return;
    line.status = 'ended';
    line.opening += 1;
    line.listener = undefined;
    tellEveryoneOf(line);
  }

  function transportOf(line: Line): Transport {
    return {
      selfId: line.endpoint,
      vouches,
      participantOf: (endpoint) => lines.get(endpoint)?.who.participantId,
      roleOf: (participantId) => roles.get(participantId),
      send: (data, to) => send(line, data, to),
      present: () =>
        [...lines.values()]
          .filter((other) => other !== line)
          .filter((other) => (line.connected ? isNamed(other) : line.knew.has(other.endpoint)))
          .map(({ endpoint }) => endpoint),
      receive(listener) {
        line.listener = listener;
        open(line);
        const { opening } = line;
        return () => {
          if (line.opening === opening) end(line);
        };
      },
    };
  }

  function endpointFor({ participantId, endpoint }: ConnectOptions): Endpoint {
    if (endpoint !== undefined) return endpoint;
    let name = participantId;
    for (let number = 2; lines.has(name); number += 1) name = `${participantId}#${number}`;
    return name;
  }

  function lineOf(endpoint: Endpoint): Line {
    const line = lines.get(endpoint);
    if (!line) throw new TypeError(`No endpoint ${JSON.stringify(endpoint)} on this network.`);
    return line;
  }

  function reachable(endpoint: Endpoint, connected: boolean): void {
    const line = lineOf(endpoint);
    if (line.status !== 'open' || line.connected === connected) return;
    line.connected = connected;
    if (!connected) line.knew = new Set([...lines.values()].filter(isNamed).map((other) => other.endpoint));
    deliver(line, (to) => to.state(connected ? 'open' : 'interrupted'), 0);
    if (connected) tellPresence(line, line.knew);
  }

  return {
    connect(who) {
      const endpoint = endpointFor(who);
      if (lines.has(endpoint)) throw new TypeError(`There is an endpoint ${JSON.stringify(endpoint)} already.`);
      const line: Line = {
        endpoint,
        who,
        status: 'new',
        connected: false,
        listener: undefined,
        opening: 0,
        facts: factsOf(who),
        knew: nobody,
      };
      lines.set(endpoint, line);
      roles.set(who.participantId, who.role);
      if (who.sdk === false) open(line);
      return transportOf(line);
    },
    leave: (endpoint) => end(lineOf(endpoint)),
    disconnect: (endpoint) => reachable(endpoint, false),
    reconnect: (endpoint) => reachable(endpoint, true),
    crash(endpoint) {
      const line = lineOf(endpoint);
      if (line.status !== 'open') return;
      line.status = 'crashed';
      line.opening += 1;
      line.listener = undefined;
    },
    partition(next, { oneWay = false } = {}) {
      groups = next;
      isOneWay = oneWay;
    },
    heal() {
      groups = [];
    },
    set(next) {
      conditions = next;
    },
    queue() {
      waiting ??= [];
    },
    get waiting() {
      return waiting ?? [];
    },
    deliver(message, { stays } = {}) {
      take(message, stays);
      arrive(message);
    },
    drop: (message) => take(message),
    flow() {
      const late = waiting ?? [];
      waiting = undefined;
      for (const message of late) arrive(message);
    },
    inject({ from, to, data }) {
      deliver(lineOf(to), (listener) => listener.message(data, from), 0);
    },
    tap(listener) {
      taps.add(listener);
      return () => taps.delete(listener);
    },
    get messages() {
      return messages;
    },
  };
}
