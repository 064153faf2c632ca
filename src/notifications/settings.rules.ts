import { frozen } from '../core/frozen.ts';
import { didYouMean } from '../core/nearest.ts';
import type { NotificationKind } from '../notice/notice.types.ts';
import type { AttentionDisplay, NotificationLevel, NotificationSettings } from './notifications.types.ts';

/** The levels, the quietest first. */
export const notificationLevels: readonly NotificationLevel[] = ['off', 'quiet', 'normal', 'alert'];

/** The ways in which a host may see who is away. */
export const attentionDisplays: readonly AttentionDisplay[] = ['icons', 'count', 'off'];

/** The least and the most that `digestSeconds` may be. */
export const digestSecondsRange = { least: 1, most: 3600 } as const;

/** How a host is told who has set nothing. */
export const defaultSettings: NotificationSettings = frozen({
  pending: 'normal',
  refused: 'normal',
  withdrawn: 'normal',
  expired: 'normal',
  'late-joiner': 'normal',
  'recording-failed': 'alert',
  'capture-seen': 'alert',
  attention: 'normal',
  'transcript-ready': 'normal',
  'right-exercised': 'normal',
  attentionDisplay: 'icons',
  doNotDisturb: false,
  digestSeconds: 10,
});

/** Settings, or some of them. */
export type SomeSettings = Partial<NotificationSettings>;

type Field = keyof NotificationSettings;

const fields = Object.keys(defaultSettings) as readonly Field[];
const optionNames: readonly string[] = ['attentionDisplay', 'doNotDisturb', 'digestSeconds'];

/** Every kind that a host can be told of. */
export const notificationKinds = fields.filter((field) => !optionNames.includes(field)) as readonly NotificationKind[];

/** What a host must learn (G7, G10): it is never less than `normal`, is not held back, and goes through do-not-disturb. */
export const mustBeLearned = (kind: NotificationKind): boolean =>
  kind === 'recording-failed' || kind === 'capture-seen';

/**
 * What `input` changes, with `all` spread over the kinds. `recording-failed` and `capture-seen` are never less than
 * `normal`: a lower level, by `all` or by their name, becomes that, as the settings in force then show.
 *
 * @throws TypeError for what cannot be meant; `call` says where it was given.
 */
export function settingsFrom(input: unknown, call: string): SomeSettings {
  const given = objectFrom(input);
  if (!given) throw new TypeError(`${call} must be an object such as { refused: 'alert' }, not ${shown(input)}.`);
  const names = Object.keys(given).filter((name) => given[name] !== undefined);
  for (const name of names) {
    if (name !== 'all' && !isField(name)) {
      throw new TypeError(`${call}: unknown kind ${JSON.stringify(name)}${didYouMean(name, ['all', ...fields])}`);
    }
    const expected = expectedOf(name as Field | 'all');
    if (!expected.fits(given[name])) {
      throw new TypeError(`${call}: ${name} must be ${expected.words}, not ${shown(given[name])}.`);
    }
  }
  return chosen(given, names);
}

/** What of a text is settings: each field that makes sense. Whatever else stands there is ignored. */
export function settingsRead(text: unknown): SomeSettings {
  const given = objectFrom(parsed(text)) ?? {};
  return chosen(
    given,
    fields.filter((field) => Object.hasOwn(given, field) && expectedOf(field).fits(given[field])),
  );
}

/** How loudly one kind is told now: do-not-disturb takes what is `normal` to the list alone. */
export function levelNow(
  settings: NotificationSettings,
  kind: NotificationKind,
  isSharing: boolean,
): NotificationLevel {
  const { [kind]: level, doNotDisturb } = settings;
  const isUndisturbed = doNotDisturb === true || (doNotDisturb === 'while-sharing' && isSharing);
  return level === 'normal' && isUndisturbed && !mustBeLearned(kind) ? 'quiet' : level;
}

function chosen(given: Readonly<Record<string, unknown>>, names: readonly string[]): SomeSettings {
  const levels = names.includes('all') ? notificationKinds.map((kind) => [kind, given['all']]) : [];
  const named = names.filter((name) => name !== 'all').map((name) => [name, given[name]]);
  const settings = Object.fromEntries([...levels, ...named]) as Record<string, unknown>;
  for (const kind of notificationKinds) {
    const isTooLow = settings[kind] === 'off' || settings[kind] === 'quiet';
    if (isTooLow && mustBeLearned(kind)) settings[kind] = 'normal';
  }
  return settings as SomeSettings;
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

const isField = (name: string): name is Field => Object.hasOwn(defaultSettings, name);

interface Expected {
  readonly words: string;
  readonly fits: (value: unknown) => boolean;
}

const oneOf = (words: readonly unknown[]): Expected => ({
  words: `one of ${words.join(', ')}`,
  fits: (value) => words.includes(value),
});

function expectedOf(name: Field | 'all'): Expected {
  const { least, most } = digestSecondsRange;
  switch (name) {
    case 'attentionDisplay':
      return oneOf(attentionDisplays);
    case 'doNotDisturb':
      return oneOf([true, false, 'while-sharing']);
    case 'digestSeconds':
      return {
        words: `a number of seconds from ${least} to ${most}`,
        fits: (value) => typeof value === 'number' && value >= least && value <= most,
      };
    default:
      return oneOf(notificationLevels);
  }
}

function objectFrom(value: unknown): Record<string, unknown> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : undefined;
}

const shown = (value: unknown): string =>
  typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
