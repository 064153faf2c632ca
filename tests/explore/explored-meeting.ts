import { brokenGuarantees } from '../../src/simulator/guarantees/guarantees.ts';
import type { Act, Scenario } from '../../src/simulator/parsed.types.ts';
import { parseScenario } from '../../src/simulator/scenario.parse.ts';
import { SimulatedMeeting } from '../../src/simulator/simulated-meeting.ts';
import type { Broken } from '../../src/simulator/simulation.types.ts';
import type { NetworkMessage } from '../../src/transport/in-memory.types.ts';
import { times } from '../../src/transport/times.ts';
import { deeds, people } from './course.ts';
import { digestOf, printed } from './digest.ts';
import { Judgement } from './judgement.ts';

/** How much may go wrong in one meeting, and for how long it is explored. */
export interface Bounds {
  readonly losses: number;
  readonly repeats: number;
  /** How often time may go on over messages that are still on their way. */
  readonly delays: number;
  readonly crashes: number;
  readonly partitions: number;
  /** Time goes on to the next timer up to here, in milliseconds. */
  readonly untilMs: number;
  /** Messages of one client to another keep their order. */
  readonly ordered: boolean;
}

type Budget = 'losses' | 'repeats' | 'delays' | 'crashes' | 'partitions';

/** One way in which a meeting can go on. */
export interface Choice {
  /** The same for the same choice in the same state, however that state was reached. */
  readonly key: string;
  /** Whose client alone has to do with it; absent where it may be anybody's. */
  readonly whose?: string;
  readonly costs?: Budget;
  readonly does: 'act' | 'deliver' | 'repeat' | 'drop' | 'pass';
  readonly act?: Act;
  readonly message?: NetworkMessage;
}

/** One step of the way so far, as a scenario says it. */
export interface TakenStep {
  readonly at: string;
  readonly who: string;
  readonly does: string;
}

/** What says that somebody is still there: it arrives at once, where it can. */
const keepAlives = ['beacon', 'alive', 'there?'];
/** How long messages flow at an end before everyone must agree, in milliseconds. */
export const settlesInMs = 120_000;

const meetingInput = { meeting: { policy: 'all-party' }, participants: people, until: '1h' } as const;
export const scenarioOf = (steps: readonly TakenStep[], until: string) => ({ ...meetingInput, steps, until });

/** A real meeting in the simulator that goes on only as it is told to, and knows what it could do next. */
export class ExploredMeeting {
  readonly steps: TakenStep[] = [];
  readonly #bounds: Bounds;
  readonly #scenario: Scenario = parseScenario({ ...meetingInput, steps: [] });
  readonly #meeting = new SimulatedMeeting(this.#scenario);
  readonly #judgement = new Judgement();
  readonly #done: Record<string, number> = {};
  readonly #spent: Record<Budget, number> = { losses: 0, repeats: 0, delays: 0, crashes: 0, partitions: 0 };
  readonly #endpoints = new Map<string, string>(people.map(({ id }) => [id, id]));
  #crashed: string | undefined;
  #groups: readonly (readonly string[])[] = [];
  /** Something was lost: time goes on next, since until then it may as well have been late. */
  #isLosing = false;

  private constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** Everyone has joined, undisturbed; from now on messages wait. */
  static async begin(bounds: Bounds): Promise<ExploredMeeting> {
    const explored = new ExploredMeeting(bounds);
    await explored.#meeting.begin();
    await explored.#do({ who: 'network', does: 'queues' });
    return explored;
  }

  get atMs(): number {
    return this.#meeting.clock.now();
  }

  /** Two clients may both come to decide, and tell the recorder: what they do hangs together. */
  get hostsMeet(): boolean {
    return this.atMs >= times.askThereHostsMs || this.#spent.crashes + this.#spent.partitions > 0;
  }

  async take(choice: Choice): Promise<void> {
    if (choice.costs) this.#spent[choice.costs] += 1;
    if (choice.does === 'pass') {
      this.#isLosing = false;
      await this.#meeting.goTo(this.#meeting.clock.nextAt() ?? this.atMs);
    } else if (choice.act) {
      const { act } = choice;
      if (!choice.costs && act.does !== 'heals' && act.does !== 'reconnects')
        this.#done[act.who] = this.#doneBy(act.who) + 1;
      await this.#do(act);
    } else if (choice.message) {
      const verb = { deliver: 'delivers', repeat: 'repeats', drop: 'drops' } as const;
      await this.#handle(choice.message, verb[choice.does as keyof typeof verb]);
      if (choice.does === 'drop') this.#isLosing = true;
    }
    await this.#keepAlive();
  }

