import { createHash } from 'node:crypto';
import { OneCopy } from '../../src/authority/one-copy.ts';
import { english } from '../../src/notice/english.ts';
import { regionLaw } from '../../src/policy/law.ts';
import { times } from '../../src/transport/times.ts';

/** A short name for a text; two texts have the same one as good as never (128 bits). */
export const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64').slice(0, 22);

/** The same in every state. */
const constants = new Set<unknown>([english, regionLaw, times]);

/** A timer as the simulated clock hands it out. */
interface Handle {
  readonly at: number;
  readonly order: number;
  readonly run: unknown;
}

/**
 * All that objects hold, as text: two that print the same behave the same from now on. Private fields are in sight where
 * the explorer is built (`rollup.config.mjs` gives `#field` the name `$field`). Functions and what is only kept for speed are left out; an XState actor is
 * its persisted snapshot; of timers count when they are due and in which order they were set. In which order a map or set
 * was filled does not count.
 */
export function printed(roots: readonly object[]): string {
  const places = new Map<object, number>();
  const handles: { readonly handle: Handle; readonly place: number }[] = [];

  function print(value: unknown): string {
    if (typeof value === 'function' || constants.has(value) || value instanceof OneCopy) return '';
    if (typeof value !== 'object' || value === null)
      return typeof value === 'string' ? JSON.stringify(value) : String(value);
    const before = places.get(value);
    if (before !== undefined) return `^${before}`;
    const place = places.size;
    places.set(value, place);
    if (Array.isArray(value)) return `[${value.map(print).join()}]`;
    if (value instanceof Map) {
      const entries = [...value].map(([key, each]) => [typeof key === 'string' ? key : print(key), each] as const);
      if (entries.every(([key]) => !key.startsWith('^'))) entries.sort(([a], [b]) => (a < b ? -1 : 1));
      return `{${entries.map(([key, each]) => `${key}:${print(each)}`).join()}}`;
    }
    if (value instanceof Set) return `(${[...value].map(print).sort().join()})`;
    if (isHandle(value)) {
      handles.push({ handle: value, place });
      return `@${value.run ? value.at : ''}`;
    }
    if ('getPersistedSnapshot' in value && typeof value.getPersistedSnapshot === 'function') {
      return JSON.stringify(value.getPersistedSnapshot());
    }
    return `{${Object.keys(value)
      .map((key) => [key, print((value as Record<string, unknown>)[key])] as const)
      .filter(([, text]) => text !== '')
      .map(([key, text]) => `${key}:${text}`)
      .join()}}`;
  }

  const text = roots.map(print).join(';');
  const inOrder = handles
    .filter(({ handle }) => handle.run)
    .sort((a, b) => a.handle.at - b.handle.at || a.handle.order - b.handle.order);
  return `${text} ${inOrder.map(({ place }) => place).join()}`;
}

const isHandle = (value: object): value is Handle => 'at' in value && 'order' in value && 'run' in value;
