import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { titles } from './titles.ts';

const sections = readFileSync('docs/protocol-tests.md', 'utf8')
  .split(/^## /m)
  .slice(1)
  .map((section) => ({
    name: section.split('\n')[0],
    rows: section
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .slice(2)
      .map((line) =>
        line
          .slice(1, -1)
          .split(' | ')
          .map((cell) => cell.trim()),
      ),
  }));
const rows = sections.flatMap((section) => section.rows);

/** What stands between backticks; a title may have some of its own. */
const namedIn = (cell: string): string[] => cell.slice(1, -1).split('`, `');

const scenarios = new Set(['examples/scenarios', 'tests/regressions'].flatMap((folder) => readdirSync(folder)));

describe('docs/protocol-tests.md', () => {
  test('has a section for each part of the protocol, and each of its rules once', () => {
    expect(sections.map(({ name }) => name)).toEqual([
      'Messages',
      'Times',
      'Who sent it',
      'Who decides',
      'What is said',
      'Answers',
      'Capture',
      'Policy',
      'Attention',
    ]);
    expect(rows.filter((cells) => cells.length !== 3 || cells.includes(''))).toEqual([]);
    expect(new Set(rows.map(([rule]) => rule)).size).toBe(rows.length);
  });

  test('names only tests and scenarios that exist', () => {
    const named = rows.flatMap(([, , keptBy = '']) => (keptBy.startsWith('left: ') ? [] : namedIn(keptBy)));
    expect(named.filter((name) => !(name.endsWith('.json') ? scenarios : titles).has(name))).toEqual([]);
    expect(named.length).toBeGreaterThan(rows.length);
  });

  test('names only files that exist', () => {
    expect(rows.flatMap(([, where = '']) => namedIn(where)).filter((file) => !existsSync(file))).toEqual([]);
  });

  test('says of each rule what keeps it, or why nothing does, and never both', () => {
    const unclear = rows.filter(([, , keptBy = '']) => {
      const isLeft = keptBy.startsWith('left: ') && keptBy.length > 'left: '.length + 20 && !keptBy.includes('`');
      const isKept = /^`.+`$/.test(keptBy);
      return isLeft === isKept;
    });
    expect(unclear).toEqual([]);
  });
});

test('[G2] the README says that nothing stops a recorder without a lease when its host’s machine dies', () => {
  expect(readFileSync('README.md', 'utf8')).toMatch(
    /without a lease is stopped by nothing when its host’s machine dies/,
  );
});