  /** Every way in which it can go on, within the bounds. */
  choices(): Choice[] {
    const waiting = this.#different(this.#meeting.network.waiting).filter((message) => this.#canArrive(message));
    const passes = this.#passes(waiting.length > 0);
    const drops = this.#drops(waiting);
    if (this.#isLosing) return [...drops, ...passes];
    return [...this.#deliveries(waiting), ...this.#deeds(), ...this.#faults(), ...drops, ...passes];
  }

  /** Names this state: two meetings of one name go on alike, and are judged alike. */
  digest(): string {
    const { clock, cloud, network, clients } = this.#meeting;
    this.#judgement.take(this.#meeting.history);
    const sessions = [...clients].map(([id, { parts, devices, local }]) =>
      this.#crashed === id ? id : [printed(parts), printed([devices.controller.state(), local.snapshot()])],
    );
    const messages = network.waiting.map(({ from, to, data }) => `${from}>${to} ${data}`).sort();
    const own = [this.#done, this.#spent, this.#crashed, this.#groups, this.#isLosing, [...this.#endpoints.values()]];
    const recorder = [cloud.snapshot(), cloud.epoch];
    return digestOf(
      JSON.stringify([this.atMs, own, messages, sessions, recorder, clock.dueTimes(), this.#judgement.text]),
    );
  }

  /** What is broken so far. */
  broken(): Broken[] {
    return brokenGuarantees(this.#meeting.history, { ...this.#scenario, untilMs: this.atMs });
  }

  /** Ends it: nothing more goes wrong, messages flow, and two minutes pass. What is broken then. */
  async settle(): Promise<Broken[]> {
    if (this.#groups.length > 0) await this.#do({ who: 'network', does: 'heals' });
    await this.#do({ who: 'network', does: 'flows' });
    await this.#meeting.goTo(this.atMs + settlesInMs);
    return [...this.broken(), ...this.#undecided()];
  }

  /** Clients that still do not know, or still ask, where no recorder runs any more. */
  #undecided(): Broken[] {
    const { clients, cloud } = this.#meeting;
    if (cloud.snapshot().captures.length > 0) return [];
    return [...clients.values()].flatMap(({ session, isConnected, participant: { id } }) => {
      const status = session?.status('recording');
      if (!isConnected || status === 'off') return [];
      return [{ id: 'G9', atMs: this.atMs, participant: id, message: `nothing is recorded and ${id} reads ${status}` }];
    });
  }

  async #do(act: Act): Promise<void> {
    this.steps.push({ at: `${this.atMs}ms`, ...act });
    if (act.does === 'crashes') this.#crashed = act.who;
    if (act.does === 'reconnects') {
      this.#crashed = undefined;
      this.#endpoints.set(act.who, `${act.who}#2`);
    }
    if (act.does === 'partitions') this.#groups = act.groups;
    if (act.does === 'heals') this.#groups = [];
    await this.#meeting.act(act, this.steps.length);
  }

  #handle(message: NetworkMessage, does: 'delivers' | 'repeats' | 'drops'): Promise<void> {
    const [from, to] = [personOf(message.from), personOf(message.to)];
    const between = this.#meeting.network.waiting.filter(
      (each) => personOf(each.from) === from && personOf(each.to) === to,
    );
    // The same in a meeting that was begun again is another object.
    const place = between.findIndex((each) => keyOf(each) === keyOf(message));
    return this.#do({ who: 'network', does, from, to, nth: place + 1 });
  }

  /** What keeps contact arrives at once where it can, and is lost where it cannot; so is what is for a client that is gone. */
  async #keepAlive(): Promise<void> {
    for (;;) {
      const { waiting } = this.#meeting.network;
      const message = waiting.find((each) => this.#isForNobody(each) || keepAlives.includes(kindOf(each)));
      if (!message) return;
      await this.#handle(message, this.#canArrive(message) ? 'delivers' : 'drops');
    }
  }

  #isForNobody({ to }: NetworkMessage): boolean {
    return this.#crashed === personOf(to) || this.#endpoints.get(personOf(to)) !== to;
  }

  #canArrive(message: NetworkMessage): boolean {
    const [from, to] = [personOf(message.from), personOf(message.to)];
    const groupOf = (id: string) => this.#groups.findIndex((group) => group.includes(id));
    return !this.#isForNobody(message) && groupOf(from) === groupOf(to);
  }

  /** Of two messages that say the same to the same client, one; of a pair's, the first alone where order is kept. */
  #different(waiting: readonly NetworkMessage[]): NetworkMessage[] {
    const found = new Map<string, NetworkMessage>();
    for (const message of waiting) {
      const { from, to, data } = message;
      const key = this.#bounds.ordered ? `${from} ${to}` : `${from} ${to} ${data}`;
      if (!found.has(key)) found.set(key, message);
    }
    return [...found.values()];
  }

  #deliveries(waiting: readonly NetworkMessage[]): Choice[] {
    const may = this.#may('repeats');
    return waiting.flatMap((message): Choice[] => {
      const whose = personOf(message.to);
      const key = keyOf(message);
      return [
        { key: `deliver ${key}`, does: 'deliver', whose, message },
        ...(may ? [{ key: `repeat ${key}`, does: 'repeat', whose, costs: 'repeats', message } as const] : []),
      ];
    });
  }

