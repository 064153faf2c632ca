import { describe, expect, test } from 'vitest';
import type { SettingsStore } from '../../src/notifications/notifications.types.ts';
import { checkStore, SavedSettings } from '../../src/notifications/saved-settings.ts';
import type { SomeSettings } from '../../src/notifications/settings.rules.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));
const chosen: SomeSettings = { refused: 'off' };

/** What is read from a store, at once and after a while; and writing throws nothing. */
async function readFrom(store: unknown): Promise<SomeSettings[]> {
  const saved = new SavedSettings(store as SettingsStore, 'hana');
  const read: SomeSettings[] = [];
  saved.read((settings) => void read.push(settings));
  saved.write(() => chosen);
  await settled();
  return read;
}

describe('settings that are kept', () => {
  test('are those of one host, and a Map is a store', async () => {
    const store = new Map<string, string>();
    new SavedSettings(store, 'hana').write(() => chosen);
    expect([...store]).toEqual([['meeting-notice/notifications/hana', '{"refused":"off"}']]);
    expect(await readFrom(store)).toEqual([chosen]);
    const other: SomeSettings[] = [];
    new SavedSettings(store, 'cora').read((settings) => void other.push(settings));
    expect(other).toEqual([{}]);
  });

  test('are read from a store that answers later, and nothing is written over them before that', async () => {
    let answer: (text: string) => void = () => {};
    const written: string[] = [];
    const store: SettingsStore = {
      get: () => new Promise((resolve) => (answer = resolve)),
      set: async (_, value) => void written.push(value),
    };
    const saved = new SavedSettings(store, 'hana');
    let all: SomeSettings = { digestSeconds: 5 };
    saved.read((settings) => {
      all = { ...settings, ...all };
    });
    saved.write(() => all);
    await settled();
    expect(written).toEqual([]);
    answer(JSON.stringify({ refused: 'off', digestSeconds: 60 }));
    await settled();
    expect(written).toEqual(['{"refused":"off","digestSeconds":5}']);
  });

  test.each<[string, unknown]>([
    ['throws', { get: () => fail(), set: () => fail() }],
    ['rejects', { get: () => Promise.reject(new Error('no')), set: () => Promise.reject(new Error('full')) }],
    ['is full', { get: () => null, set: () => fail() }],
    ['hangs', { get: () => new Promise(() => {}), set: () => new Promise(() => {}) }],
    ['makes up text', { get: () => '{"refused":"loud","x":', set: () => {} }],
    ['makes up things', { get: () => ({ refused: 'off' }), set: () => 3 }],
    ['lies about promises', { get: () => ({ then: () => fail() }), set: () => ({ then: () => fail() }) }],
    ['is none', {}],
  ])('[G9] a store that %s changes nothing, throws nothing and leaves no rejection', async (_, store) => {
    const unhandled: unknown[] = [];
    const hear = (error: unknown) => void unhandled.push(error);
    process.on('unhandledRejection', hear);
    const read = await readFrom(store);
    await settled();
    process.off('unhandledRejection', hear);
    expect(read.every((settings) => Object.keys(settings).length === 0)).toBe(true);
    expect(unhandled).toEqual([]);
  });

  test('a store without its methods is misuse', () => {
    const message = 'createSession: notifications.store must have the methods get(key) and set(key, value).';
    expect(() => checkStore({ get: () => null })).toThrow(new TypeError(message));
    expect(() => checkStore(undefined)).not.toThrow();
    expect(() => checkStore(new Map())).not.toThrow();
  });
});

function fail(): never {
  throw new Error('broken');
}
