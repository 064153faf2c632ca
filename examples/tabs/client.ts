import {
  broadcastChannelTransport,
  type CommandOutcome,
  type CuePlayer,
  createSession,
  type Ledger,
  type Session,
} from 'meeting-notice';
import { type BrowserCapture, browserCapture, browserDevices, browserFocus, workerClock } from 'meeting-notice/browser';
import { defaultDocument } from 'meeting-notice/document';
import { openRecords } from './ledger.ts';
import { type DeviceStates, joinMesh, type Mesh, type Peer } from './mesh.ts';
import { type MediaSource, type OwnMedia, openMedia, type SentTrack } from './own-media.ts';
import type { Parameters } from './parameters.ts';
import { withCloud } from './recorder.ts';
import { openScreen } from './screen.ts';
import { scriptedSpeaker, speechEngine, type Utterance } from './speech.ts';
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
  /** Hosts only. */
  readonly ledger: Ledger | undefined;
  readonly devices: ReturnType<typeof browserDevices>;
  readonly source: () => OwnMedia['source'];
  useSource(source: MediaSource): Promise<void>;
  /** Of whoever is or was here; the id of anybody else. */
  nameOf(participantId: string | null): string;
  /** Says the next sentences of the script. */
  speak(): Promise<void>;
  isSharing(): boolean;
  /** A shared screen is sent in place of the camera’s picture. `undefined` if the person thinks better of it. */
  setSharing(isOn: boolean): Promise<CommandOutcome | undefined>;
  /** It began or ended, by the browser’s own button too. */
  onSharing(listener: () => void): void;
  leave(): Promise<void>;
}

/** Puts the parts together as any conferencing client would. Nothing is sent to anybody before `session.join()`. */
export async function openClient(parameters: Parameters, options: ClientOptions): Promise<Client> {
  const { room, id, name, role, channel, toneHz, policy } = parameters;
  const wishes = { name, toneHz, video: channel !== 'phone' };
  let media = await openMedia({ ...wishes, source: parameters.source });
  const clock = workerClock();
  const focus = browserFocus({ clock });
  const devices = browserDevices();
  const attach = (): void => {
    devices.attach('microphone', media.stream.getAudioTracks());
    devices.attach('camera', media.stream.getVideoTracks());
  };
  attach();

  const transport = broadcastChannelTransport({ meetingId: room, participantId: id, role, channel });
  const capture =
    role === 'participant' ? undefined : browserCapture({ size: { width: 768, height: 432 }, framesPerSecond: 8 });
  // The cloud that this browser stands for: its files are the recording.
  const erase = async (recordingId: string): Promise<void> => {
    const files = capture?.files() ?? [];
    await Promise.all(files.filter((file) => file.recordingId === recordingId).map((file) => file.remove()));
  };
  const records = capture && (await openRecords({ erase }));
  const engine = speechEngine(() => session, id);
  const session: Session = createSession({
    meetingId: room,
    self: { id, name, role, channel },
    transport,
    clock,
    devices,
    focus,
    cues: options.cues,
    policy: policy.policy,
    document: defaultDocument,
    texts: { locale: 'en', dir: 'ltr', version: '1', moreUrl: new URL('notice.html', location.href).href, texts: {} },
    ...(capture && { capture: withCloud(capture, engine.began) }),
    ...(records && { records }),
  });
  const names = new Map([[id, name]]);
  // A recorder of another host’s.
  session.on('recordingStarted', ({ recordingId }) => engine.began(recordingId));

  let shared: SentTrack | undefined;
  const sharingListeners: (() => void)[] = [];
  const sent = (): MediaStream =>
    shared ? new MediaStream([...media.stream.getAudioTracks(), shared.track]) : media.stream;
  const deviceStates = (): DeviceStates => {
    const { microphone, camera, screen } = devices.state();
    return { microphone, camera: shared ? screen : camera, screen: shared !== undefined };
  };
  const showOwn = (): void => {
    const stream = new MediaStream(sent().getVideoTracks());
    options.tileChanged({ key: 'own', name: `${name} (you)`, stream, devices: deviceStates() }, true);
  };
  const keepPeer = (peer: Peer): void => {
    names.set(peer.id, peer.name);
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
      stream: sent(),
      devices: deviceStates(),
      peerChanged: keepPeer,
      peerGone: dropPeer,
      heard: (from, utterance) => engine.heard(from.id, utterance),
    });
  };
  const say = (utterance: Utterance): void => {
    engine.heard(id, utterance);
    mesh?.say(utterance);
  };
  const speaker = scriptedSpeaker(name, { isHeard: () => devices.state().microphone, say });

  const sendAnew = (): void => {
    mesh?.setStream(sent());
    mesh?.setDevices(deviceStates());
    capture?.setParticipant(id, { stream: sent(), name });
    showOwn();
  };
  const setSharing = async (isOn: boolean): Promise<CommandOutcome | undefined> => {
    const before = shared;
    shared = isOn ? await openScreen(name, media.source.video === 'camera' ? 'camera' : 'generated', focus) : undefined;
    if (shared === before) return undefined;
    before?.stop();
    if (shared) {
      devices.attach('screen', [shared.track]);
      shared.track.addEventListener('ended', () => void setSharing(false));
    } else devices.detach('screen');
    sendAnew();
    for (const listener of sharingListeners) listener();
    return session.reportSharing(shared !== undefined);
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
    ledger: records?.ledger,
    devices,
    nameOf: (participantId) => (participantId === null ? 'Somebody' : (names.get(participantId) ?? participantId)),
    speak: () => speaker.speak(),
    source: () => media.source,
    async useSource(source) {
      const before = media;
      media = await focus.during(openMedia({ ...wishes, source }));
      attach();
      sendAnew();
      before.stop();
    },
    isSharing: () => shared !== undefined,
    setSharing,
    onSharing: (listener) => sharingListeners.push(listener),
    async leave() {
      for (const end of unsubscribe) end();
      await session.leave();
      mesh?.leave();
      mesh = undefined;
      media.stop();
      shared?.stop();
    },
  };
}
