import { describe, expect, it } from 'vitest';
import { durationMs } from '../../src/core/durations.ts';

describe('durationMs', () => {
  it.each([
    ['0ms', 0],
    ['1500ms', 1500],
    ['30s', 30_000],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['1.5s', 1500],
    ['0.25h', 900_000],
    ['007s', 7000],
    ['0.4ms', 0],
    ['0.5ms', 1],
    ['1.0005s', 1001],
    ['999999999.999999999ms', 1_000_000_000],
  ])('reads %s as %i ms', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  it.each([
    '',
    '30',
    's',
    '30 s',
    ' 30s',
    '30s ',
    '30s\n',
    '-30s',
    '+30s',
    '1,5s',
    '.5s',
    '5.s',
    '1e3ms',
    '30S',
    '2min',
    '1d',
    '1m30s',
    '0x10s',
    'Infinitys',
    '1234567890ms',
    '0.1234567890s',
    '٣s',
  ])('reads nothing out of %j', (text) => {
    expect(durationMs(text)).toBeUndefined();
  });
});
