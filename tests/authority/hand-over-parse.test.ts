import { describe, expect, test } from 'vitest';
import { inheritedFrom, parseHandedOver } from '../../src/authority/hand-over.parse.ts';
import { handedOver } from './handed-over.ts';

/** What a purpose that lives without a recording has none of. */
const ofRecordingsAlone = ['live', 'request', 'state', 'context', 'included'];

type Json = { [key: string]: Json } | readonly Json[] | string | number | boolean | null;
type Path = readonly (string | number)[];

const recordingId = '0123456789abcdef';
const { own } = handedOver;
/** All of it: what may be asked of a recording besides, a purpose that lives alone, and what a ledger, transcripts and attention hold. */
const everything = {
  ...handedOver,
  attention: { id: 'e1', by: { participantId: 'hana', name: 'Hana' } },
  own: {
    ...own,
    live: {
      ...own.live,
      asked: [['transcription', { by: { participantId: 'cora' }, provider: 'Mitschrift', reason: 'for all' }]],
      only: ['bo'],
    },
  },
  purposes: [
    {
      ...Object.fromEntries(Object.entries(own).filter(([field]) => !ofRecordingsAlone.includes(field))),
      live: {
        recordingId: 'fedcba9876543210',
        purposes: ['live-captions'],
        groups: [['live-captions']],
        by: 'platform',
        seen: false,
      },
    },
  ],
  ledger: {
    head: { n: 7, hash: 'h7' },
    recordings: [
      {
        recordingId,
        purposes: ['recording'],
        status: 'on',
        started: true,
        withoutWaiting: { by: 'hana', reason: 'we begin' },
      },
    ],
    transcripts: [['t1', 'transcribing']],
    people: [
      [
        {
          asked: { [recordingId]: 'n1' },
          unanswered: [`${recordingId} recording expired`],
          captured: [{ recordingId, purpose: 'ai-notes' }],
        },
        ['bo', 'cy'],
      ],
    ],
    said: ['a1'],
    unkept: [{ fact: 'started', recordingId, by: 'platform' }],
  },
  transcripts: {
    transcripts: [
      {
        transcriptId: 't1',
        recordingId,
        state: 'transcribing',
        head: 1,
        ageMs: 9000,
        lagMs: 6000,
        clearance: { latestMs: 900.5, run: [0], everyone: [0, 500], speakers: [['bo', [0, 800.25]]] },
        segments: [{ id: 's1', speaker: 'bo', startMs: 100, endMs: 200, text: 'yes', final: true }],
      },
    ],
    count: 1,
    living: { ageMs: 9000, lagMs: 6000 },
    toGo: [[recordingId, ['dee']]],
    ended: [{ recordingId: 'q', storage: 'cloud' }],
  },
};
const whole = JSON.parse(JSON.stringify(everything)) as Json;
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
    expect(parseHandedOver(JSON.stringify(everything))).toEqual(everything);
    const { own: _, attention, purposes, ledger, transcripts, ...idle } = everything;
    expect(parseHandedOver(JSON.stringify(idle))).toEqual(idle);
    expect(parseHandedOver(JSON.stringify(handedOver))).toEqual(handedOver);
  });

  test('[G8] is what the next to decide begins with, and from whom it is; nonsense is nothing', () => {
    const from = { number: 7, id: 'hana', incarnation: 'x' };
    expect([
      inheritedFrom({ text: JSON.stringify(everything), from }),
      inheritedFrom({ text: '{}', from }),
      inheritedFrom({ text: 'no JSON', from }),
    ]).toEqual([{ how: 'hand-over', state: everything, from }, undefined, undefined]);
  });

  test('[G8] is not taken at all where one place in it is of another kind', () => {
    const nonsense = { not: ['this'] };
    expect(
      places(whole)
        .filter((path) => isTaken(withPlace(path, nonsense)))
        .map(named),
      // What else a fact says that was not kept yet is its ledger's to read.
    ).toEqual(['ledger.unkept.0.recordingId', 'ledger.unkept.0.by']);
    expect(isTaken(nonsense)).toBe(false);
  });

  test('[G8] is not taken where a field is missing, but for those that need not be there', () => {
    const optional = fields.filter((path) => isTaken(withPlace(path, undefined))).map(named);
    expect(optional.toSorted()).toEqual([
      'attention',
      'attention.by',
      'attention.by.name',
      'ended.0.by.name',
      'ended.0.ended',
      'ended.0.ended.code',
      'ended.0.ended.retryable',
      'ledger',
      'ledger.head',
      'ledger.people.0.0.asked.0123456789abcdef',
      'ledger.people.0.0.captured.0.purpose',
      'ledger.recordings.0.withoutWaiting',
      'ledger.unkept',
      'ledger.unkept.0.by',
      'ledger.unkept.0.recordingId',
      'outcomes.0.1.recordingId',
      'own',
      'own.context.request.by.name',
      'own.context.request.storage',
      'own.dueInMs',
      'own.giveUpInMs',
      'own.lastBy',
      'own.live.asked',
      'own.live.asked.0.1.provider',
      'own.live.asked.0.1.reason',
      'own.live.by.name',
      'own.live.only',
      'own.live.reason',
      'own.live.storage',
      'own.remindInMs',
      'own.request.by.name',
      'own.request.storage',
      'own.withoutWaiting',
      'purposes',
      'purposes.0.dueInMs',
      'purposes.0.giveUpInMs',
      'purposes.0.lastBy',
      'purposes.0.remindInMs',
      'purposes.0.withoutWaiting',
      'transcripts',
      'transcripts.ended.0.storage',
      'transcripts.living',
      'transcripts.living.ageMs',
      'transcripts.transcripts.0.ageMs',
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
    ['a purpose of its own that is a recording', ['purposes', 0, 'live', 'purposes'], ['recording']],
    ['a life without a purpose', ['purposes', 0, 'live', 'purposes'], []],
    ['an instant that is none', ['transcripts', 'transcripts', 0, 'clearance', 'run', 0], null],
    ['a reason of a page', ['own', 'live', 'reason'], 'x'.repeat(501)],
    ['a time before the beginning', ['own', 'request', 'leaseMs'], -1],
  ])('[G8] is not taken with %s', (_, path, value) => {
    expect(isTaken(withPlace(path, value))).toBe(false);
  });

  test('[G5] has each transcript in a state in which it can be, and a ledger’s in what is said of them', () => {
    const states = ['off', 'asking', 'askingWhileOn', 'askingWhilePaused', 'settled', 'transcribing', 'paused'];
    const later = ['processing', 'ready', 'failed', 'erased', 'anonymised', 'isolated'];
    const all = [...states, ...later, 'running', ''];
    const taken = (path: Path) => all.filter((state) => isTaken(withPlace(path, state)));
    expect(taken(['transcripts', 'transcripts', 0, 'state'])).toEqual([...states, ...later]);
    expect(taken(['ledger', 'transcripts', 0, 1])).toEqual([...['off', 'asking', 'transcribing', 'paused'], ...later]);
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
