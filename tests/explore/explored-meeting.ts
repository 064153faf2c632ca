import type { Client } from '../../src/session/client.ts';
import { brokenGuarantees } from '../../src/simulator/guarantees/guarantees.ts';
import type { Act, Scenario } from '../../src/simulator/parsed.types.ts';
import { parseScenario } from '../../src/simulator/scenario.parse.ts';
import { SimulatedMeeting } from '../../src/simulator/simulated-meeting.ts';
import type { Broken } from '../../src/simulator/simulation.types.ts';
import type { NetworkMessage } from '../../src/transport/in-memory.types.ts';
import { type Deed, deeds, people } from './course.ts';
import { digestOf, printed } from './digest.ts';
import type { Bounds, Budget, Choice, TakenStep } from './explore.types.ts';
import { Judgement } from './judgement.ts';
import { isReceipt, keyOf, Post, personOf } from './post.ts';

/** How long messages flow at an end before everyone must agree, in milliseconds. */
const settlesInMs = 120_000;

/** The way so far as a scenario that the simulator replays. */
export const scenarioOf = ({ cast }: Bounds, steps: readonly TakenStep[], untilMs: number) => ({
  meeting: { policy: 'all-party' },
  participants: people.filter(({ id }) => cast.includes(id)),
  steps,
  until: `${untilMs}ms`,
});

/** A real meeting in the simulator that goes on only as it is told to, and knows what it could do next. */
export class ExploredMeeting {
  readonly steps: TakenStep[] = [];
  readonly #bounds: Bounds;
  readonly #scenario: Scenario;
  readonly #meeting: SimulatedMeeting;
  readonly #post: Post;
  readonly #judgement = new Judgement();
  readonly #done: Record<string, number> = {};
  readonly #spent: Record<Budget, number> = { losses: 0, repeats: 0, delays: 0, crashes: 0, partitions: 0, waits: 0 };
  #crashed: string | undefined;
  #hasComeBack = false;

