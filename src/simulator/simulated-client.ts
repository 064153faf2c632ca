import { durationMs } from '../core/durations.ts';
import type { HookMap } from '../hooks/hooks.types.ts';
import { everything } from '../session/everything.ts';
import { createSessionWith } from '../session/session.ts';
import type { Session } from '../session/session.types.ts';
import { seededIds } from '../transport/seeded-random.ts';
import type { MeetingAdapter, SeenCapture, Transport } from '../transport/transport.types.ts';
import { doByHand } from './by-hand.ts';
import type { StepOutcome } from './history.types.ts';
import type { Act, SimulatedParticipant } from './parsed.types.ts';
import { PlatformView } from './platform-view.ts';
import { simulatedCapture } from './simulated-capture.ts';
import { simulatedDevices } from './simulated-devices.ts';
import { SimulatedFocus } from './simulated-focus.ts';
import { SimulatedProcess } from './simulated-process.ts';
import { simulatedRecorder } from './simulated-recorder.ts';
import type { SimulatedWorld } from './simulated-world.types.ts';
import { askedIn, doInSession, lastStarted } from './steps.ts';

/** One participant's client: a real session, and the person in front of it. */
export class SimulatedClient {
  readonly participant: SimulatedParticipant;
  readonly devices;
  readonly local;
  readonly #focus: SimulatedFocus;
  /** What the session is made of: for a tool that compares states. */
  parts: readonly object[] = [];
  readonly #meeting: SimulatedWorld;
  /** Its own, so that what it draws does not hang on what others do. */
  readonly #randomId: () => string;
  readonly #requestId;
  #session: Session | undefined;
  #process: SimulatedProcess;
  #state: 'away' | 'connected' | 'disconnected' | 'crashed' = 'away';
  #endpoint = '';
  #count = 0;
  readonly #keptSettings = new Map<string, string>();
  #lastCue: HookMap['cueRequested'] | undefined;
  readonly #platform = new PlatformView();

  constructor(participant: SimulatedParticipant, meeting: SimulatedWorld) {
    this.participant = participant;
    this.#meeting = meeting;
    const place = 1000 * meeting.scenario.participants.indexOf(participant);
    this.#randomId = seededIds(meeting.seed + 1 + place);
    this.#requestId = seededIds(meeting.seed + 500 + place);
    this.#process = new SimulatedProcess(meeting.clock);
    const { id } = participant;
    this.#focus = new SimulatedFocus(() => meeting.clock.now());
    this.devices = simulatedDevices({
      changed: (device, on, because) => {
        meeting.record({ kind: 'device', participant: id, device, on, because });
        meeting.observe();
      },
      held: (devices, held) => meeting.record({ kind: 'hold', participant: id, devices, held }),
    });
    this.local = simulatedRecorder(meeting.clock, meeting.scenario.capture, {
      status: (recordingId, status, storage) => meeting.recorderTold('local', recordingId, status, storage),
      included: () => meeting.observe(),
    });
  }

  get session(): Session | undefined {
    return this.#session;
  }

  /** Its machine is awake, and reaches the meeting. */
  get isActive(): boolean {
    return this.#state === 'connected' && !this.#process.isAsleep;
  }

