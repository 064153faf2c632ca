import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { simulate } from '../../src/simulator/simulation.ts';

const folder = fileURLToPath(new URL('../../examples/scenarios/', import.meta.url));

const scenarios = readdirSync(folder).map((name) => {
  const body = JSON.parse(readFileSync(`${folder}${name}`, 'utf8')) as { about: string; expect: unknown[] };
  return { name, body };
});

describe('the example scenarios', () => {
  test('there are many, and each expects something', () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(40);
    expect(scenarios.filter(({ body }) => body.expect.length === 0)).toEqual([]);
  });

  test.each(scenarios)('$name: $body.about', async ({ body }) => {
    const { broken, summary } = await simulate(body).run();
    expect(broken).toEqual([]);
    expect(summary.guarantees).toBe('held');
  });

  test('[G9] the same scenario runs the same way twice', async () => {
    const [first, second] = [await simulate(scenarios[0]?.body).run(), await simulate(scenarios[0]?.body).run()];
    expect(first.lines).toEqual(second.lines);
  });
});
