import type { DeviceController } from '../notice/notice.types.ts';
import type { Device } from '../participants/participants.types.ts';
import type { AdapterBench, AdapterCheck } from './adapter-contract.types.ts';

const all: readonly Device[] = ['microphone', 'camera', 'screen', 'chat'];

interface DeviceBench extends AdapterBench {
  readonly devices: DeviceController;
  /** Which are on now. */
  on(): readonly Device[];
}

/** A check of the devices; holds that it leaves are ended, and give back what was on before. */
function check(run: (bench: DeviceBench) => Promise<void>): AdapterCheck {
  return {
    needs: ['devices'],
    async run(bench) {
      const { devices } = bench.adapter;
      if (!devices) throw new Error('The adapter has no devices.');
      const on = () => all.filter((device) => devices.state()[device]);
      const before = on();
      bench.must(before.length > 0, 'at least one device is on in a fresh adapter, for this check');
      try {
        await run({ ...bench, devices, on });
      } finally {
        devices.release(all, before);
      }
    },
  };
}

/** What every device controller and every focus source must do. */
export const deviceChecks: Readonly<Record<string, AdapterCheck>> = {
  'the devices: a hold switches off what it holds, at once, and nothing else': check(
    async ({ devices, on, mustEqual }) => {
      const before = on();
      devices.hold(before.slice(0, 1));
      mustEqual(on(), before.slice(1), 'what is on');
      devices.hold(all);
      mustEqual(on(), [], 'what is on when all are held');
    },
  ),
  'the devices: a release gives back what it is told to, and nothing more': check(
    async ({ devices, on, mustEqual }) => {
      const before = on();
      devices.hold(all);
      devices.release(all, []);
      mustEqual(on(), [], 'what is on after a release that gives nothing back');
      devices.hold(all);
      devices.release(all, before.slice(0, 1));
      mustEqual(on(), before.slice(0, 1), 'what is on after one that gives back one');
    },
  ),
  'the devices: holding twice and releasing twice are as once': check(async ({ devices, on, mustEqual }) => {
    const before = on();
    devices.hold(all);
    devices.hold(all);
    devices.release(all, before);
    mustEqual(on(), before, 'what is on');
    devices.release(all, []);
    mustEqual(on(), before, 'what is on after a second release');
  }),
  'the devices: what is still held is not given back by another’s release': check(
    async ({ devices, on, mustEqual }) => {
      const [first, ...others] = on();
      devices.hold(all);
      devices.release(others, [...(first ? [first] : []), ...others]);
      mustEqual(on(), others, 'what is on');
    },
  ),
  'the devices: a change is told to who listens, and not to who has gone': check(
    async ({ devices, on, until, mustEqual }) => {
      const told: { stays: Device[][]; goes: number } = { stays: [], goes: 0 };
      const endStaying = devices.subscribe((state) => told.stays.push(all.filter((device) => state[device])));
      const end = devices.subscribe(() => {
        told.goes += 1;
      });
      end();
      end();
      devices.hold(all);
      await until('who stays is told', () => told.stays.length > 0);
      endStaying();
      mustEqual(told.stays.at(-1), on(), 'the state that is told');
      mustEqual(told.goes, 0, 'how often who has gone is told');
    },
  ),
  'the focus: is one of three states, and lets a listener go': {
    needs: ['focus'],
    async run({ adapter, must }) {
      const { focus } = adapter;
      const state = focus?.state();
      must(state === 'focused' || state === 'lost' || state === 'cannot-tell', `the state is not ${String(state)}`);
      const end = focus?.subscribe(() => {});
      end?.();
      end?.();
    },
  },
};
