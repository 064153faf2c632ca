import type { Device } from '../participants/participants.types.ts';
import { type DeviceEvent, type DeviceFacts, deviceAtStart, factsAfter, isSending } from './devices.rules.ts';
import type { BrowserDevices, BrowserDevicesOptions, SwitchedOn } from './devices.types.ts';
import { Listeners } from './listeners.ts';

const all = ['microphone', 'camera', 'screen', 'chat'] as const;

/** One's own microphone, camera, screen and chat, with holds and a moderator's locks (G13). */
export function browserDevices(options: BrowserDevicesOptions = {}): BrowserDevices {
  return new LocalDevices(options);
}

interface Known {
  facts: DeviceFacts;
  tracks: readonly MediaStreamTrack[];
  /** Whether the switch says what the person wants; until then the first tracks say it. */
  isSet: boolean;
}

class LocalDevices implements BrowserDevices {
  readonly #devices: Readonly<Record<Device, Known>>;
  readonly #listeners = new Listeners<Readonly<Record<Device, boolean>>>();
  readonly #trackEnded = (): void => this.#act(() => undefined);

  constructor({ initial = {} }: BrowserDevicesOptions) {
    const known = (device: Device, on = false): Known => ({
      facts: { ...deviceAtStart, on: initial[device] ?? on },
      tracks: [],
      isSet: initial[device] !== undefined,
    });
    this.#devices = {
      microphone: known('microphone'),
      camera: known('camera'),
      screen: known('screen'),
      chat: known('chat', true),
    };
  }

  state(): Readonly<Record<Device, boolean>> {
    this.#act(() => undefined);
    return this.#state();
  }

  subscribe(listener: (state: Readonly<Record<Device, boolean>>) => void): () => void {
    return this.#listeners.add(listener);
  }

  facts(device: Device): DeviceFacts {
    return this.#devices[device].facts;
  }

  hold(devices: readonly Device[]): void {
    this.#act(() => {
      for (const device of devices) this.#happened(device, { type: 'held' });
    });
  }

  release(devices: readonly Device[], restore: readonly Device[]): void {
    this.#act(() => {
      for (const device of devices) {
        this.#happened(device, { type: 'released', restore: restore.includes(device) });
      }
      for (const device of restore) {
        if (!devices.includes(device)) this.#happened(device, { type: 'switched-on' });
      }
    });
  }

  attach(device: 'microphone' | 'camera' | 'screen', tracks: MediaStream | readonly MediaStreamTrack[]): void {
    const attached = 'getTracks' in tracks ? tracksFor(device, tracks) : [...tracks];
    this.#act(() => {
      const known = this.#devices[device];
      this.#listen(known, attached);
      if (known.isSet || attached.length === 0) return;
      const on = attached.some((track) => track.enabled);
      this.#happened(device, { type: on ? 'switched-on' : 'switched-off' });
    });
  }

  detach(device: 'microphone' | 'camera' | 'screen'): void {
    this.#act(() => this.#lose(device));
  }

  switchOn(device: Device): SwitchedOn {
    this.#act(() => this.#happened(device, { type: 'switched-on' }));
    const { held, locked } = this.#devices[device].facts;
    return held ? 'held' : locked ? 'locked' : 'on';
  }

  switchOff(device: Device): void {
    this.#act(() => this.#happened(device, { type: 'switched-off' }));
  }

  setModeratorLock(device: Device, locked: boolean): void {
    this.#act(() => this.#happened(device, { type: locked ? 'locked' : 'unlocked' }));
  }

  /** Does it, sees to it that every track says what its device does, then tells of it if anything has changed. */
  #act(act: () => void): void {
    const before = all.map((device) => this.#devices[device].facts);
    act();
    for (const device of all) {
      const { facts, tracks } = this.#devices[device];
      if (tracks.length > 0 && tracks.every((track) => track.readyState === 'ended')) this.#lose(device);
      for (const track of tracks) if (track.enabled !== isSending(facts)) track.enabled = isSending(facts);
    }
    const isChanged = all.some((device, index) => this.#devices[device].facts !== before[index]);
    if (isChanged) this.#listeners.tell(this.#state());
  }

  #happened(device: Device, event: DeviceEvent): void {
    const known = this.#devices[device];
    const after = factsAfter(known.facts, event);
    known.isSet ||= after !== known.facts || event.type === 'switched-off';
    known.facts = after;
  }

  /** Nothing is sent any more. If it was on, who gets new tracks wants them on: the switch is open again. */
  #lose(device: Device): void {
    const known = this.#devices[device];
    this.#listen(known, []);
    if (!known.facts.on) return;
    known.isSet = false;
    known.facts = factsAfter(known.facts, { type: 'switched-off' });
  }

  #listen(known: Known, tracks: readonly MediaStreamTrack[]): void {
    for (const track of known.tracks) track.removeEventListener('ended', this.#trackEnded);
    for (const track of tracks) track.addEventListener('ended', this.#trackEnded);
    known.tracks = tracks;
  }

  #state(): Readonly<Record<Device, boolean>> {
    const sends = (device: Device): boolean => isSending(this.#devices[device].facts);
    return {
      microphone: sends('microphone'),
      camera: sends('camera'),
      screen: sends('screen'),
      chat: sends('chat'),
    };
  }
}

/** Of a stream with both kinds, the kind the device is; a shared screen may have sound of its own. */
function tracksFor(device: Device, stream: MediaStream): readonly MediaStreamTrack[] {
  if (device === 'screen') return stream.getTracks();
  return device === 'microphone' ? stream.getAudioTracks() : stream.getVideoTracks();
}
