import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tableLines } from '../../src/simulator/format/lines.ts';
import { simulate } from '../../src/simulator/simulation.ts';

test('a row of the table says something of every hook, and is one line', async () => {
  const silent = new Set<string>();
  const hooks = new Set<string>();
  for (const name of readdirSync('examples/scenarios')) {
    const result = await simulate(JSON.parse(readFileSync(`examples/scenarios/${name}`, 'utf8'))).run();
    const [, ...rows] = tableLines(result);
    for (const [place, { hook }] of result.lines.entries()) {
      hooks.add(hook);
      const row = rows[place] ?? '';
      expect(row).not.toContain('\n');
      if (row.endsWith(hook)) silent.add(hook);
    }
  }
  expect([...silent]).toEqual([]);
  expect(hooks.size).toBeGreaterThan(15);
});
