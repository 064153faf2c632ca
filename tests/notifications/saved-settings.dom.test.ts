import { afterEach, expect, test } from 'vitest';
import { SavedSettings } from '../../src/notifications/saved-settings.ts';
import type { SomeSettings } from '../../src/notifications/settings.rules.ts';

function read(): SomeSettings[] {
  const found: SomeSettings[] = [];
  new SavedSettings(undefined, 'hana').read((settings) => void found.push(settings));
  return found;
}

const { localStorage } = window;
afterEach(() => Object.defineProperty(window, 'localStorage', { value: localStorage, configurable: true }));

test('a browser keeps the settings of each host in its localStorage', () => {
  new SavedSettings(undefined, 'hana').write(() => ({ refused: 'off' }));
  expect([window.localStorage.getItem('meeting-notice/notifications/hana'), read()]).toEqual([
    '{"refused":"off"}',
    [{ refused: 'off' }],
  ]);
});

test('[G9] a window that lets nobody at its localStorage changes nothing', () => {
  Object.defineProperty(window, 'localStorage', {
    configurable: true,
    get: () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    },
  });
  expect(read()).toEqual([{}]);
  expect(() => new SavedSettings(undefined, 'hana').write(() => ({ refused: 'off' }))).not.toThrow();
});
