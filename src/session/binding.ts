import type { FocusSource } from '../attention/focus.types.ts';
import { didYouMean } from '../core/nearest.ts';
import type { DeviceController } from '../notice/notice.types.ts';
import type { Self } from '../participants/participants.types.ts';
import type { CaptureController } from '../recording/capture.types.ts';
import type { MeetingAdapter, Transport } from '../transport/transport.types.ts';
import type { SessionOptions } from './session.types.ts';

/** What a session stands on, given one by one or by an adapter. */
export interface Binding {
  readonly meetingId: string;
  readonly self: Self;
  readonly transport: Transport;
  /** There is no transport: the session works for its own client. */
  readonly isLocalOnly: boolean;
  readonly capture: CaptureController | undefined;
  readonly devices: DeviceController | undefined;
  readonly focus: FocusSource | undefined;
  readonly adapter: MeetingAdapter | undefined;
}

const roles = ['host', 'co-host', 'participant'];

/** What each port must have to be one; a mistake is told now, not when it is first used. */
const ports = {
  transport: ['send', 'receive', 'participantOf', 'roleOf', 'present'],
  capture: ['snapshot', 'subscribe', 'fence', 'start', 'stop', 'include', 'exclude'],
  devices: ['state', 'subscribe', 'hold', 'release'],
  focus: ['state', 'subscribe'],
  adapter: ['self', 'snapshot', 'subscribe'],
} as const;

/** Every option; a mistyped one would be a setting that is silently not there. */
const known = (
  'meetingId self transport capture devices focus adapter policy adminPolicy texts document locale presents cues clock ' +
  'randomId inspect notifications'
).split(' ');

/** @throws TypeError */
function checkNames(options: object): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new TypeError(`createSession: unknown option ${JSON.stringify(unknown)}${didYouMean(unknown, known)}`);
}

/** @throws TypeError */
function checkPort(name: keyof typeof ports, value: unknown): void {
  if (value === undefined) return;
  const port = (typeof value === 'object' ? value : null) as Record<string, unknown> | null;
  const missing = ports[name].find((method) => typeof port?.[method] !== 'function');
  if (missing !== undefined) throw new TypeError(`createSession: ${name} must have the method ${missing}().`);
}

/** @throws TypeError when the options cannot be meant. */
export function bind(options: SessionOptions): Binding {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError('createSession(options): options must be an object; see the README for an example.');
  }
  checkNames(options);
  const { adapter } = options;
  checkPort('adapter', adapter);
  const self = adapter ? adapter.self() : options.self;
  const meetingId = adapter ? adapter.meetingId : options.meetingId;
  if (typeof meetingId !== 'string' || meetingId === '') {
    throw new TypeError('createSession: meetingId must be a non-empty string.');
  }
  if (typeof self?.id !== 'string' || self.id === '' || !roles.includes(self.role)) {
    throw new TypeError(`createSession: self must be { id, role: ${roles.map((role) => `'${role}'`).join(' | ')} }.`);
  }
  const source = adapter ?? options;
  for (const name of ['transport', 'capture', 'devices', 'focus'] as const) checkPort(name, source[name]);
  return {
    meetingId,
    self,
    transport: source.transport ?? soloTransport(self),
    isLocalOnly: source.transport === undefined,
    capture: source.capture,
    devices: source.devices,
    focus: source.focus,
    adapter,
  };
}

/** The transport of a client that cannot reach the others: nobody else is there, and it decides for itself. */
function soloTransport(self: Self): Transport {
  return {
    selfId: self.id,
    vouches: 'origin',
    participantOf: (endpoint) => (endpoint === self.id ? self.id : undefined),
    send: () => {},
    present: () => [],
    receive: () => () => {},
    roleOf: (id) => (id === self.id ? 'host' : undefined),
  };
}
