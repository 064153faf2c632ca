import type { ParticipantId, RecordingId, Storage } from '../participants/participants.types.ts';
import { inMemoryNetwork } from '../transport/in-memory.transport.ts';
import type { Happened, HistoryEvent, HookLine } from './history.types.ts';
import type { Act, Scenario } from './parsed.types.ts';
import { SimulatedClient } from './simulated-client.ts';
import { simulatedClock } from './simulated-clock.ts';
import { SimulatedEngine } from './simulated-engine.ts';
import { SimulatedNetwork } from './simulated-network.ts';
import { simulatedRecorder } from './simulated-recorder.ts';
import { SimulatedRecords } from './simulated-records.ts';
import type { SimulatedWorld } from './simulated-world.types.ts';

/** Lets every promise that can settle do so: what is put off to the next tick comes after all of them. */
const settle = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

/** So much never happens at one instant, but where things answer each other without end (G9). */
const mostAtOnce = 5_000_000;

/** One simulated meeting: real sessions and a real authority on a simulated network, clock and recorder. */
export class SimulatedMeeting implements SimulatedWorld {
  readonly scenario: Scenario;
  readonly clock = simulatedClock();
  readonly history: Happened[] = [];
  readonly lines: HookLine[] = [];
  readonly kept: SimulatedRecords | undefined;
  readonly clients = new Map<ParticipantId, SimulatedClient>();
  readonly #engine = new SimulatedEngine(
    this.clients,
    () => this.clock.now(),
    (event) => this.record(event),
  );
  readonly network;
  readonly #wires;
  readonly seed: number;
  readonly cloud;
  readonly #platform = new Map<string, { id: string; storage: Storage }>();
  #platformCount = 0;
  /** Whose capture by what was noted, and whether it goes on. */
  readonly #captured = new Map<ParticipantId, Map<RecordingId, boolean>>();

  constructor(scenario: Scenario) {
    this.scenario = scenario;
    this.kept = scenario.meeting.records ? new SimulatedRecords() : undefined;
    this.seed = scenario.network?.seed ?? 1;
    this.network = inMemoryNetwork({ clock: this.clock, seed: this.seed });
    this.#wires = new SimulatedNetwork(this.network, participantOf);
    this.cloud = simulatedRecorder(this.clock, scenario.capture, {
      status: (recordingId, status, storage) => this.recorderTold('cloud', recordingId, status, storage),
      included: () => this.observe(),
    });
    for (const participant of scenario.participants) {
      this.clients.set(participant.id, new SimulatedClient(participant, this));
    }
  }

  /** Puts everyone who is there at the start into the meeting, undisturbed. */
  async begin(): Promise<void> {
    for (const client of this.clients.values()) {
      if (client.participant.joinsAtMs === 0) await this.act({ who: client.participant.id, does: 'joins' }, -1);
    }
    if (this.scenario.network) this.network.set(this.scenario.network);
    const { crashesAtMs } = this.scenario.capture;
    if (crashesAtMs !== undefined) this.clock.setTimeout(() => this.cloud.crash('recorder-crashed'), crashesAtMs);
  }

  /** Lets time go on to an instant, with everything due until then. */
  async goTo(atMs: number): Promise<void> {
    for (;;) {
      await this.drain();
      const next = this.clock.nextAt();
      if (next === undefined || next > atMs) break;
      this.clock.advanceTo(next);
    }
    this.clock.advanceTo(atMs);
    await this.drain();
  }

  /** Runs whatever is due at this instant until it is quiet. */
  async drain(): Promise<void> {
    for (let run = 0; ; ) {
      await settle();
      if (!this.clock.runOne()) return;
      for (run += 1; this.clock.runOne(); run += 1) {
        if (run > mostAtOnce) throw new Error(`at ${this.clock.now()} ms, something goes on without end`);
      }
    }
  }

  async act(act: Act, step: number): Promise<void> {
    const client = this.clients.get(act.who);
    if (act.who === 'platform') this.#platformActs(act);
    else if (act.who === 'network') this.#networkActs(act);
    else if (act.does === 'says') this.#engine.hears(act.who, act.text);
    else if (client) client.act(act, step);
    await this.drain();
  }

  record(event: HistoryEvent): void {
    if (event.kind === 'hook' && event.hook.hook === 'recordingStarted') {
      this.#engine.started(event.hook.payload.recordingId);
    }
    this.history.push({ at: this.clock.now(), ...event } as Happened);
  }

  /** What the platform's own recorder does, as every adapter sees it. */
  get platformCaptures(): readonly { platformId: string; active: boolean; storage: Storage }[] {
    return [...this.#platform.values()].map(({ id, storage }) => ({ platformId: id, active: true, storage }));
  }

  recorderTold(
    recorder: 'cloud' | 'local' | 'platform',
    recordingId: RecordingId,
    status: 'on' | 'paused' | 'off',
    storage: Storage,
  ): void {
    this.record({ kind: 'recorder', recorder, recordingId, status, storage });
    this.observe();
  }

  /** Notes whose capture has begun or ended in the recorder's output. */
  observe(): void {
    const recorders = [this.cloud, ...[...this.clients.values()].map(({ local }) => local)].filter(({ isOn }) => isOn);
    if (recorders.length === 0 && this.#captured.size === 0) return;
    for (const client of this.clients.values()) {
      const { id } = client.participant;
      const taken = new Set(client.isOnAir ? recorders.flatMap((recorder) => recorder.takes(id)) : []);
      for (const recordingId of taken) this.#note(id, recordingId, true);
      for (const [recordingId, captured] of this.#captured.get(id) ?? []) {
        if (captured && !taken.has(recordingId)) this.#note(id, recordingId, false);
      }
    }
  }

  #note(participant: ParticipantId, recordingId: RecordingId, captured: boolean): void {
    const noted = this.#captured.get(participant) ?? new Map<RecordingId, boolean>();
    this.#captured.set(participant, noted);
    if ((noted.get(recordingId) ?? false) === captured) return;
    noted.set(recordingId, captured);
    this.record({ kind: 'captured', participant, recordingId, captured });
  }

  #platformActs(act: Act): void {
    if (act.does === 'startsRecording') {
      this.#platformCount += 1;
      const id = `platform-${this.#platformCount}`;
      const capture = { id, storage: act.storage ?? ('cloud' as const) };
      this.#platform.set(id, capture);
      this.recorderTold('platform', id, 'on', capture.storage);
      for (const client of this.clients.values())
        client.sees({ platformId: id, active: true, storage: capture.storage });
      return;
    }
    const last = [...this.#platform.values()].at(-1);
    if (!last) return;
    this.#platform.delete(last.id);
    this.recorderTold('platform', last.id, 'off', last.storage);
    for (const client of this.clients.values()) client.sees({ platformId: last.id, active: false });
  }

  /** Deliveries are what messages do; that they wait, or flow, is a fact about the network. */
  #networkActs(act: Act): void {
    const { outcome, code = outcome } = this.#wires.act(act);
    if (outcome === 'denied') {
      const payload = { does: act.does, code };
      this.lines.push({ at: this.clock.now(), participant: act.who, hook: 'stepDenied', payload });
    }
    if (!('from' in act)) this.record({ kind: 'network', groups: this.#wires.groups, queues: this.#wires.queues });
  }
}

/** Each later client of one person has an endpoint of its own: `bo`, `bo#2`. */
const participantOf = (endpoint: string): ParticipantId => endpoint.replace(/#\d+$/, '');
