import { describe, expect, it } from 'vitest';
import { frozen } from '../../src/core/frozen.ts';

describe('frozen', () => {
  it('gives back the very value, with every object and list in it made unchangeable', () => {
    const inner = { deep: [{ deeper: { deepest: 1 } }] };
    const value = { list: [1, [2]], inner, nothing: null, missing: undefined, text: 'x' };
    const before = structuredClone(value);
    expect(frozen(value)).toBe(value);
    expect(value).toEqual(before);
    const parts = [value, value.list, value.list[1], inner, inner.deep, inner.deep[0], inner.deep[0]?.deeper];
    expect(parts.map((part) => Object.isFrozen(part))).toEqual(parts.map(() => true));
    expect(() => inner.deep.push({ deeper: { deepest: 2 } })).toThrow(TypeError);
  });

  it('takes a part that is in it twice, and one that is frozen already', () => {
    const part = { a: 1 };
    const value = frozen({ one: part, other: part, done: Object.freeze({ b: 2 }) });
    expect([value, part].map(Object.isFrozen)).toEqual([true, true]);
    expect(value).toEqual({ one: { a: 1 }, other: { a: 1 }, done: { b: 2 } });
  });

  it.each([[undefined], [null], ['text'], [7], [true]])('gives back %s as it is', (value) => {
    expect(frozen(value)).toBe(value);
  });
});