  get isOnAir(): boolean {
    // Whoever waits in the lobby is not in the meeting.
    if (!this.isActive || this.#session?.getSnapshot().admission === 'waiting') return false;
    return this.devices.isOn('microphone') || this.devices.isOn('camera');
  }

  sees(capture: SeenCapture): void {
    if (this.#state !== 'connected') return;
    this.#process.run(() => this.#platform.tell(capture));
  }

  /** Does one step; what is denied prints a line. */
  act(act: Act, step: number): void {
    const { id } = this.participant;
    const about = this.#session && !this.#process.isAsleep ? askedIn(this.#session) : [];
    this.#meeting.record({ kind: 'step', step, act, about });
    const done = (outcome: StepOutcome) => {
      this.#meeting.record({ kind: 'outcome', step, act, outcome });
      if (outcome.outcome !== 'denied') return;
      const payload = { does: act.does, code: outcome.code ?? 'session/not-available' };
      this.#meeting.record({ kind: 'hook', participant: id, hook: { hook: 'stepDenied', payload } });
      this.#meeting.lines.push({ at: this.#meeting.clock.now(), participant: id, hook: 'stepDenied', payload });
    };
    const result = this.#do(act);
    if (result instanceof Promise)
      result.then(done, (error: unknown) => done({ outcome: 'denied', code: String(error) }));
    else done(result);
  }

  #do(act: Act): StepOutcome | Promise<StepOutcome> {
    const own = this.#doToSelf(act);
    if (own) return own;
    const session = this.#session;
    if (!session) return { outcome: 'denied', code: 'session/not-joined' };
    if (this.#process.isAsleep) return { outcome: 'denied', code: 'client/asleep' };
    return doInSession(session, act, {
      shown: (notice) => this.#confirmShown(notice),
      heard: (result) => this.#confirmCue(session, result),
      lastRecording: lastStarted(this.#meeting.lines, this.participant.id),
    });
  }

  /** What happens to the person's client or devices, and needs no session. */
  #doToSelf(act: Act): StepOutcome | Promise<StepOutcome> | undefined {
    if (act.does === 'leaves' && this.#process.isAsleep) return { outcome: 'denied', code: 'client/asleep' };
    switch (act.does) {
      case 'joins':
        // A page that is loaded anew takes all that ran in it along.
        if (this.#state === 'disconnected') this.#crash();
        this.#join();
        return { outcome: 'done' };
      case 'leaves':
        return this.#leave();
      case 'losesConnection':
        return this.#lose();
      case 'reconnects':
        return this.#reconnect();
      case 'crashes':
        return this.#crash();
      case 'sleeps':
        return this.#sleep(durationMs(act.for) ?? 0);
      default:
        return doByHand(act, {
          id: this.participant.id,
          devices: this.devices,
          focus: this.#focus,
          process: this.#process,
          devicesOf: (id) => this.#meeting.clients.get(id)?.devices,
          record: (event) => this.#meeting.record(event),
        });
    }
  }

  #join(): void {
    const { id, role, channel, sdk } = this.participant;
    const { network } = this.#meeting;
    if (this.#state === 'connected') return;
    this.#count += 1;
    this.#endpoint = this.#count === 1 ? id : `${id}#${this.#count}`;
    const transport = network.connect({ participantId: id, role, channel, sdk, endpoint: this.#endpoint });
    this.#turn('connected', this.#state === 'crashed' ? 'reconnected' : 'joined');
    if (!sdk) return;
    this.#process.end();
    this.#process = new SimulatedProcess(this.#meeting.clock);
    const session = this.#open(this.#process.transport(transport));
    this.#session = session;
    void session.join();
  }

  #open(transport: Transport): Session {
    const meeting = this.#meeting;
    const { scenario, clock } = meeting;
    const { id, role, channel, name, region, presents } = this.participant;
    const adapter: MeetingAdapter = {
      meetingId: scenario.meeting.id,
      self: () => ({ id, role, channel, ...(name !== undefined && { name }), ...(region !== undefined && { region }) }),
      transport,
      devices: this.devices.controller,
      ...(channel === 'app' && { focus: this.#focus.source(this.#process) }),
      ...(role !== 'participant' && { capture: this.#capture() }),
      snapshot: () => ({ captures: meeting.platformCaptures, sharing: false }),
      subscribe: this.#platform.subscribe,
    };
    const session = createSessionWith(
      {
        adapter,
        clock: this.#process.clock,
        policy: scenario.meeting.policy,
        adminPolicy: scenario.meeting.adminPolicy,
        notifications: { store: this.#keptSettings },
        randomId: this.#randomId,
        ...meeting.kept?.of(this.#process.clock, this.#requestId),
      },
      { loaded: meeting.kept?.loaded ?? everything, made: (parts) => (this.parts = parts) },
    );
    session.onAny((hook) => {
      if (this.#session !== session) return;
      meeting.record({ kind: 'hook', participant: id, hook });
      meeting.lines.push({ at: clock.now(), participant: id, hook: hook.hook, payload: hook.payload });
      if (hook.hook === 'admissionChanged') meeting.observe();
    });
    session.on('cueRequested', (cue) => this.#hear(session, cue, presents));
    session.on('noticeRaised', (notice) => {
      if (presents === 'at-once' && channel !== 'phone') this.#confirmShown(notice);
    });
    return session;
  }

  #hear(session: Session, cue: HookMap['cueRequested'], presents: 'at-once' | 'never'): void {
    // What is said back is no notice.
    if (cue.cue !== 'answered') this.#lastCue = cue;
    if (this.participant.channel !== 'phone' || presents === 'never') return;
    if (cue.cue !== 'answered') this.#confirmCue(session, 'played');
    else session.confirmCue(cue.cueId, 'played');
  }

  /** On a phone, and in a room, a cue that was played is the notice. */
  #confirmCue(session: Session, result: 'played' | 'blocked'): void {
    const cue = this.#lastCue;
    const { channel, id } = this.participant;
    if (!cue) return;
    const { cueId, recordingId, purposes } = cue;
    if (result === 'played' && (channel === 'phone' || channel === 'room-system')) {
      this.#meeting.record({ kind: 'shown', participant: id, noticeId: cueId, recordingId, purposes });
    }
    session.confirmCue(cueId, result);
  }

  #confirmShown({ noticeId, recordingId, purposes }: HookMap['noticeRaised']): void {
    // Seen first: where this client decides, all that follows from it happens within the call.
    this.#meeting.record({ kind: 'shown', participant: this.participant.id, noticeId, recordingId, purposes });
    this.#session?.confirmShown(noticeId);
  }

  #capture() {
    const meeting = this.#meeting;
    const opened = this.#count;
    return simulatedCapture({
      process: this.#process,
      cloud: meeting.cloud,
      local: this.local,
      options: meeting.scenario.capture,
      state: () =>
        this.#count !== opened || this.#state === 'crashed' || this.#state === 'away' ? 'gone' : this.#state,
    });
  }

  async #leave(): Promise<StepOutcome> {
    const session = this.#session;
    if (!session) {
      if (this.#state === 'connected') this.#meeting.network.leave(this.#endpoint);
      this.#turn('away', 'left');
      return { outcome: 'done' };
    }
    await session.leave();
    this.#session = undefined;
    this.local.crash();
    this.devices.forgetHolds();
    this.#turn('away', 'left');
    return { outcome: 'done' };
  }

  #sleep(ms: number): StepOutcome {
    if (this.#state !== 'connected' || this.#process.isAsleep) return { outcome: 'denied', code: 'client/asleep' };
    this.#process.sleep(ms, () => this.#state === 'connected' && this.#turn('connected', 'reconnected'));
    this.#turn(this.#state, 'disconnected');
    return { outcome: 'done' };
  }

  #lose(): StepOutcome {
    if (this.#state !== 'connected') return { outcome: 'denied', code: 'session/not-joined' };
    this.#meeting.network.disconnect(this.#endpoint);
    this.#turn('disconnected', 'disconnected');
    return { outcome: 'done' };
  }

  #reconnect(): StepOutcome {
    if (this.#state === 'disconnected') {
      this.#turn('connected', 'reconnected');
      this.#meeting.network.reconnect(this.#endpoint);
      this.#process.run(() => this.#platform.catchUp(this.#meeting.platformCaptures));
    } else if (this.#state === 'crashed') this.#join();
    return { outcome: 'done' };
  }

  #crash(): StepOutcome {
    if (this.#state === 'away' || this.#state === 'crashed') return { outcome: 'denied', code: 'session/not-joined' };
    this.#meeting.network.crash(this.#endpoint);
    this.#process.end();
    this.#session = undefined;
    this.#platform.forget();
    this.#turn('crashed', 'crashed');
    this.local.crash();
    this.devices.forgetHolds();
    return { outcome: 'done' };
  }

  #turn(
    state: 'away' | 'connected' | 'disconnected' | 'crashed',
    told: 'joined' | 'left' | 'disconnected' | 'reconnected' | 'crashed',
  ): void {
    this.#state = state;
    this.#meeting.record({ kind: 'presence', participant: this.participant.id, state: told });
    this.#meeting.observe();
  }
}