  private constructor(bounds: Bounds) {
    this.#bounds = bounds;
    this.#scenario = parseScenario(scenarioOf(bounds, [], 3_600_000));
    this.#meeting = new SimulatedMeeting(this.#scenario);
    this.#post = new Post(this.#meeting.network, bounds.cast);
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

  async take(choice: Choice): Promise<void> {
    if (choice.costs) this.#spent[choice.costs] += 1;
    if (choice.does === 'pass') await this.#meeting.goTo(this.#meeting.clock.nextAt() ?? this.atMs);
    else if (choice.act) {
      if (choice.isDeed) this.#done[choice.act.who] = this.#doneBy(choice.act.who) + 1;
      await this.#do(choice.act);
    } else if (choice.message) await this.#takeMessage(choice, this.#post.find(choice.message, choice.isAside));
    for (let next = this.#post.undecided; next; next = this.#post.undecided) {
      await this.#handle(next.message, next.arrives ? 'delivers' : 'drops');
    }
  }

  /**
   * Every way in which it can go on, within the bounds. Where what happens next to one client, or to one receipt, hangs
   * on nothing else and nothing else on it, only that: the rest can wait, and comes to the same.
   */
  choices(): Choice[] {
    const all = [...this.#deliveries(), ...this.#deeds(), ...this.#crashes()];
    if (this.#bounds.isReduced && this.#isPlain) {
      const receipt = this.#post.heads.find(isReceipt);
      if (receipt) return all.filter(({ message }) => message && keyOf(message) === keyOf(receipt));
      const first = this.#bounds.cast.find((id) => this.#goesFirst(id));
      if (first !== undefined) return all.filter(({ whose }) => whose === first);
    }
    return [...all, ...this.#partitions(), ...this.#onceQuiet()];
  }

  /** Whether the order of two choices makes no difference: each is one client's alone, and not the same client's. */
  areIndependent(a: Choice, b: Choice): boolean {
    if (a.whose === undefined || b.whose === undefined || a.whose === b.whose) return false;
    const both = [a, b].map(
      ({ whose = '', act }) => this.#hasToDoWithCapture(whose) || act?.does === 'withdrawsConsent',
    );
    return both.includes(false);
  }

  /** Names this state: two meetings of one name go on alike, and are judged alike. */
  digest(): string {
    const { clock, cloud, history, clients } = this.#meeting;
    this.#judgement.take(history);
    const sessions = [...clients].map(([id, { parts, devices, local }]) =>
      this.#crashed === id ? id : [printed(parts), printed([devices.controller.state(), local.snapshot()])],
    );
    const own = [this.#done, this.#spent, this.#crashed, this.#hasComeBack];
    const recorder = [cloud.snapshot(), cloud.epoch];
    return digestOf(
      JSON.stringify([this.atMs, own, this.#post.text, sessions, recorder, clock.dueTimes(), this.#judgement.text]),
    );
  }

  /** What is broken so far. */
  broken(): Broken[] {
    return brokenGuarantees(this.#meeting.history, { ...this.#scenario, untilMs: this.atMs });
  }

  /** Ends it: nothing more goes wrong, messages flow, and two minutes pass. What is broken then. */
  async settle(): Promise<Broken[]> {
    if (this.#post.groups.length > 0) await this.#do({ who: 'network', does: 'heals' });
    await this.#do({ who: 'network', does: 'flows' });
    await this.#meeting.goTo(this.atMs + settlesInMs);
    return [...this.broken(), ...this.#unfinished()];
  }

  /** Clients that still do not know, or still ask, where no recorder runs any more. */
  #unfinished(): Broken[] {
    const { clients, cloud } = this.#meeting;
    if (cloud.snapshot().captures.length > 0) return [];
    return [...clients.values()].flatMap(({ session, isActive, participant: { id } }) => {
      const status = session?.status('recording');
      if (!isActive || status === 'off') return [];
      return [
        { id: 'expect', atMs: this.atMs, participant: id, message: `nothing is recorded and ${id} reads ${status}` },
      ];
    });
  }

  async #do(act: Act): Promise<void> {
    this.steps.push({ at: `${this.atMs}ms`, ...act });
    if (act.does === 'crashes') {
      this.#crashed = act.who;
      this.#post.gone(act.who);
    }
    if (act.does === 'reconnects') {
      this.#crashed = undefined;
      this.#hasComeBack = true;
      this.#post.cameBack(act.who);
    }
    if (act.does === 'partitions') this.#post.groups = act.groups;
    if (act.does === 'heals') this.#post.groups = [];
    await this.#meeting.act(act, this.steps.length);
  }

  async #takeMessage({ does }: Choice, message: NetworkMessage): Promise<void> {
    if (does === 'deliver') await this.#handle(message, 'delivers');
    if (does === 'drop') await this.#handle(message, 'drops');
    if (does === 'repeat') await this.#handle(message, 'repeats');
    // What comes once more may do so at any time after.
    if (does === 'repeat' || does === 'delay') this.#post.setAside(message);
  }

  #handle(message: NetworkMessage, does: 'delivers' | 'repeats' | 'drops'): Promise<void> {
    const nth = this.#post.nth(message);
    if (does !== 'repeats') this.#post.taken(message);
    return this.#do({ who: 'network', does, from: personOf(message.from), to: personOf(message.to), nth });
  }

  #deliveries(): Choice[] {
    const choices: Choice[] = [];
    for (const message of this.#post.heads) {
      const about = { whose: personOf(message.to), message };
      const key = keyOf(message);
      choices.push({ key: `deliver ${key}`, does: 'deliver', ...about });
      if (this.#may('repeats')) choices.push({ key: `repeat ${key}`, does: 'repeat', costs: 'repeats', ...about });
      if (this.#may('losses')) choices.push({ key: `drop ${key}`, does: 'drop', costs: 'losses', ...about });
      if (this.#may('delays')) choices.push({ key: `delay ${key}`, does: 'delay', costs: 'delays', ...about });
    }
    for (const message of this.#post.late) {
      const whose = personOf(message.to);
      choices.push({ key: `late ${keyOf(message)}`, does: 'deliver', isAside: true, whose, message });
    }
    return choices;
  }

  #deeds(): Choice[] {
    return this.#bounds.cast.flatMap((whose): Choice[] => {
      const deed = this.#nextDeed(whose);
      const session = this.#meeting.clients.get(whose)?.session;
      if (!deed || !session || !deed.canBeDone(session)) return [];
      return [{ key: `act ${whose} ${deed.act.does}`, does: 'act', isDeed: true, whose, act: deed.act }];
    });
  }

  #crashes(): Choice[] {
    if (!this.#may('crashes')) return [];
    return this.#bounds.who.map((who) => ({
      key: `crash ${who}`,
      does: 'act',
      costs: 'crashes',
      whose: who,
      act: { who, does: 'crashes' },
    }));
  }

  #partitions(): Choice[] {
    if (!this.#may('partitions')) return [];
    return this.#bounds.apart.map((apart) => {
      const groups = [apart, this.#bounds.cast.filter((id) => !apart.includes(id))];
      const act = { who: 'network', does: 'partitions', groups } as const;
      return { key: `part ${apart}`, does: 'act', costs: 'partitions', act };
    });
  }

