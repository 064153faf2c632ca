import { initialsOf } from 'meeting-notice/browser';
import { icon } from './icons.ts';
import type { DeviceStates } from './mesh.ts';

export interface Tile {
  readonly key: string;
  readonly name: string;
  readonly stream: MediaStream;
  readonly devices: DeviceStates;
  /** What a camera that is off means for a phone: nothing to show. */
  readonly note?: string;
}

interface Shown {
  readonly element: HTMLElement;
  readonly video: HTMLVideoElement;
  readonly label: HTMLElement;
  readonly initials: HTMLElement;
}

/** The pictures of the people. Nothing is heard until the person asks for sound. */
export class Tiles {
  readonly #list: HTMLElement;
  readonly #shown = new Map<string, Shown>();
  #isLoud = false;

  constructor(list: HTMLElement) {
    this.#list = list;
  }

  show(tile: Tile, isOwn = false): void {
    const shown = this.#shown.get(tile.key) ?? this.#add(tile.key, isOwn);
    const { element, video, label, initials } = shown;
    element.dataset.camera = tile.devices.camera && tile.stream.getVideoTracks().length > 0 ? 'on' : 'off';
    element.dataset.picture = tile.devices.screen ? 'screen' : 'camera';
    if (video.srcObject !== tile.stream) video.srcObject = tile.stream;
    video.play().catch(() => undefined);
    const words = document.createElement('span');
    words.textContent = tile.note ? `${tile.name} · ${tile.note}` : tile.name;
    const muted = document.createElement('span');
    muted.className = 'unseen';
    muted.textContent = ' microphone off';
    label.replaceChildren(...(tile.devices.microphone ? [words] : [icon('microphone', true), words, muted]));
    initials.textContent = initialsOf(tile.name);
  }

  remove(key: string): void {
    const shown = this.#shown.get(key);
    if (!shown) return;
    shown.video.srcObject = null;
    shown.element.remove();
    this.#shown.delete(key);
  }

  setLoud(isLoud: boolean): void {
    this.#isLoud = isLoud;
    for (const { element, video } of this.#shown.values()) video.muted = element.dataset.own === 'true' || !isLoud;
  }

  clear(): void {
    for (const key of [...this.#shown.keys()]) this.remove(key);
  }

  #add(key: string, isOwn: boolean): Shown {
    const element = Object.assign(document.createElement('li'), { className: 'tile' });
    element.dataset.own = String(isOwn);
    const video = Object.assign(document.createElement('video'), { playsInline: true, autoplay: true });
    video.muted = isOwn || !this.#isLoud;
    video.setAttribute('aria-hidden', 'true');
    const initials = Object.assign(document.createElement('div'), { className: 'initials' });
    initials.setAttribute('aria-hidden', 'true');
    const label = Object.assign(document.createElement('div'), { className: 'label' });
    element.append(video, initials, label);
    this.#list.append(element);
    const shown = { element, video, label, initials };
    this.#shown.set(key, shown);
    return shown;
  }
}
