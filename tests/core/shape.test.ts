import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { isNoticeError, scenarioInvalid } from '../../src/core/errors.ts';
import {
  count,
  flag,
  listOf,
  milliseconds,
  oneOf,
  range,
  read,
  record,
  shape,
  share,
  text,
  textUpTo,
  time,
  tryRead,
} from '../../src/core/shape.ts';

const person = shape({
  name: text,
  role: v.exactOptional(oneOf(['host', 'guest'])),
  'a/b~c': v.exactOptional(listOf(shape({ at: time }))),
});

const circle: Record<string, unknown> = {};
circle['self'] = circle;

const objectExpected = (got: string) => `expected an object, got ${got}`;
const timeExpected = 'expected a time such as "1500ms", "30s", "2m" or "1h", got';
const shareExpected = 'expected a number from 0 to 1, got';
const rangeExpected = 'expected the least and the most, as [5, 50], got';

describe('tryRead gives the value', () => {
  it.each<[what: string, schema: v.GenericSchema, value: unknown, output?: unknown]>([
    ['an object', person, { name: 'bo' }],
    ['an object with all that it may have', person, { name: 'bo', role: 'host', 'a/b~c': [] }],
    ['a word', oneOf(['host', 'guest']), 'guest'],
    ['a text', text, ' '],
    ['the longest text', textUpTo(3), 'abc'],
    ['a flag', flag, false],
    ['a count of nothing', count(), 0],
    ['the least count', count(5), 5],
    ['the longest time that a timer waits', milliseconds(), 2_147_483_647],
    ['no share', share, 0],
    ['the whole share', share, 1],
    ['a list', listOf(flag), [true, false]],
    ['an empty list', listOf(flag), []],
    ['a range', range, [5, 50]],
    ['a range of one', range, [5, 5]],
    ['a record', record, { any: ['thing'], at: null }],
    ['a time, in milliseconds', time, '1.5s', 1500],
    [
      'times within, in milliseconds',
      person,
      { name: 'bo', 'a/b~c': [{ at: '2m' }] },
      { name: 'bo', 'a/b~c': [{ at: 120_000 }] },
    ],
  ])('%s', (_, schema, value, output = value) => {
    expect(tryRead(schema, value)).toEqual({ value: output });
  });
});

describe('tryRead says what was expected, and where', () => {
  it.each<[what: string, schema: v.GenericSchema, value: unknown, pointer: string, expected: string]>([
    ['no object', person, 'bo', '', objectExpected('"bo"')],
    ['a list for an object', person, ['bo'], '', objectExpected('["bo"]')],
    ['null for an object', person, null, '', objectExpected('null')],
    ['nothing for an object', person, undefined, '', objectExpected('undefined')],
    ['a field that is missing', person, {}, '/name', 'is missing'],
    ['a field that is unknown', person, { name: 'bo', x: 1 }, '/x', 'unknown field (known: name, role, a/b~c)'],
    [
      'a field that is mistyped',
      person,
      { name: 'bo', rol: 'host' },
      '/rol',
      'unknown field; did you mean "role"? (known: name, role, a/b~c)',
    ],
    ['a slash and a tilde', person, { name: 'bo', 'a/b~c': 1 }, '/a~1b~0c', 'expected a list, got 1'],
    ['a tilde before a one', shape({}), { '~1': 0 }, '/~01', 'unknown field (known: )'],
    ['depth', person, { name: 'bo', 'a/b~c': [{ at: '1s' }, { at: 'now' }] }, '/a~1b~0c/1/at', `${timeExpected} "now"`],
    ['the first of several', person, { name: 7, role: 'x' }, '/name', 'expected a text, got 7'],
    ['a text that is too long', textUpTo(3), 'abcd', '', 'expected at most 3 letters, got 4'],
    ['no word', oneOf(['host', 'guest']), 7, '', 'expected one of "host", "guest", got 7'],
    ['no word but what holds itself', oneOf(['host']), circle, '', 'expected one of "host", got an object'],
    ['no word but what JSON cannot say', oneOf(['host']), [1n], '', 'expected one of "host", got a list'],
    ['another word', oneOf(['host', 'guest']), 'zzzzz', '', 'expected one of "host", "guest", got "zzzzz"'],
    [
      'a mistyped word',
      oneOf(['host', 'guest']),
      'Gest',
      '',
      'expected one of "host", "guest", got "Gest"; did you mean "guest"?',
    ],
    ['no text', text, 7, '', 'expected a text, got 7'],
    ['an empty text', text, '', '', 'expected a text that is not empty'],
    ['no flag', flag, 'true', '', 'expected true or false, got "true"'],
    ['no number', count(), '5', '', 'expected a whole number, got "5"'],
    ['a part of a number', count(), 1.5, '', 'expected a whole number, got 1.5'],
    ['too little', count(5), 4, '', 'expected a whole number from 5, got 4'],
    ['too short a time', milliseconds(5), 4, '', 'expected a whole number from 5, got 4'],
    [
      'a time longer than any timer waits',
      milliseconds(),
      2_147_483_648,
      '',
      'expected at most 2147483647 ms, which is 24 days, got 2147483648',
    ],
    ['less than nothing', count(), -1, '', 'expected a whole number from 0, got -1'],
    ['no share', share, '1', '', `${shareExpected} "1"`],
    ['less than no share', share, -0.1, '', `${shareExpected} -0.1`],
    ['more than the whole', share, 1.1, '', `${shareExpected} 1.1`],
    ['no time', time, 1500, '', `${timeExpected} 1500`],
    ['a time without a unit', time, '1500', '', `${timeExpected} "1500"`],
    ['no list', listOf(flag), { 0: true }, '', 'expected a list, got {"0":true}'],
    ['a wrong entry', listOf(flag), [true, 'x'], '/1', 'expected true or false, got "x"'],
    ['no range', range, 5, '', `${rangeExpected} 5`],
    ['a third end of a range', range, [1, 2, 3], '/2', `${rangeExpected} 3`],
    ['half a range', range, [1], '/1', 'expected a whole number, got undefined'],
    ['a range of parts', range, [1, 2.5], '/1', 'expected a whole number, got 2.5'],
    ['a range backwards', range, [50, 5], '', 'expected the least before the most'],
    ['a list for a record', record, [1], '', objectExpected('[1]')],
    ['no record', record, 'x', '', objectExpected('"x"')],
  ])('%s', (_, schema, value, pointer, expected) => {
    expect(tryRead(schema, value)).toEqual({ pointer, expected });
  });

  it('shows no more than 60 letters of what it got', () => {
    const got = (value: string) => tryRead(flag, value);
    expect([got('x'.repeat(58)), got('x'.repeat(59))]).toEqual([
      { pointer: '', expected: `expected true or false, got "${'x'.repeat(58)}"` },
      { pointer: '', expected: `expected true or false, got "${'x'.repeat(56)}…` },
    ]);
  });
});

describe('read', () => {
  const refuse = (pointer: string, expected: string) => scenarioInvalid(`/steps${pointer}`, expected);

  it('gives the value', () => {
    expect(read(time, '2s', refuse)).toBe(2000);
  });

  it('throws what is made of the pointer and of what was expected', () => {
    try {
      read(person, { name: '' }, refuse);
      expect.unreachable();
    } catch (error) {
      expect(isNoticeError(error, 'scenario/invalid') && [error.pointer, error.message]).toEqual([
        '/steps/name',
        '/steps/name: expected a text that is not empty',
      ]);
    }
  });
});
