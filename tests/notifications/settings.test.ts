import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NotificationSettings } from '../../src/notifications/notifications.types.ts';
import {
  defaultSettings,
  levelNow,
  notificationKinds,
  notificationLevels,
  settingsFrom,
  settingsRead,
} from '../../src/notifications/settings.rules.ts';

const set = (input: unknown): NotificationSettings => ({ ...defaultSettings, ...settingsFrom(input, 'set') });
const mustLearn = ['recording-failed', 'capture-seen'] as const;
const others = notificationKinds.filter((kind) => !mustLearn.some((each) => each === kind));

describe('the settings of a host', () => {
  test('`all` is for every kind, and a kind that is named goes over it, wherever it stands', () => {
    const settings = set({ refused: 'alert', all: 'off', digestSeconds: 30 });
    expect(others.map((kind) => settings[kind])).toEqual(others.map((kind) => (kind === 'refused' ? 'alert' : 'off')));
    expect([settings.digestSeconds, settings.doNotDisturb, settings.attentionDisplay]).toEqual([30, false, 'icons']);
  });

  test('change what is named and nothing beside, from the shortest digest to the longest', () => {
    expect(Object.keys(settingsFrom({ all: 'off' }, 'set'))).toEqual([...notificationKinds]);
    for (const digestSeconds of [1, 3600]) expect(settingsFrom({ digestSeconds }, 'set')).toEqual({ digestSeconds });
  });

  test('[G7] what a host must learn is never less than normal, by `all`, by its name, or by what was kept', () => {
    for (const level of ['off', 'quiet', 'normal'] as const) {
      for (const input of [{ all: level }, { 'recording-failed': level, 'capture-seen': level }]) {
        const kept = { ...defaultSettings, ...settingsRead(JSON.stringify(input)) };
        expect(mustLearn.map((kind) => set(input)[kind])).toEqual(['normal', 'normal']);
        expect(mustLearn.every((kind) => kept[kind] === 'normal' || kept[kind] === 'alert')).toBe(true);
      }
    }
    expect(mustLearn.map((kind) => set({ all: 'alert' })[kind])).toEqual(['alert', 'alert']);
  });

  test('[G7] do-not-disturb takes what is normal to the list, while sharing or always, and never what must be learned', () => {
    const levels = (doNotDisturb: boolean | 'while-sharing', isSharing: boolean) =>
      (['late-joiner', 'refused', 'recording-failed'] as const).map((kind) =>
        levelNow(set({ all: 'normal', refused: 'alert', doNotDisturb }), kind, isSharing),
      );
    const [disturbed, undisturbed] = [
      ['normal', 'alert', 'normal'],
      ['quiet', 'alert', 'normal'],
    ];
    expect([levels(false, true), levels(true, false), levels('while-sharing', false)]).toEqual([
      disturbed,
      undisturbed,
      disturbed,
    ]);
    expect(levels('while-sharing', true)).toEqual(undisturbed);
  });

  test.each([
    [3, "set must be an object such as { refused: 'alert' }, not 3."],
    [null, "set must be an object such as { refused: 'alert' }, not null."],
    [{ al: 'off' }, 'set: unknown kind "al"; did you mean "all"?'],
    [['off'], 'set must be an object such as { refused: \'alert\' }, not ["off"].'],
    [{ refusd: 'off' }, 'set: unknown kind "refusd"; did you mean "refused"?'],
    [{ toString: 'off' }, 'set: unknown kind "toString"'],
    [{ refused: 'loud' }, 'set: refused must be one of off, quiet, normal, alert, not "loud".'],
    [{ all: null }, 'set: all must be one of off, quiet, normal, alert, not null.'],
    [{ attentionDisplay: 'names' }, 'set: attentionDisplay must be one of icons, count, off, not "names".'],
    [{ doNotDisturb: 'sharing' }, 'set: doNotDisturb must be one of true, false, while-sharing, not "sharing".'],
    [{ digestSeconds: 0 }, 'set: digestSeconds must be a number of seconds from 1 to 3600, not 0.'],
    [{ digestSeconds: 3601 }, 'set: digestSeconds must be a number of seconds from 1 to 3600, not 3601.'],
    [{ digestSeconds: Number.NaN }, 'set: digestSeconds must be a number of seconds from 1 to 3600, not NaN.'],
    [{ digestSeconds: '5' }, 'set: digestSeconds must be a number of seconds from 1 to 3600, not "5".'],
  ])('what cannot be meant is a TypeError that says what was: %j', (input, message) => {
    expect(() => settingsFrom(input, 'set')).toThrow(new TypeError(message));
  });

  test('a field that is undefined is not given', () => {
    expect(settingsFrom({ refused: undefined, all: undefined }, 'set')).toEqual({});
  });

  test('those in force, given back, change nothing', () => {
    expect(set(set({ all: 'quiet', doNotDisturb: true }))).toEqual(set({ all: 'quiet', doNotDisturb: true }));
  });
});

describe('settings that were kept', () => {
  test('each field that makes sense is taken, and all else ignored', () => {
    const text = JSON.stringify({
      refused: 'off',
      withdrawn: 'loud',
      digestSeconds: -1,
      doNotDisturb: true,
      x: 1,
      all: 'off',
    });
    expect(settingsRead(text)).toEqual({ refused: 'off', doNotDisturb: true });
    expect(settingsRead([JSON.stringify({ refused: 'off' })])).toEqual({});
  });

  test('[G9] no text, and nothing that is no text, throws or comes to what is no setting', () => {
    const rubbish = fc.oneof(fc.string(), fc.json(), fc.anything());
    fc.assert(
      fc.property(rubbish, (text) => {
        const settings = { ...defaultSettings, ...settingsRead(text) };
        expect(settingsFrom(settings, 'set')).toEqual(settings);
        expect(notificationKinds.every((kind) => notificationLevels.includes(settings[kind]))).toBe(true);
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});
