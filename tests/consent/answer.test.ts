import { expect, test } from 'vitest';
import { isDecline } from '../../src/consent/answer.rules.ts';

test('[G3] a refusal and a withdrawal take somebody out; no other answer does, and silence is none', () => {
  const answers = ['given', 'acknowledged', 'refused', 'withdrawn', undefined] as const;
  expect(answers.filter(isDecline)).toEqual(['refused', 'withdrawn']);
});
