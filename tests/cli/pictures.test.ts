import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drawn } from '../../scripts/pictures.mjs';
import { run } from '../../src/cli/command.ts';

const folder = 'docs/pictures';

test.each(Object.entries(drawn))(
  '%s is what the command draws now (npm run pictures makes it anew)',
  async (name, command) => {
    let printed = '';
    const exit = await run(command, '0', {
      out: (text) => {
        printed += text;
      },
      err: (text) => {
        throw new Error(text);
      },
    });
    expect(exit).toBe(0);
    expect(readFileSync(join(folder, name), 'utf8')).toBe(printed);
  },
);

test('every drawing in docs/pictures is made by the script, and no picture is heavy', () => {
  const names = readdirSync(folder);
  expect(names.filter((name) => name.endsWith('.svg')).sort()).toEqual(Object.keys(drawn).sort());
  const photographs = ['demo-phone.png', 'demo-recording.png', 'demo.png'];
  expect(names.filter((name) => !name.endsWith('.svg')).sort()).toEqual(photographs);
  expect(names.filter((name) => statSync(join(folder, name)).size > 300_000)).toEqual([]);
});
