import type { Channel, Role } from 'meeting-notice';
import type { Utterance } from './speech.ts';

export interface MeshSelf {
  /** One per page load. */
  readonly endpoint: string;
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly channel: Channel;
}

export interface DeviceStates {
  readonly microphone: boolean;
  readonly camera: boolean;
  /** What is sent in place of the camera’s picture is a screen. */
  readonly screen: boolean;
}

/** Somebody else's end, with what they send. */
export interface Peer extends MeshSelf {
  readonly stream: MediaStream;
  readonly devices: DeviceStates;
  readonly connected: boolean;
}

export interface Mesh {
  readonly peers: ReadonlyMap<string, Peer>;
  setStream(stream: MediaStream): void;
  setDevices(devices: DeviceStates): void;
  say(utterance: Utterance): void;
  leave(): void;
}

export interface MeshOptions {
  readonly room: string;
  readonly self: MeshSelf;
  readonly stream: MediaStream;
  readonly devices: DeviceStates;
  peerChanged(peer: Peer): void;
  peerGone(peer: Peer): void;
  /** Somebody speaks, in words: there is no engine here that makes them of a sound. */
  heard(from: MeshSelf, utterance: Utterance): void;
}

type Said =
  | { readonly kind: 'hello' | 'here'; readonly devices: DeviceStates }
  | { readonly kind: 'devices'; readonly devices: DeviceStates }
  | { readonly kind: 'description'; readonly description: RTCSessionDescriptionInit }
  | { readonly kind: 'candidate'; readonly candidate: RTCIceCandidateInit }
  | { readonly kind: 'speech'; readonly utterance: Utterance }
  | { readonly kind: 'bye' };

type Signal = Said & { readonly from: MeshSelf; readonly to?: string };

interface Link {
  readonly connection: RTCPeerConnection;
  readonly receive: (signal: Signal) => Promise<void>;
  peer: Peer;
}

const allOn: DeviceStates = { microphone: true, camera: true, screen: false };

/** A negotiation that is not waited for shows itself where it fails: in the console. */
const report = (error: unknown): void => console.error(error);

/**
 * Real WebRTC between all clients of a room on this machine: a BroadcastChannel carries the signalling, each pair
 * negotiates perfectly (W3C WebRTC 1.0 §10.7). No server and no STUN, so it reaches no other machine.
 */
export function joinMesh(options: MeshOptions): Mesh {
  const { self } = options;
  const channel = new BroadcastChannel(`meeting-notice-demo/${options.room}`);
  const links = new Map<string, Link>();
  const peers = new Map<string, Peer>();
  const known = new Map<string, DeviceStates>();
  let { stream, devices } = options;

  const say = (said: Said, to?: string): void => {
    channel.postMessage({ ...said, from: self, ...(to === undefined ? {} : { to }) });
  };

  const update = (link: Link, change: Partial<Peer>): void => {
    link.peer = { ...link.peer, ...change };
    peers.set(link.peer.endpoint, link.peer);
    options.peerChanged(link.peer);
  };

  const drop = (endpoint: string): void => {
    const link = links.get(endpoint);
    if (!link) return;
    links.delete(endpoint);
    peers.delete(endpoint);
    link.connection.close();
    options.peerGone(link.peer);
  };

  const open = (from: MeshSelf): Link => {
    const connection = new RTCPeerConnection();
    const polite = self.endpoint < from.endpoint;
    const remote = new MediaStream();
    let isOffering = false;
    let isIgnoring = false;
    let isAnswered = false;

    const link: Link = {
      connection,
      peer: { ...from, stream: remote, devices: known.get(from.endpoint) ?? allOn, connected: false },
      async receive(signal) {
        if (connection.signalingState === 'closed') return;
        if (signal.kind === 'description') {
          const { description } = signal;
          const isReady = !isOffering && (connection.signalingState === 'stable' || isAnswered);
          isIgnoring = !polite && description.type === 'offer' && !isReady;
          if (isIgnoring) return;
          isAnswered = description.type === 'answer';
          await connection.setRemoteDescription(description);
          isAnswered = false;
          if (description.type !== 'offer') return;
          await connection.setLocalDescription();
          describeLocally();
        } else if (signal.kind === 'candidate') {
          await connection.addIceCandidate(signal.candidate).catch((error) => {
            if (!isIgnoring) throw error;
          });
        }
      },
    };

    const describeLocally = (): void => {
      const description = connection.localDescription?.toJSON();
      if (description) say({ kind: 'description', description }, from.endpoint);
    };
    connection.onnegotiationneeded = async () => {
      try {
        isOffering = true;
        await connection.setLocalDescription();
        describeLocally();
      } catch (error) {
        report(error);
      } finally {
        isOffering = false;
      }
    };
    connection.onicecandidate = ({ candidate }) => {
      if (candidate) say({ kind: 'candidate', candidate: candidate.toJSON() }, from.endpoint);
    };
    connection.ontrack = ({ track }) => {
      remote.addTrack(track);
      update(link, {});
    };
    connection.onconnectionstatechange = () => {
      if (connection.connectionState === 'failed') drop(from.endpoint);
      else update(link, { connected: connection.connectionState === 'connected' });
    };

    links.set(from.endpoint, link);
    for (const track of stream.getTracks()) connection.addTrack(track, stream);
    update(link, {});
    return link;
  };

  channel.onmessage = ({ data }: MessageEvent<Signal>) => {
    const { from } = data;
    if (data.to !== undefined && data.to !== self.endpoint) return;
    if (data.kind === 'bye') {
      drop(from.endpoint);
      return;
    }
    if (data.kind === 'speech') {
      options.heard(from, data.utterance);
      return;
    }
    if (data.kind === 'hello') say({ kind: 'here', devices }, from.endpoint);
    // Only one of two calls the other, or newcomers would collide each time; the other opens when it is called.
    const opens = data.kind === 'description' || self.endpoint > from.endpoint;
    const link = links.get(from.endpoint) ?? (opens ? open(from) : undefined);
    if ('devices' in data) known.set(from.endpoint, data.devices);
    if (!link) return;
    if ('devices' in data) update(link, { devices: data.devices });
    else link.receive(data).catch(report);
  };
  say({ kind: 'hello', devices });

  return {
    peers,
    setStream(next) {
      stream = next;
      for (const { connection } of links.values()) {
        for (const sender of connection.getSenders()) {
          const track = next.getTracks().find(({ kind }) => kind === sender.track?.kind);
          if (track) sender.replaceTrack(track).catch(report);
        }
      }
    },
    setDevices(next) {
      devices = next;
      say({ kind: 'devices', devices });
    },
    say: (utterance) => say({ kind: 'speech', utterance }),
    leave() {
      say({ kind: 'bye' });
      for (const endpoint of [...links.keys()]) drop(endpoint);
      channel.close();
    },
  };
}
