import type { FocusSource } from '../attention/focus.types.ts';
import type { Clock } from '../core/clock.ts';
import { systemClock } from '../core/clock.ts';
import type { Channel, Device, Endpoint, ParticipantId, Self } from '../participants/participants.types.ts';
import type { CaptureController } from '../recording/capture.types.ts';
import type { CaptureCall } from '../simulator/scenario.types.ts';
import { simulatedCapture } from '../simulator/simulated-capture.ts';
import { simulatedDevices } from '../simulator/simulated-devices.ts';
import { SimulatedProcess } from '../simulator/simulated-process.ts';
import { simulatedRecorder } from '../simulator/simulated-recorder.ts';
import type {
  AdapterFact,
  AdapterSnapshot,
  MeetingAdapter,
  SeenCapture,
  Transport,
} from '../transport/transport.types.ts';

/** What the recorder of a fake adapter can do; default: everything, at once. */
export interface FakeRecorderOptions {
  readonly exclude?: boolean;
  readonly pause?: boolean;
  readonly lease?: boolean;
  /** How long a start takes. */
  readonly startMs?: number;
}

/** What a fake adapter's platform is like. */
export interface FakeAdapterOptions {
  /** Default `meeting`. */
  readonly meetingId?: string;
  /** Default a participant called `self`. */
  readonly self?: Self;
  /** Without one the session is `local-only`. */
  readonly transport?: Transport;
  /** `false`: the platform has no recorder that this client may use. */
  readonly recorder?: FakeRecorderOptions | false;
  readonly clock?: Clock;
}

/** A fake adapter whose platform has a recorder: `capture` is there. */
export interface FakeAdapterWithRecorder extends FakeAdapter {
  readonly capture: CaptureController;
}

/** The recorder behind a fake adapter, as a test sees and breaks it. */
export interface FakeRecorder {
  /** Whether what it writes holds this person now. */
  holds(participantId: ParticipantId): boolean;
  /** Every call of these names is rejected from now on; without a name, none is. */
  fails(...calls: readonly CaptureCall[]): void;
  /** Every call of these names never ends from now on; without a name, none does. */
  hangs(...calls: readonly CaptureCall[]): void;
  /** It ends by itself, and says so with this code. */
  crashes(code: string): void;
}

/** A `MeetingAdapter` whose platform is the test: every fact comes from a call of the test. */
export interface FakeAdapter extends MeetingAdapter {
  readonly devices: NonNullable<MeetingAdapter['devices']>;
  readonly focus: FocusSource;
  readonly recorder: FakeRecorder;

  joins(endpoint: Endpoint, facts?: { readonly channel?: Channel; readonly sdk?: boolean }): void;
  leaves(endpoint: Endpoint): void;
  /** Somebody's screen is shared, or no longer. */
  shares(active: boolean): void;
  /** The platform records by itself, or has ended. */
  seesCapture(capture: SeenCapture): void;
  pressesKey(key: string): void;
  /** Any other fact. */
  says(fact: AdapterFact): void;
  /** The meeting becomes the active window, or no longer is; a platform that cannot tell says so. */
  turnsFocus(state: 'focused' | 'lost' | 'cannot-tell'): void;
  /** The person's own switch, which a hold or a moderator's lock keeps from switching on. */
  switches(device: Device, on: boolean): void;
  /** A moderator's act; ending it switches nothing on. */
  locks(device: Device, locked: boolean): void;
}

/**
 * An adapter for tests, with a recorder, devices and a focus of its own: hand it to `createSession({ adapter })` and
 * let the platform do what the test says. Microphone, camera and chat are on at the start, the screen is off.
 */
export function fakeAdapter(
  options?: FakeAdapterOptions & { readonly recorder?: FakeRecorderOptions },
): FakeAdapterWithRecorder;
export function fakeAdapter(options?: FakeAdapterOptions): FakeAdapter;
export function fakeAdapter(options: FakeAdapterOptions = {}): FakeAdapter {
  const { meetingId = 'meeting', self = { id: 'self', role: 'participant' }, clock = systemClock } = options;
  const { transport, recorder = {} } = options;
  const listeners = new Set<{ tell(fact: AdapterFact): void }>();
  const focusListeners = new Set<{ tell(state: ReturnType<FocusSource['state']>, at: number): void }>();
  const captures = new Map<string, SeenCapture>();
  const devices = simulatedDevices({ changed: () => {}, held: () => {} });
  const { controller, told } = fakeRecorder(recorder === false ? {} : recorder, clock);
  let sharing = false;
  let focus: ReturnType<FocusSource['state']> = 'focused';

  const says = (fact: AdapterFact): void => {
    for (const listener of [...listeners]) listener.tell(fact);
  };

  return {
    meetingId,
    self: () => self,
    ...(transport && { transport }),
    ...(recorder !== false && { capture: controller }),
    devices: devices.controller,
    focus: {
      state: () => focus,
      subscribe: (listener) => listening(focusListeners, { tell: listener }),
    },
    snapshot: (): AdapterSnapshot => ({ captures: [...captures.values()], sharing }),
    subscribe: (listener) => listening(listeners, { tell: listener }),

    recorder: told,
    joins: (endpoint, facts = {}) => says({ fact: 'joined', endpoint, ...facts }),
    leaves: (endpoint) => says({ fact: 'left', endpoint }),
    shares(active) {
      sharing = active;
      says({ fact: 'sharing', active, at: clock.now() });
    },
    seesCapture(capture) {
      if (capture.active) captures.set(capture.platformId, capture);
      else captures.delete(capture.platformId);
      says({ fact: 'capture-seen', ...capture });
    },
    pressesKey: (key) => says({ fact: 'key', key }),
    says,
    turnsFocus(state) {
      if (focus === state) return;
      focus = state;
      for (const listener of [...focusListeners]) listener.tell(state, clock.now());
    },
    switches: (device, on) => void devices.switchTo(device, on),
    locks: (device, locked) => devices.lock(device, locked),
  };
}

/** A listener of its own each time, so that the same function twice is two subscriptions. */
function listening<T>(listeners: Set<T>, own: T): () => void {
  listeners.add(own);
  return () => void listeners.delete(own);
}

function fakeRecorder(
  options: FakeRecorderOptions,
  clock: Clock,
): { controller: CaptureController; told: FakeRecorder } {
  const { exclude = true, pause = true, lease = true, startMs = 0 } = options;
  const fails: CaptureCall[] = [];
  const hangs: CaptureCall[] = [];
  const simulated = { startMs, fails, hangs, canExclude: exclude, canPause: pause, lease };
  const unheard = { status: () => {}, included: () => {} };
  const cloud = simulatedRecorder(clock, simulated, unheard);
  const local = simulatedRecorder(clock, simulated, unheard);
  return {
    controller: simulatedCapture({
      process: new SimulatedProcess(clock),
      cloud,
      local,
      options: simulated,
      state: () => 'connected',
    }),
    told: {
      holds: (participantId) => [cloud, local].some((recorder) => recorder.takes(participantId).length > 0),
      fails: (...calls) => void fails.splice(0, fails.length, ...calls),
      hangs: (...calls) => void hangs.splice(0, hangs.length, ...calls),
      crashes(code) {
        for (const recorder of [cloud, local]) recorder.crash(code);
      },
    },
  };
}
