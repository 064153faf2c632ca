import type { DeviceController } from '../notice/notice.types.ts';
import type { Device } from '../participants/participants.types.ts';
import type { DeviceFacts } from './devices.rules.ts';

/** How one's own devices begin. */
export interface BrowserDevicesOptions {
  /** Which are on before anything is attached or switched. Default: chat alone, which has no track. */
  readonly initial?: Partial<Readonly<Record<Device, boolean>>>;
}

/** Why a device could not be switched on. */
export type SwitchedOn = 'on' | 'held' | 'locked';

/**
 * One's own devices as local tracks: what does not send has `enabled` false. The app leaves `enabled` alone and uses
 * the switches here; a track that was enabled all the same is switched off at the next call, or the next time the app
 * attaches. Chat has no track: the app reads `state().chat`.
 */
export interface BrowserDevices extends DeviceController {
  /**
   * The tracks that the device sends from now on, in place of earlier ones. They follow the switch; one that was never
   * used takes over what the first tracks say, for whoever asked for them wants them.
   */
  attach(device: 'microphone' | 'camera' | 'screen', tracks: MediaStream | readonly MediaStreamTrack[]): void;
  /** The device sends nothing any more, as after the app has ended a screen share. The tracks are not stopped. */
  detach(device: 'microphone' | 'camera' | 'screen'): void;
  /** The person's own gesture. Refused (`held`, `locked`) while a hold or a lock stands against it. */
  switchOn(device: Device): SwitchedOn;
  switchOff(device: Device): void;
  /** A moderator's act. A lock switches off; its end switches nothing on. */
  setModeratorLock(device: Device, locked: boolean): void;
  /** For a UI that shows why something is off. */
  facts(device: Device): DeviceFacts;
}
