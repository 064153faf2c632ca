import { expect, test } from 'vitest';
import { OneCopy } from '../../src/authority/one-copy.ts';
import { heapInUse } from '../bench/heap.ts';

const longText = (n: number): string => Buffer.from(`${n} `.padEnd(8192, 'x')).toString('latin1');
const megabytes = 2 ** 20;

/** How much more is in memory after something has run; `kept` is what it leaves. */
function heapGrownBy(run: () => unknown): number {
  const before = heapInUse();
  const kept = run();
  const grown = heapInUse() - before;
  expect(kept).toBeDefined();
  return grown;
}

test('a text that many are told is in memory once, however often it is made and by how many others it is crossed', () => {
  const texts = new OneCopy<string>();
  const once = (text: string) => texts.of(text, text);
  const told: string[] = [];
  const grown = heapGrownBy(() => {
    for (let n = 0; n < 4000; n += 1) told.push(once(longText(n % 10)));
    return told;
  });
  expect(grown).toBeLessThan(2 * megabytes);
  expect(told.every((text, n) => text.startsWith(`${n % 10} `) && text.length === 8192)).toBe(true);
});

test('[G9] of ever new texts no more are kept than a thousand or so: a long meeting does not fill the memory', () => {
  const texts = new OneCopy<string>();
  const once = (text: string) => texts.of(text, text);
  const grown = heapGrownBy(() => {
    for (let n = 0; n < 6000; n += 1) once(longText(n));
    return texts;
  });
  expect(grown).toBeLessThan(12 * megabytes);
});
