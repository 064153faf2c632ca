/** Values of every type, few of which are right at any one place. */
const values: readonly unknown[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  0.5,
  1.01,
  29_999,
  1e21,
  '',
  'nonsense',
  'n'.repeat(501),
  '__proto__',
  '30s',
  '30 s',
  '-1s',
  '1.s',
  '1h\n',
  'bo',
  '*',
  'platform',
  'network',
  'recording',
  'hold',
  'gdpr',
  'locked',
  'recording.nonsense',
  'purposes.ai-notes.nonsense',
  [],
  ['nonsense'],
  [null],
  [1, 2],
  [2, 1],
  [1, 2, 3],
  {},
  { nonsense: 1 },
];

/** What is close to a value, and mostly wrong. */
function near(value: unknown): readonly unknown[] {
  if (typeof value === 'string') return [`${value}s`, value.toUpperCase(), ` ${value}`, [value]];
  if (typeof value === 'number') return [-value, value + 0.5, String(value), [value]];
  if (Array.isArray(value)) return [[...value, 'nonsense'], [...value, null], [...value, ...value], { ...value }];
  return [[value]];
}

/** A field that no object has, one that every object inherits, and one that is dangerous. */
const unknownFields = ['unheardOf', 'toString', 'constructor', '__proto__'];

/** Every document that differs from this one in one place, with where and how. */
export function* mutants(value: unknown): Generator<readonly [what: string, mutant: unknown]> {
  for (const other of [...values, ...near(value)]) yield [` = ${JSON.stringify(other)}`, other];
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield [`/${index} is dropped`, value.toSpliced(index, 1)];
      for (const [what, mutant] of mutants(item)) yield [`/${index}${what}`, value.with(index, mutant)];
    }
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const field of unknownFields) yield [`/${field} is added`, { ...value, [field]: {} }];
  for (const [field, own] of Object.entries(value)) {
    const { [field]: _, ...others } = value as Record<string, unknown>;
    yield [`/${field} is dropped`, others];
    yield [`/${field} is misspelt`, { ...others, [`${field}s`]: own }];
    for (const [what, mutant] of mutants(own)) yield [`/${field}${what}`, { ...value, [field]: mutant }];
  }
}
