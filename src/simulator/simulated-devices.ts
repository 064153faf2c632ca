import type { DeviceController } from '../notice/notice.types.ts';
import type { Device } from '../participants/participants.types.ts';
import type { DeviceCause } from './history.types.ts';

/** One person's devices, with three things that keep them off: their own switch, a moderator's lock, a hold. */
export interface SimulatedDevices {
  /** For the session. A new client of the same person finds the devices as they are, without the old one's hold. */
  readonly controller: DeviceController;
  isOn(device: Device): boolean;
  isHeld(device: Device): boolean;
  /** The person's own gesture; the code of what stands against it, if it cannot be. */
  switchTo(device: Device, on: boolean): 'device/held' | 'device/locked' | undefined;
  /** A moderator's act. Ending it switches nothing on. */
  lock(device: Device, locked: boolean): void;
  /** The client is gone, and with it what it held. */
  forgetHolds(): void;
}

export interface DeviceListener {
  changed(device: Device, on: boolean, because: DeviceCause): void;
  held(devices: readonly Device[], held: boolean): void;
}

const all = ['microphone', 'camera', 'screen', 'chat'] as const;

/** Devices of which the microphone, the camera and the chat are on at the start. */
export function simulatedDevices(told: DeviceListener): SimulatedDevices {
  const on = new Set<Device>(['microphone', 'camera', 'chat']);
  const held = new Set<Device>();
  const locked = new Set<Device>();
  const listeners = new Set<(state: Readonly<Record<Device, boolean>>) => void>();

  const state = (): Readonly<Record<Device, boolean>> => ({
    microphone: on.has('microphone'),
    camera: on.has('camera'),
    screen: on.has('screen'),
    chat: on.has('chat'),
  });

  /** Changes what is on, and tells of it once. */
  function turn(devices: readonly Device[], to: boolean, because: DeviceCause): void {
    const changed = devices.filter((device) => on.has(device) !== to);
    for (const device of changed) {
      if (to) on.add(device);
      else on.delete(device);
      told.changed(device, to, because);
    }
    if (changed.length > 0) for (const listener of [...listeners]) listener(state());
  }

  return {
    controller: {
      state,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      hold(devices) {
        for (const device of devices) held.add(device);
        told.held(devices, true);
        turn(devices, false, 'hold');
      },
      release(devices, restore) {
        for (const device of devices) held.delete(device);
        told.held(devices, false);
        const free = restore.filter((device) => !held.has(device) && !locked.has(device));
        turn(free, true, 'release');
      },
    },
    isOn: (device) => on.has(device),
    isHeld: (device) => held.has(device),
    switchTo(device, to) {
      if (to && held.has(device)) return 'device/held';
      if (to && locked.has(device)) return 'device/locked';
      turn([device], to, 'switch');
      return undefined;
    },
    lock(device, lock) {
      if (!lock) locked.delete(device);
      else {
        locked.add(device);
        turn([device], false, 'lock');
      }
    },
    forgetHolds() {
      const devices = all.filter((device) => held.has(device));
      held.clear();
      listeners.clear();
      if (devices.length > 0) told.held(devices, false);
    },
  };
}
