import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import { seededRandom } from '../../src/transport/seeded-random.ts';
import { faultOf, sayingAt } from './policy-fault.ts';

const fields = {
  consent: ['notice', 'acknowledge', 'explicit'],
  start: ['when-everyone-answered', 'at-once'],
  untilAnswered: ['exclude', 'hold'],
  onLateJoin: ['exclude', 'hold', 'lobby', 'pause'],
  onRefusal: ['exclude', 'hold', 'leave', 'veto'],
  onCannotBeAsked: ['announce', 'exclude', 'block'],
  timeoutMs: [null, 60_000],
  onTimeout: ['refused', 'remind'],
  remindEveryMs: [1000, 30_000],
  graceMs: [0, 5000],
  holds: [[], ['microphone']],
  storage: [['cloud'], ['local'], ['cloud', 'local']],
  captureTimeoutMs: [1, 10_000],
} as const;

type Rules = { readonly [F in keyof typeof fields]: (typeof fields)[F][number] };

const random = seededRandom(20_261_125);
const oneOf = (values: readonly unknown[]): unknown => values[Math.floor(random() * values.length)];

/** Many of all combinations: what rows are chosen from. */
const many = Array.from({ length: 4000 }, () =>
  Object.fromEntries(Object.entries(fields).map(([field, values]) => [field, oneOf(values)])),
) as unknown as readonly Rules[];

/** Each two fields of some rules with their values, as one text. */
function pairsOf(rules: Rules): string[] {
  const said = Object.entries(rules).map((entry) => JSON.stringify(entry));
  return said.flatMap((one, place) => said.slice(place + 1).map((other) => `${one} ${other}`));
}

/** Few of these rows, in which each pair of values that is in any of them is in one: the best of the rest, each time. */
function pairwise(rows: readonly Rules[]): readonly Rules[] {
  const candidates = rows.map((rules) => ({ rules, pairs: pairsOf(rules) }));
  const open = new Set(candidates.flatMap(({ pairs }) => pairs));
  const chosen: Rules[] = [];
  while (open.size > 0) {
    const gain = ({ pairs }: { pairs: readonly string[] }) => pairs.filter((pair) => open.has(pair)).length;
    const best = candidates.reduce((one, other) => (gain(other) > gain(one) ? other : one));
    for (const pair of best.pairs) open.delete(pair);
    chosen.push(best.rules);
  }
  return chosen;
}

/** The fields that the contract does not let stand as they are, worked out from its words alone. */
function offendersIn({ start, untilAnswered, onLateJoin, onRefusal, timeoutMs, onTimeout, holds }: Rules): string[] {
  const waits = start === 'when-everyone-answered';
  const holdsSomebody = [untilAnswered, onLateJoin, onRefusal].some((what) => what === 'hold');
  return [
    ...(waits && onTimeout === 'remind' ? ['onTimeout'] : []),
    ...(waits && timeoutMs === null ? ['timeoutMs'] : []),
    ...(holdsSomebody && holds.length === 0 ? ['holds'] : []),
  ];
}

const sensible = many.filter((rules) => offendersIn(rules).length === 0);
const rows = pairwise(many);
const sensibleRows = pairwise(sensible);

/** Each pair of two fields’ values, written down field by field. */
const everyPair = Object.entries(fields).flatMap(([field, values], place, entries) =>
  entries
    .slice(place + 1)
    .flatMap(([otherField, otherValues]) =>
      values.flatMap((value) => otherValues.map((other) => ({ [field]: value, [otherField]: other }))),
    ),
);

const isIn = (pair: object) => (rules: object) =>
  Object.entries(pair).every(([field, value]) => (rules as Record<string, unknown>)[field] === value);

describe('the covering rows', () => {
  it('are of every field that a purpose has', () => {
    expect(Object.keys(fields).sort()).toEqual(Object.keys(parsePolicy('all-party').recording).sort());
  });

  it('hold each pair of values of two fields, and are few', () => {
    expect(everyPair.filter((pair) => !rows.some(isIn(pair)))).toEqual([]);
    expect(rows.length).toBeLessThanOrEqual(30);
  });

  it('hold each pair that can make sense in a row that does, so that none is judged by its company alone', () => {
    const uncovered = everyPair.filter((pair) => !sensibleRows.some(isIn(pair)));
    expect(uncovered).toEqual([
      { start: 'when-everyone-answered', timeoutMs: null },
      { start: 'when-everyone-answered', onTimeout: 'remind' },
      { untilAnswered: 'hold', holds: [] },
      { onLateJoin: 'hold', holds: [] },
      { onRefusal: 'hold', holds: [] },
    ]);
    expect(sensibleRows.length).toBeLessThanOrEqual(30);
  });
});

describe.each(['/recording', '/transcription', '/purposes/ai-notes'])('at %s parsePolicy', (at) => {
  const read = (rules: Rules): unknown => {
    const policy = parsePolicy(sayingAt(at, rules));
    return (
      { '/recording': policy.recording, '/transcription': policy.transcription }[at] ?? policy.purposes['ai-notes']
    );
  };

  it('takes what makes sense, value for value', () => {
    const readers = at === '/transcription' ? { readers: 'hosts' } : {};
    expect(sensibleRows.map(read)).toEqual(sensibleRows.map((rules) => ({ ...rules, ...readers })));
  });

  it('takes or refuses each row as the contract says, and names a field that offends', () => {
    for (const rules of rows) {
      const offenders = offendersIn(rules).map((field) => `${at}/${field}`);
      const fault = faultOf(() => read(rules)) as { readonly code?: string; readonly pointer?: string };
      const names = JSON.stringify(rules);
      if (offenders.length === 0) expect(fault, names).toEqual({ accepted: expect.objectContaining(rules) });
      else expect([fault.code, offenders.includes(fault.pointer ?? '')], names).toEqual(['policy/invalid', true]);
    }
  });
});
