import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type HoldChange, type HoldEnd, Holds } from '../../src/notice/holds.ts';
import type { Device } from '../../src/participants/participants.types.ts';
import { simulatedDevices } from '../../src/simulator/simulated-devices.ts';

const hold = (recordingId: string, devices: readonly Device[] = ['microphone', 'camera', 'screen']) => ({
  purpose: 'recording',
  recordingId,
  devices,
  because: 'unanswered' as const,
});

/** Real simulated devices with microphone and camera on, and the holds over them. */
function held() {
  const changes: HoldChange[] = [];
  const devices = simulatedDevices({ changed: () => {}, held: () => {} });
  const holds = new Holds(
    devices.controller,
    (change) => changes.push(change),
    () => {},
  );
  const on = () => (['microphone', 'camera', 'screen'] as const).filter((device) => devices.isOn(device));
  return { holds, devices, changes, on };
}

describe('[G13] a hold', () => {
  test('keeps devices off, and gives back what one had on when one answers', () => {
    const { holds, changes, on } = held();
    holds.begin('policy', hold('r'));
    expect([on(), holds.current?.restore, holds.isHolding('r')]).toEqual([[], ['microphone', 'camera'], true]);
    holds.end('policy', 'answered');
    expect([on(), holds.current, holds.offered]).toEqual([['microphone', 'camera'], null, []]);
    expect(changes.map(({ held: is, because, restore }) => [is, because, restore])).toEqual([
      [true, 'unanswered', ['microphone', 'camera']],
      [false, 'answered', ['microphone', 'camera']],
    ]);
  });

  test('that ends by itself leaves devices off and offers what one had, until it is switched on by hand', () => {
    const { holds, devices, on } = held();
    holds.begin('policy', hold('r'));
    holds.end('policy', 'capture-ended');
    expect([on(), holds.offered]).toEqual([[], ['microphone', 'camera']]);
    devices.switchTo('microphone', true);
    expect(holds.switchedOn(devices.controller.state())).toBe(true);
    expect([on(), holds.offered]).toEqual([['microphone'], ['camera']]);
    expect(holds.switchedOn(devices.controller.state())).toBe(false);
  });

  test('never lifts a moderator’s lock, and the end of a lock lifts no hold', () => {
    const { holds, devices, on } = held();
    holds.begin('policy', hold('r'));
    devices.lock('microphone', true);
    holds.end('policy', 'answered');
    expect(on()).toEqual(['camera']);
    holds.begin('policy', hold('r'));
    devices.lock('microphone', false);
    expect(on()).toEqual([]);
  });

  test('within another remembers the devices from before the first, and frees only what none holds any more', () => {
    const { holds, on, changes } = held();
    holds.begin('policy', hold('r', ['microphone']));
    holds.begin('withdrawing', hold('r'));
    holds.end('policy', 'answered');
    expect([on(), changes.at(-1)?.devices, changes.at(-1)?.restore]).toEqual([[], [], []]);
    holds.end('withdrawing', 'acknowledged');
    expect(on()).toEqual(['microphone', 'camera']);
  });

  test('that is told of twice is one', () => {
    const { holds, changes } = held();
    holds.begin('policy', hold('r'));
    holds.begin('policy', hold('r'));
    expect(changes).toHaveLength(1);
  });

  test('of a client without devices is told to its UI and confirms nothing to whoever decides', () => {
    const changes: HoldChange[] = [];
    const holds = new Holds(
      undefined,
      (change) => changes.push(change),
      () => {},
    );
    holds.begin('policy', hold('r'));
    expect([holds.isHolding('r'), changes.map(({ devices, restore }) => [devices, restore])]).toEqual([
      false,
      [[['microphone', 'camera', 'screen'], []]],
    ]);
    holds.endAll('left');
    expect(holds.current).toBeNull();
  });

  type Step =
    | { do: 'begin'; key: string; devices: Device[] }
    | { do: 'end'; key: string; how: HoldEnd }
    | { do: 'switch' | 'lock'; device: Device; on: boolean };
  const key = fc.constantFrom('policy', 'withdrawing', 'other');
  const device = fc.constantFrom<Device>('microphone', 'camera', 'screen');
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({
      do: fc.constant('begin' as const),
      key,
      devices: fc.uniqueArray(device, { minLength: 1 }),
    }),
    fc.record({
      do: fc.constant('end' as const),
      key,
      how: fc.constantFrom<HoldEnd>('answered', 'acknowledged', 'capture-ended', 'left'),
    }),
    fc.record({ do: fc.constantFrom('switch' as const, 'lock' as const), device, on: fc.boolean() }),
  );

  test('whatever is nested and however it ends: nothing held is on, nothing is on that was not on by hand before', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { holds, devices, on } = held();
        const open = new Map<string, Device[]>();
        const byHand = new Set<Device>(['microphone', 'camera']);
        for (const each of steps) {
          if (each.do === 'begin') {
            if (open.has(each.key)) continue;
            open.set(each.key, each.devices);
            holds.begin(each.key, hold(each.key, each.devices));
          } else if (each.do === 'end') {
            open.delete(each.key);
            holds.end(each.key, each.how);
          } else if (each.do === 'lock') devices.lock(each.device, each.on);
          else if (!devices.switchTo(each.device, each.on)) {
            if (each.on) byHand.add(each.device);
            else byHand.delete(each.device);
          }
          const mayNot = [...open.values()].flat();
          expect(on().filter((one) => mayNot.includes(one))).toEqual([]);
          expect(on().filter((one) => !byHand.has(one))).toEqual([]);
        }
      }),
    );
  });
});
