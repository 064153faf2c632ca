import { describe, expect, test } from 'vitest';
import { parseHandedOver } from '../../src/authority/hand-over.parse.ts';
import { handedOver } from './handed-over.ts';

type Json = { [key: string]: Json } | readonly Json[] | string | number | boolean | null;
type Path = readonly (string | number)[];

const whole = JSON.parse(JSON.stringify(handedOver)) as Json;
const isTaken = (state: unknown): boolean => parseHandedOver(JSON.stringify(state)) !== undefined;

/** The whole, with one place of it changed; `undefined` leaves it out. */
function withPlace(path: Path, value: unknown, within: unknown = whole): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const copy = (Array.isArray(within) ? [...within] : { ...(within as object) }) as Record<string | number, unknown>;
  const changed = withPlace(rest, value, copy[key]);
  if (changed === undefined) delete copy[key];
  else copy[key] = changed;
  return copy;
}

/** Every place there is in it, but inside the policy, which is parsed as everywhere. */
function places(value: Json, path: Path = []): Path[] {
  if (path[0] === 'policy' && path.length > 0) return [path];
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value as object).flatMap(([key, each]) =>
    places(each as Json, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inner : [path, ...inner];
}

const named = (path: Path): string => path.join('.');
const fields = places(whole).filter((path) => typeof path.at(-1) === 'string');

describe('what is handed over', () => {
  test('[G8] is taken with every field there is', () => {
    expect(parseHandedOver(JSON.stringify(handedOver))).toEqual(handedOver);
    const { own: _, ...idle } = handedOver;
    expect(parseHandedOver(JSON.stringify(idle))).toEqual(idle);
  });

  test('[G8] is not taken at all where one place in it is of another kind', () => {
    const nonsense = { not: 'this' };
    expect(
      places(whole)
        .filter((path) => isTaken(withPlace(path, nonsense)))
        .map(named),
    ).toEqual([]);
    expect(isTaken(nonsense)).toBe(false);
  });

  test('[G8] is not taken where a field is missing, but for those that need not be there', () => {
    const optional = fields.filter((path) => isTaken(withPlace(path, undefined))).map(named);
    expect(optional.toSorted()).toEqual([
      'outcomes.0.1.recordingId',
      'own',
      'own.context.request.by.name',
      'own.context.request.storage',
      'own.dueInMs',
      'own.giveUpInMs',
      'own.lastBy',
      'own.live.by.name',
      'own.live.reason',
      'own.live.storage',
      'own.remindInMs',
      'own.request.by.name',
      'own.request.storage',
      'own.withoutWaiting',
    ]);
  });

  test('[G8] is taken in the states in which a recording can go on, and in no other', () => {
    const states = ['off', 'asking', 'holding', 'starting', 'on', 'pausing', 'paused', 'resuming', 'stopping'];
    expect(states.filter((state) => isTaken(withPlace(['own', 'state'], state)))).toEqual(['asking', 'on', 'paused']);
  });

  test.each<[string, Path, unknown]>([
    ['a recording of no recording', ['own', 'live', 'purposes'], ['transcription']],
    ['a purpose that is the prototype', ['own', 'purposesOn'], ['__proto__']],
    ['half a revision', ['own', 'rosters', 0, 1, 0, 1], 1.5],
    ['a pair of one', ['own', 'reminded', 0], ['cy']],
    ['a person without a name', ['own', 'included'], ['']],
    ['a reason of a page', ['own', 'live', 'reason'], 'x'.repeat(501)],
    ['a time before the beginning', ['own', 'request', 'leaseMs'], -1],
  ])('[G8] is not taken with %s', (_, path, value) => {
    expect(isTaken(withPlace(path, value))).toBe(false);
  });

  test('[G8] may have times that are over already', () => {
    expect(isTaken(withPlace(['own', 'dueInMs'], -20))).toBe(true);
    expect(isTaken(withPlace(['own', 'deadlinesInMs', 0, 1], -20))).toBe(true);
  });

  test('[G8] may name a capture of the platform, how a request ended, and that nobody has asked for it yet', () => {
    expect(isTaken(withPlace(['own', 'live', 'controlled'], true))).toBe(true);
    expect(isTaken(withPlace(['own', 'context', 'request'], null))).toBe(true);
    const ended = withPlace(
      ['own', 'context', 'code'],
      'capture/failed',
      withPlace(['own', 'context', 'outcome'], 'failed'),
    );
    expect(isTaken(ended)).toBe(true);
    expect(isTaken(withPlace(['own', 'context', 'outcome'], 'forgotten'))).toBe(false);
  });

  test('[G9] never throws, whatever it is', () => {
    expect(['', 'x', '{', 'null', '[]', '7'].map(parseHandedOver)).toEqual(Array(6).fill(undefined));
  });
});