  #drops(waiting: readonly NetworkMessage[]): Choice[] {
    if (!this.#may('losses') || !this.#mayPass) return [];
    return waiting.map((message) => ({ key: `drop ${keyOf(message)}`, does: 'drop', costs: 'losses', message }));
  }

  #deeds(): Choice[] {
    return Object.entries(deeds).flatMap(([whose, all]): Choice[] => {
      const deed = all[this.#doneBy(whose)];
      const session = this.#meeting.clients.get(whose)?.session;
      if (!deed || !session || this.#crashed === whose || !deed.canBeDone(session)) return [];
      return [{ key: `act ${whose} ${deed.act.does}`, does: 'act', whose, act: deed.act }];
    });
  }

  #faults(): Choice[] {
    const choices: Choice[] = [];
    const fault = (act: Act, costs?: Budget) =>
      choices.push({ key: JSON.stringify(act), does: 'act', act, ...(costs && { costs }) });
    if (this.#crashed) fault({ who: this.#crashed, does: 'reconnects' });
    else if (this.#may('crashes')) for (const { id } of people) fault({ who: id, does: 'crashes' });
    if (this.#groups.length > 0) fault({ who: 'network', does: 'heals' });
    else if (this.#may('partitions'))
      for (const groups of inTwo) fault({ who: 'network', does: 'partitions', groups }, 'partitions');
    return choices.map((choice) => (choice.act?.does === 'crashes' ? { ...choice, costs: 'crashes' } : choice));
  }

  #passes(isLate: boolean): Choice[] {
    if (!this.#mayPass || (isLate && !this.#may('delays'))) return [];
    return [{ key: 'pass', does: 'pass', ...(isLate && { costs: 'delays' }) }];
  }

  get #mayPass(): boolean {
    return (this.#meeting.clock.nextAt() ?? Number.POSITIVE_INFINITY) <= this.#bounds.untilMs;
  }

  #may(budget: Budget): boolean {
    return this.#spent[budget] < this.#bounds[budget];
  }

  #doneBy(who: string): number {
    return this.#done[who] ?? 0;
  }
}

const personOf = (endpoint: string): string => endpoint.replace(/#\d+$/, '');
const kindOf = ({ data }: NetworkMessage): string => /"t":"([^"]+)"/.exec(data)?.[1] ?? '';
const keyOf = ({ from, to, data }: NetworkMessage): string => `${from}>${to} ${digestOf(data)}`;

/** Every way to part the people in two. */
const inTwo = Array.from({ length: 2 ** (people.length - 1) - 1 }, (_, number) => {
  const ids = people.map(({ id }) => id);
  const isApart = (place: number) => place > 0 && ((number + 1) >> (place - 1)) % 2 === 1;
  return [ids.filter((_, place) => !isApart(place)), ids.filter((_, place) => isApart(place))];
});