  /** When nothing is on its way that was not set aside: time goes on, the network heals, somebody comes back. */
  #onceQuiet(): Choice[] {
    if (this.#post.heads.length > 0) return [];
    const choices: Choice[] = [];
    const isWaiting = this.#deeds().length > 0;
    const nextAt = this.#meeting.clock.nextAt() ?? Number.POSITIVE_INFINITY;
    if (nextAt <= this.#bounds.untilMs && (!isWaiting || this.#may('waits'))) {
      choices.push({ key: 'pass', does: 'pass', ...(isWaiting && { costs: 'waits' }) });
    }
    if (this.#crashed) choices.push({ key: 'back', does: 'act', act: { who: this.#crashed, does: 'reconnects' } });
    if (this.#post.groups.length > 0)
      choices.push({ key: 'heal', does: 'act', act: { who: 'network', does: 'heals' } });
    return choices;
  }

  /** Nobody is cut off, nor may be, and nobody has come back: who sends to whom is known. */
  get #isPlain(): boolean {
    return !this.#hasComeBack && !this.#may('partitions') && this.#post.groups.length === 0;
  }

  /**
   * Something is on its way to a client, from the only one that can send to it, and whatever follows from it is that
   * client's alone: what it has before it now is all that it can meet next.
   */
  #goesFirst(id: string): boolean {
    if (this.#hasToDoWithCapture(id) || this.#nextDeed(id)?.act.does === 'withdrawsConsent') return false;
    const senders = this.#post.sendersTo(id);
    return senders.length === 1 && this.#bounds.cast.every((other) => senders.includes(other) || !this.#decides(other));
  }

  /** A client that decides, or may come to, tells the recorder; whoever has taken back holds their own devices. */
  #hasToDoWithCapture(id: string): boolean {
    if (deeds[id]?.slice(0, this.#doneBy(id)).some(({ act }) => act.does === 'withdrawsConsent')) return true;
    const hasTrouble = this.#spent.crashes + this.#spent.partitions > 0;
    const isHost = people.some((person) => person.id === id && person.role !== 'participant');
    return this.#decides(id) || (isHost && hasTrouble);
  }

  #decides(id: string): boolean {
    const [client] = this.#meeting.clients.get(id)?.parts ?? [];
    return this.#post.isAlive(id) && (client as Client | undefined)?.host?.governing.authority !== undefined;
  }

  #may(budget: Budget): boolean {
    return this.#spent[budget] < this.#bounds[budget];
  }

  #nextDeed(who: string): Deed | undefined {
    return deeds[who]?.[this.#doneBy(who)];
  }

  #doneBy(who: string): number {
    return this.#done[who] ?? 0;
  }
}
