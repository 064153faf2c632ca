import type { FocusSource } from '../attention/focus.types.ts';
import { checkKind, checkMethods, checkText, type Kind, misuse, ports } from '../core/misuse.ts';
import { didYouMean } from '../core/nearest.ts';
import type { DeviceController } from '../notice/notice.types.ts';
import { isCatalogue } from '../notice/texts.ts';
import type { Self } from '../participants/participants.types.ts';
import type { CaptureController } from '../recording/capture.types.ts';
import type { MeetingAdapter, Transport, TransportListener } from '../transport/transport.types.ts';
import type { SessionOptions } from './session.types.ts';

/** What a session stands on, given one by one or by an adapter. */
export interface Binding {
  readonly meetingId: string;
  readonly self: Self;
  readonly transport: Transport;
  /** There is no transport: the session works for its own client, and only its adapter tells who else is there. */
  readonly solo: SoloTransport | undefined;
  readonly capture: CaptureController | undefined;
  readonly devices: DeviceController | undefined;
  readonly focus: FocusSource | undefined;
  readonly adapter: MeetingAdapter | undefined;
}

/** What the options that are no ports must be, where they are given. */
const kinds = {
  locale: 'string',
  presents: ['confirmed', 'assumed'],
  randomId: 'function',
  inspect: 'function',
};

/** What somebody says of themselves. */
const selfKinds = { name: 'string', region: 'string', channel: ['app', 'phone', 'room-system', 'bot'] };

/** Every option; a mistyped one would be a setting that is silently not there. */
const known = [
  ...Object.keys({ ...ports, ...kinds }),
  ...'meetingId self policy adminPolicy texts document notifications keys records'.split(' '),
];

/** @throws TypeError */
function checkNames(options: object): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new TypeError(`createSession: unknown option ${JSON.stringify(unknown)}${didYouMean(unknown, known)}`);
}

type Given = Readonly<Record<string, unknown>>;

/** @throws TypeError */
function checkKinds(where: string, all: Readonly<Record<string, Kind>>, given: object): void {
  for (const [name, kind] of Object.entries(all)) {
    const value = (given as Given)[name];
    if (value !== undefined) checkKind(`createSession: ${where}${name}`, kind, value);
  }
}

/** @throws TypeError */
function checkPorts(names: readonly string[], given: object): void {
  for (const name of names) {
    checkMethods(`createSession: ${name}`, ports[name as keyof typeof ports], (given as Given)[name]);
  }
}

/** @throws TypeError when the options cannot be meant. */
export function bind(options: SessionOptions): Binding {
  checkKind('createSession: options', 'object', options ?? undefined);
  checkNames(options);
  checkPorts(Object.keys(ports), options);
  checkKinds('', kinds, options);
  const { adapter, texts } = options;
  if (texts && typeof texts !== 'function' && !isCatalogue(texts)) {
    throw misuse('createSession: texts', 'a function or { locale, dir, version, texts }', texts);
  }
  const self = adapter ? adapter.self() : options.self;
  const meetingId = adapter ? adapter.meetingId : options.meetingId;
  checkText('createSession: meetingId', meetingId, 'weekly');
  checkText('createSession: self.id', self?.id, 'bo');
  checkKind('createSession: self.role', ['host', 'co-host', 'participant'], self.role);
  checkKinds('self.', selfKinds, self);
  const source = adapter ?? options;
  checkPorts(['transport', 'capture', 'devices', 'focus'], source);
  if (source.capture) checkKind('createSession: capture.capabilities', 'object', source.capture.capabilities);
  const solo = source.transport ? undefined : soloTransport(self);
  return {
    meetingId,
    self,
    transport: source.transport ?? (solo as SoloTransport),
    solo,
    capture: source.capture,
    devices: source.devices,
    focus: source.focus,
    adapter,
  };
}

/** The transport of a client that cannot reach the others. */
export interface SoloTransport extends Transport {
  /** Hears of who else is there, from when the session has joined. */
  listener?: TransportListener;
}

/** It decides for itself. */
function soloTransport(self: Self): SoloTransport {
  return {
    selfId: self.id,
    vouches: 'origin',
    participantOf: (endpoint) => endpoint,
    send: () => {},
    present: () => [],
    receive(listener) {
      this.listener = listener;
      return () => {};
    },
    roleOf: (id) => (id === self.id ? 'host' : undefined),
  };
}
