import { describe, expect, test } from 'vitest';
import {
  type DeviceEvent,
  type DeviceFacts,
  deviceAtStart,
  factsAfter,
  isSending,
} from '../../../src/browser/devices.rules.ts';

const factsOf = (...events: readonly DeviceEvent[]): DeviceFacts => events.reduce(factsAfter, deviceAtStart);
const on: DeviceEvent = { type: 'switched-on' };
const off: DeviceEvent = { type: 'switched-off' };
const lock: DeviceEvent = { type: 'locked' };
const unlock: DeviceEvent = { type: 'unlocked' };
const hold: DeviceEvent = { type: 'held' };
const release = (restore: boolean): DeviceEvent => ({ type: 'released', restore });

describe('one device', () => {
  test('[G13] begins off, and neither locked nor held', () => {
    expect(deviceAtStart).toEqual({ on: false, locked: false, held: false, declined: false });
  });

  test.each([
    ['switched on sends', [on], { on: true }, true],
    ['switched off does not', [on, off], {}, false],
    ['locked is off, and cannot be switched on', [on, lock, on], { locked: true }, false],
    ['unlocked stays off until its person switches it on', [on, lock, unlock], {}, false],
    ['unlocked can be switched on', [lock, unlock, on], { on: true }, true],
    ['held is off, and cannot be switched on', [on, hold, on], { held: true }, false],
    ['a hold answered gives back', [on, hold, release(true)], { on: true }, true],
    ['a hold ended otherwise leaves it off', [on, hold, release(false)], {}, false],
    ['the end of a hold does not switch off what is on', [on, release(false)], { on: true }, true],
    ['declined while held is not given back', [hold, off, release(true)], {}, false],
    [
      'declined once is given back by the next hold',
      [hold, off, release(true), hold, release(true)],
      { on: true },
      true,
    ],
    ['declining is of a hold only', [off, hold, release(true)], { on: true }, true],
    ['a hold that ends leaves the lock', [hold, lock, release(true)], { locked: true }, false],
    ['a lock that ends leaves the hold', [lock, hold, unlock], { held: true }, false],
    ['what was locked at the end of its hold is not given back later', [hold, lock, release(true), unlock], {}, false],
    [
      'what was declined is kept through a lock',
      [hold, off, lock],
      { locked: true, held: true, declined: true },
      false,
    ],
  ] as const)('[G13] %s', (_, events, facts, sends) => {
    const now = factsOf(...events);
    expect(now).toEqual({ ...deviceAtStart, ...facts });
    expect(isSending(now)).toBe(sends);
  });

  test('[G13] sends only if it is on and neither locked nor held', () => {
    for (const locked of [false, true]) {
      for (const held of [false, true]) {
        expect(isSending({ on: true, locked, held, declined: false })).toBe(!locked && !held);
        expect(isSending({ on: false, locked, held, declined: false })).toBe(false);
      }
    }
  });

  test('an event that changes nothing gives the very same facts', () => {
    for (const events of [[on, on], [off], [lock, lock], [unlock], [hold, hold], [lock, on], [release(false)]]) {
      const before = factsOf(...events.slice(0, -1));
      expect(factsAfter(before, events.at(-1) as DeviceEvent)).toBe(before);
    }
  });
});
