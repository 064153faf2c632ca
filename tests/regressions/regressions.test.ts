import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { simulate } from '../../src/simulator/simulation.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

test.skipIf(files.length === 0).each(files)('what once failed holds: %s', async (name) => {
  const { broken } = await simulate(JSON.parse(readFileSync(`${folder}${name}`, 'utf8'))).run();
  expect(broken).toEqual([]);
});
