import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const areas =
  'access|attention|authority|capture|consent|device|document|hold|ledger|listener|notice|policy|protocol|purpose|recording|records|retention|rights|scenario|session|transcript|transport|vault';

/** The codes in the source: `'area/reason'`, as they are written where they arise. */
function codesInSource(): string[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const code = new RegExp(`'((?:${areas})/[a-z-]+)'`, 'g');
  return files.flatMap((file) =>
    [...readFileSync(`src/${file}`, 'utf8').matchAll(code)].map(([, each]) => each as string),
  );
}

const rows = [...readFileSync('README.md', 'utf8').matchAll(/^\| `([a-z-]+\/[a-z-]+)` +\| (.+?) +\| (.+?) +\|$/gm)];

test('the errors table of the README has every code of the source, in order, and no other', () => {
  const listed = rows.map(([, code]) => code);
  expect(listed).toEqual([...new Set(codesInSource())].sort());
});

test('each row says what the code means and what to do', () => {
  expect(rows.filter(([, , says, todo]) => (says?.length ?? 0) < 10 || (todo?.length ?? 0) < 4)).toEqual([]);
});
