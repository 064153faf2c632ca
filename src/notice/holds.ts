import { attempt } from '../core/attempt.ts';
import type { Device, Purpose, RecordingId } from '../participants/participants.types.ts';
import type { DeviceController, HoldReason } from './notice.types.ts';

/** One reason to keep devices off. */
export interface Hold {
  readonly purpose: Purpose;
  readonly recordingId: RecordingId;
  readonly devices: readonly Device[];
  readonly because: HoldReason;
  readonly endsInMs?: number;
}

/** How a hold ended: by one's own act, which gives back what one had, or in any other way, which only offers it. */
export type HoldEnd = 'answered' | 'acknowledged' | 'capture-ended' | 'left';

export interface HoldChange extends Omit<Hold, 'because'> {
  readonly held: boolean;
  readonly because: HoldReason | HoldEnd;
  readonly restore: readonly Device[];
}

/**
 * Keeps one's own devices off while a hold lasts (G13). Holds are combined: a device is free when the last hold on it
 * ends. What was on before the first hold is remembered through nested ones; only an own act gives it back.
 */
export class Holds {
  readonly #devices: DeviceController | undefined;
  readonly #changed: (change: HoldChange) => void;
  readonly #failed: (error: unknown) => void;
  /** The controller threw when it was to hold: nobody may rely on its devices being off. */
  #isBroken = false;
  readonly #holds = new Map<string, Hold>();
  #before: readonly Device[] = [];
  #offered: readonly Device[] = [];

  /** `failed` hears what the controller throws: neither a notice nor an answer waits for it (G3, G9). */
  constructor(
    devices: DeviceController | undefined,
    changed: (change: HoldChange) => void,
    failed: (error: unknown) => void,
  ) {
    this.#devices = devices;
    this.#changed = changed;
    this.#failed = failed;
  }

  /** The hold to show: the latest. */
  get current(): { devices: readonly Device[]; because: HoldReason; restore: readonly Device[] } | null {
    const latest = [...this.#holds.values()].at(-1);
    return latest ? { devices: this.#held(), because: latest.because, restore: this.#before } : null;
  }

  /** What an ended hold would give back, and its person has not switched on since. */
  get offered(): readonly Device[] {
    return this.#offered;
  }

  has(key: string): boolean {
    return this.#holds.has(key);
  }

  recordingOf(key: string): RecordingId | undefined {
    return this.#holds.get(key)?.recordingId;
  }

  purposeOf(key: string): Purpose | undefined {
    return this.#holds.get(key)?.purpose;
  }

  /** Whether devices are really off for this recording. */
  isHolding(recordingId: RecordingId): boolean {
    if (!this.#devices || this.#isBroken) return false;
    for (const hold of this.#holds.values()) if (hold.recordingId === recordingId) return true;
    return false;
  }

  begin(key: string, hold: Hold): void {
    const known = this.#holds.get(key);
    if (known && isSame(known, hold)) return;
    if (this.#holds.size === 0) {
      this.#before = this.#on(hold.devices);
      this.#offered = [];
    } else this.#before = [...new Set([...this.#before, ...this.#on(hold.devices)])];
    this.#holds.set(key, hold);
    attempt(() => {
      this.#isBroken = true;
      this.#devices?.hold(hold.devices);
      this.#isBroken = false;
    }, this.#failed);
    this.#changed({ ...hold, held: true, restore: this.#before });
  }

  end(key: string, how: HoldEnd): void {
    const hold = this.#holds.get(key);
    if (!hold) return;
    this.#holds.delete(key);
    const still = this.#held();
    const freed = hold.devices.filter((device) => !still.includes(device));
    const had = freed.filter((device) => this.#before.includes(device));
    const isOwnAct = how === 'answered' || how === 'acknowledged';
    this.#before = this.#before.filter((device) => still.includes(device));
    if (!isOwnAct) this.#offered = [...new Set([...this.#offered, ...had])];
    if (freed.length > 0) attempt(() => this.#devices?.release(freed, isOwnAct ? had : []), this.#failed);
    this.#changed({ ...hold, devices: freed, held: false, because: how, restore: had });
  }

  endAll(how: HoldEnd): void {
    for (const key of [...this.#holds.keys()]) this.end(key, how);
  }

  /** A device was switched on by hand: it is offered no more. */
  switchedOn(state: Readonly<Record<Device, boolean>>): boolean {
    const left = this.#offered.filter((device) => !state[device]);
    if (left.length === this.#offered.length) return false;
    this.#offered = left;
    return true;
  }

  #on(devices: readonly Device[]): Device[] {
    const state = attempt(() => this.#devices?.state(), this.#failed);
    return state ? devices.filter((device) => state[device]) : [];
  }

  #held(): Device[] {
    return [...new Set([...this.#holds.values()].flatMap((hold) => hold.devices))];
  }
}

function isSame(a: Hold, b: Hold): boolean {
  return a.recordingId === b.recordingId && a.because === b.because && a.devices.join() === b.devices.join();
}
