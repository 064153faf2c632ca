import { describe, expect, it } from 'vitest';
import { stricterConsent, stricterStart } from '../../src/policy/strictness.rules.ts';

describe('[G11] the stricter', () => {
  it.each([
    ['notice', 'notice', 'notice'],
    ['notice', 'acknowledge', 'acknowledge'],
    ['notice', 'explicit', 'explicit'],
    ['acknowledge', 'acknowledge', 'acknowledge'],
    ['acknowledge', 'explicit', 'explicit'],
    ['explicit', 'explicit', 'explicit'],
  ] as const)('of the consents %s and %s is %s, in either order', (one, other, stricter) => {
    expect([stricterConsent(one, other), stricterConsent(other, one)]).toEqual([stricter, stricter]);
  });

  it.each([
    ['at-once', 'at-once', 'at-once'],
    ['at-once', 'when-everyone-answered', 'when-everyone-answered'],
    ['when-everyone-answered', 'when-everyone-answered', 'when-everyone-answered'],
  ] as const)('of the starts %s and %s is %s, in either order', (one, other, stricter) => {
    expect([stricterStart(one, other), stricterStart(other, one)]).toEqual([stricter, stricter]);
  });
});
