import { durationMs } from '../core/durations.ts';
import type { ParticipantId } from '../participants/participants.types.ts';
import type { HistoryEvent, StepOutcome } from './history.types.ts';
import type { Act } from './parsed.types.ts';
import type { SimulatedDevices } from './simulated-devices.ts';
import type { SimulatedFocus } from './simulated-focus.ts';
import type { SimulatedProcess } from './simulated-process.ts';

/** What somebody has before them. */
interface Person {
  readonly id: ParticipantId;
  readonly devices: SimulatedDevices;
  readonly focus: SimulatedFocus;
  readonly process: SimulatedProcess;
  readonly devicesOf: (id: ParticipantId) => SimulatedDevices | undefined;
  readonly record: (event: HistoryEvent) => void;
}

/** What a person does to their machine, devices and windows, whatever client runs there; `undefined` for all else. */
export function doByHand(
  act: Act,
  { id, devices, focus, process, devicesOf, record }: Person,
): StepOutcome | undefined {
  switch (act.does) {
    case 'switchesOn':
    case 'switchesOff': {
      const code = devices.switchTo(act.device, act.does === 'switchesOn');
      return code ? { outcome: 'denied', code } : { outcome: 'done' };
    }
    case 'moderatorLocks':
    case 'moderatorUnlocks': {
      const locked = act.does === 'moderatorLocks';
      devicesOf(act.whom)?.lock(act.device, locked);
      record({ kind: 'lock', participant: act.whom, device: act.device, locked });
      return { outcome: 'done' };
    }
    case 'losesFocus':
    case 'regainsFocus': {
      const state = act.does === 'losesFocus' ? 'lost' : 'focused';
      record({ kind: 'focus', participant: id, state });
      focus.turn(state);
      return { outcome: 'done' };
    }
    case 'clockJumps':
      process.jump(durationMs(act.by) ?? 0);
      return { outcome: 'done' };
    default:
      return undefined;
  }
}
