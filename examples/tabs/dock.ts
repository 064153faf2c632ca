import type { BrowserDevices } from 'meeting-notice/browser';
import { type IconName, icon } from './icons.ts';

const names = { microphone: 'Mic', camera: 'Camera' } as const;
type DockDevice = keyof typeof names;
type DeviceFacts = Pick<ReturnType<BrowserDevices['facts']>, 'on' | 'held' | 'locked'>;

function dress(button: HTMLElement, picture: IconName, words: string, state: 'on' | 'off' | 'held'): void {
  button.dataset.state = state;
  const label = document.createElement('span');
  label.textContent = words;
  button.replaceChildren(icon(picture, state !== 'on'), label);
}

/** A device that a notice holds off says so, and cannot be switched on past it. */
function dressDevice(button: HTMLElement, device: DockDevice, { on, held, locked }: DeviceFacts): void {
  const stopped = held || locked;
  const words = held ? 'held' : locked ? 'locked' : on ? 'on' : 'off';
  dress(button, device, `${names[device]} ${words}`, stopped ? 'held' : on ? 'on' : 'off');
  button.setAttribute('aria-pressed', String(on && !stopped));
  button.setAttribute('aria-disabled', String(stopped));
}

export function dressSound(button: HTMLElement, isLoud: boolean): void {
  dress(button, 'sound', isLoud ? 'Sound on' : 'Sound off', isLoud ? 'on' : 'off');
  button.setAttribute('aria-pressed', String(isLoud));
}

export function dressSource(button: HTMLElement, isReal: boolean): void {
  dress(button, 'source', isReal ? 'Use drawing' : 'Use camera', 'on');
}

export function dressLeave(button: HTMLElement): void {
  dress(button, 'leave', 'Leave', 'on');
}

/** Makes the two buttons work; what they show follows the devices. */
export function workDevices(buttons: Readonly<Record<DockDevice, HTMLElement>>, devices: BrowserDevices): void {
  const show = () => {
    for (const device of ['microphone', 'camera'] as const) {
      dressDevice(buttons[device], device, devices.facts(device));
    }
  };
  for (const device of ['microphone', 'camera'] as const) {
    buttons[device].addEventListener('click', () => {
      if (devices.state()[device]) devices.switchOff(device);
      else devices.switchOn(device);
    });
  }
  devices.subscribe(show);
  show();
}
