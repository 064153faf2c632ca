import { transportClosed, transportUnsupported } from '../core/errors.ts';
import { randomId } from '../core/ids.ts';
import { checkKind, checkText, misuse } from '../core/misuse.ts';
import type { Channel, Endpoint, ParticipantId, Role } from '../participants/participants.types.ts';
import type { Transport, TransportListener } from './transport.types.ts';

/** How tabs of one origin are connected. */
export interface BroadcastChannelOptions {
  readonly meetingId: string;
  readonly participantId: ParticipantId;
  readonly role: Role;
  readonly channel?: Channel;
  /** Default a random id: one for each transport, so that each tab is an endpoint of its own. */
  readonly endpoint?: Endpoint;
  /** In place of the global one. */
  readonly BroadcastChannel?: typeof globalThis.BroadcastChannel;
}

interface Peer {
  readonly participantId: ParticipantId;
  readonly role: Role;
  readonly channel: Channel | undefined;
}

/** `who` is `here` that wants to be answered; every envelope says who it is from. */
interface Envelope {
  readonly kind: 'who' | 'here' | 'bye' | 'message';
  readonly from: Endpoint;
  readonly peer: Peer;
  readonly to: 'all' | readonly Endpoint[];
  readonly data: string;
}

const kinds: readonly unknown[] = ['who', 'here', 'bye', 'message'];
const roles: readonly string[] = ['host', 'co-host', 'participant'];
const channels: readonly string[] = ['app', 'phone', 'room-system', 'bot'];
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');

/** What another tab sent, or `undefined` if it is nothing of ours. */
function envelopeOf(sent: unknown): Envelope | undefined {
  if (typeof sent !== 'string') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(sent);
  } catch {
    return undefined;
  }
  if (!isObject(value) || !isObject(value.peer)) return undefined;
  const { kind, from, to, data, peer } = value;
  if (!kinds.includes(kind) || typeof from !== 'string' || typeof data !== 'string') return undefined;
  if (to !== 'all' && !isStrings(to)) return undefined;
  if (typeof peer.participantId !== 'string' || !roles.includes(peer.role as string)) return undefined;
  const channel = channels.includes(peer.channel as string) ? (peer.channel as Channel) : undefined;
  const sender = { participantId: peer.participantId, role: peer.role as Role, channel };
  return { kind: kind as Envelope['kind'], from, to, data, peer: sender };
}

/** @throws TypeError */
function checkOptions(options: BroadcastChannelOptions): void {
  const expected = "an object such as { meetingId: 'weekly', participantId: 'bo', role: 'participant' }";
  if (!isObject(options)) throw misuse('broadcastChannelTransport: options', expected, options);
  const { meetingId, participantId, role, channel, endpoint } = options as BroadcastChannelOptions;
  checkText('broadcastChannelTransport: meetingId', meetingId, 'weekly');
  checkText('broadcastChannelTransport: participantId', participantId, 'bo');
  checkKind('broadcastChannelTransport: role', roles, role);
  if (channel !== undefined) checkKind('broadcastChannelTransport: channel', channels, channel);
  if (endpoint !== undefined) checkText('broadcastChannelTransport: endpoint', endpoint, 'bo-tab-2');
}

/**
 * Moves messages between the tabs of one origin, or the threads of one Node process, over a BroadcastChannel. Every
 * tab of the origin is trusted (`vouches: 'origin'`). A tab that closes says `bye`; one that crashes is still named,
 * until its silence tells.
 *
 * @throws NoticeError `transport/unsupported` where there is no BroadcastChannel; TypeError when the options cannot be meant.
 */
export function broadcastChannelTransport(options: BroadcastChannelOptions): Transport {
  checkOptions(options);
  const { meetingId, participantId, role, channel } = options;
  const Channel = options.BroadcastChannel ?? globalThis.BroadcastChannel;
  if (typeof Channel !== 'function') throw transportUnsupported('BroadcastChannel');
  const selfId = options.endpoint ?? randomId();
  const self: Peer = { participantId, role, channel };
  /** Everyone ever heard of, so that a late message still has a sender. */
  const known = new Map<Endpoint, Peer>();
  const present = new Set<Endpoint>();
  let end: (() => void) | undefined;
  let post: ((envelope: Pick<Envelope, 'kind' | 'to' | 'data'>) => void) | undefined;

  function hear({ kind, from, data, peer }: Envelope, listener: TransportListener): void {
    if (from === selfId) return;
    known.set(from, peer);
    if (kind === 'bye') {
      if (present.delete(from)) listener.left(from);
      return;
    }
    if (!present.has(from)) {
      present.add(from);
      listener.joined(from, peer.channel === undefined ? {} : { channel: peer.channel });
    }
    if (kind === 'who') post?.({ kind: 'here', to: [from], data: '' });
    if (kind === 'message') listener.message(data, from);
  }

  function open(listener: TransportListener): () => void {
    const wire = new Channel(`meeting-notice:${meetingId}`);
    let isOpen = true;
    const say: typeof post = (envelope) => wire.postMessage(JSON.stringify({ ...envelope, from: selfId, peer: self }));
    const onMessage = ({ data }: { data: unknown }): void => {
      const envelope = envelopeOf(data);
      if (isOpen && envelope && (envelope.to === 'all' || envelope.to.includes(selfId))) hear(envelope, listener);
    };
    // A page in the back-forward cache hears nothing: it has left, and is new when it is shown again.
    const onHide = (): void => say({ kind: 'bye', to: 'all', data: '' });
    const onShow = ({ persisted }: { persisted?: boolean }): void => {
      if (persisted) say({ kind: 'who', to: 'all', data: '' });
    };
    const page = 'onpagehide' in globalThis ? globalThis : undefined;
    wire.addEventListener('message', onMessage);
    page?.addEventListener('pagehide', onHide);
    page?.addEventListener('pageshow', onShow);
    // In Node an open channel would keep the process alive.
    if ('unref' in wire && typeof wire.unref === 'function') wire.unref();
    present.clear();
    post = say;
    say({ kind: 'who', to: 'all', data: '' });
    queueMicrotask(() => {
      if (isOpen) listener.state('open');
    });
    return () => {
      if (!isOpen) return;
      say({ kind: 'bye', to: 'all', data: '' });
      isOpen = false;
      page?.removeEventListener('pagehide', onHide);
      page?.removeEventListener('pageshow', onShow);
      wire.removeEventListener('message', onMessage);
      wire.close();
      present.clear();
      post = undefined;
    };
  }

  return {
    selfId,
    vouches: 'origin',
    participantOf: (endpoint) => (endpoint === selfId ? participantId : known.get(endpoint)?.participantId),
    roleOf(id) {
      if (id === participantId) return role;
      return [...known.values()].reverse().find((peer) => peer.participantId === id)?.role;
    },
    present: () => [...present],
    send(data, to) {
      if (!post) throw transportClosed();
      post({ kind: 'message', to, data });
    },
    receive(listener) {
      end?.();
      const close = open(listener);
      end = close;
      return close;
    },
  };
}
