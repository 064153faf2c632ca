import { broadcastChannelTransport, type CuePlayer, createSession, type Session } from 'meeting-notice';
import { type BrowserCapture, browserCapture, browserDevices, workerClock } from 'meeting-notice/browser';
import { defaultDocument } from 'meeting-notice/document';
import { type DeviceStates, joinMesh, type Mesh, type Peer } from './mesh.ts';
import { type MediaSource, type OwnMedia, openMedia } from './own-media.ts';
import type { Parameters } from './parameters.ts';
import type { Tile } from './tiles.ts';

export interface ClientOptions {
  readonly cues: CuePlayer;
  readonly tileChanged: (tile: Tile, isOwn: boolean) => void;
  readonly tileGone: (key: string) => void;
}

/** One client of the meeting: its media, its connections to the others, and its session. */
export interface Client {
  readonly session: Session;
  /** Hosts only. */
  readonly capture: BrowserCapture | undefined;
  readonly devices: ReturnType<typeof browserDevices>;
  readonly source: () => OwnMedia['source'];
  useSource(source: MediaSource): Promise<void>;
  leave(): Promise<void>;
}

/** Puts the parts together as any conferencing client would. Nothing is sent to anybody before `session.join()`. */
export async function openClient(parameters: Parameters, options: ClientOptions): Promise<Client> {
  const { room, id, name, role, channel, toneHz, policy } = parameters;
  const wishes = { name, toneHz, video: channel !== 'phone' };
  let media = await openMedia({ ...wishes, source: parameters.source });
  const devices = browserDevices();
  const attach = (): void => {
    devices.attach('microphone', media.stream.getAudioTracks());
    devices.attach('camera', media.stream.getVideoTracks());
  };
  attach();

  const transport = broadcastChannelTransport({ meetingId: room, participantId: id, role, channel });
  const capture =
    role === 'participant' ? undefined : browserCapture({ size: { width: 768, height: 432 }, framesPerSecond: 8 });
  const session = createSession({
    meetingId: room,
    self: { id, name, role, channel },
    transport,
    clock: workerClock(),
    devices,
    cues: options.cues,
    policy: policy.policy,
    document: defaultDocument,
    texts: { locale: 'en', dir: 'ltr', version: '1', moreUrl: new URL('notice.html', location.href).href, texts: {} },
    ...(capture && { capture }),
  });

  const deviceStates = (): DeviceStates => {
    const { microphone, camera } = devices.state();
    return { microphone, camera };
  };
  const showOwn = (): void => {
    const stream = new MediaStream(media.stream.getVideoTracks());
    options.tileChanged({ key: 'own', name: `${name} (you)`, stream, devices: deviceStates() }, true);
  };
  const keepPeer = (peer: Peer): void => {
    capture?.setParticipant(peer.id, { stream: peer.stream, name: peer.name });
    const note = peer.channel === 'phone' ? { note: 'on the phone' } : {};
    options.tileChanged(
      { key: peer.endpoint, name: peer.name, stream: peer.stream, devices: peer.devices, ...note },
      false,
    );
  };
  const dropPeer = (peer: Peer): void => {
    options.tileGone(peer.endpoint);
    const other = [...(mesh?.peers.values() ?? [])].find(({ id: otherId }) => otherId === peer.id);
    if (other) keepPeer(other);
    else capture?.removeParticipant(peer.id);
  };

  let mesh: Mesh | undefined;
  /** Who waits in the lobby neither sees nor is seen. */
  const meet = (): void => {
    if (mesh || session.getSnapshot().admission !== 'admitted') return;
    mesh = joinMesh({
      room,
      self: { endpoint: transport.selfId, id, name, role, channel },
      stream: media.stream,
      devices: deviceStates(),
      peerChanged: keepPeer,
      peerGone: dropPeer,
    });
  };

  capture?.setParticipant(id, { stream: media.stream, name });
  await capture?.recover();
  const unsubscribe = [
    devices.subscribe(() => {
      showOwn();
      mesh?.setDevices(deviceStates());
    }),
    session.subscribe(() => {
      if (session.getSnapshot().connection === 'connected') meet();
    }),
  ];
  showOwn();

  return {
    session,
    capture,
    devices,
    source: () => media.source,
    async useSource(source) {
      const before = media;
      media = await openMedia({ ...wishes, source });
      attach();
      mesh?.setStream(media.stream);
      capture?.setParticipant(id, { stream: media.stream, name });
      showOwn();
      before.stop();
    },
    async leave() {
      for (const end of unsubscribe) end();
      await session.leave();
      mesh?.leave();
      mesh = undefined;
      media.stop();
    },
  };
}
