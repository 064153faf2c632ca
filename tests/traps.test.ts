import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { titles } from './titles.ts';

const page = readFileSync('docs/traps.md', 'utf8');
const scenarios = readdirSync('examples/scenarios');

/** The rows of each table of the page, cell by cell, without its head. */
const tables = page
  .split(/^## /m)
  .slice(1)
  .map((section) =>
    section
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .slice(2)
      .map((line) =>
        line
          .slice(1, -1)
          .split('|')
          .map((cell) => cell.trim()),
      ),
  );
const [field = [], races = []] = tables;
const rows = [...field, ...races].map((cells) => ({ trap: cells.at(-3) ?? '', keptBy: cells.at(-1) ?? '' }));

const namedIn = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

describe('docs/traps.md', () => {
  test('has every trap of the field, and every race once, in order', () => {
    expect(tables.map((table) => new Set(table.map((cells) => cells.length)))).toEqual([new Set([3]), new Set([4])]);
    expect(field).toHaveLength(11);
    expect(races.map(([number]) => number)).toEqual(Array.from({ length: 49 }, (_, place) => `${place + 1}`));
    expect(rows.filter(({ trap, keptBy }) => trap === '' || keptBy === '')).toEqual([]);
  });

  test('names only scenarios and tests that exist', () => {
    const named = rows.flatMap(({ keptBy }) => namedIn(keptBy));
    const missing = named.filter((name) => !(name.endsWith('.json') ? scenarios.includes(name) : titles.has(name)));
    expect(missing).toEqual([]);
    expect(named.length).toBeGreaterThan(rows.length);
  });

  test('says of each row what keeps it, or why nothing does, and never both', () => {
    const unclear = rows.filter(({ keptBy }) => {
      const isLeft = keptBy.startsWith('left: ') && keptBy.length > 'left: '.length + 20 && !keptBy.includes('`');
      const isKept = /^`[^`]+`(, `[^`]+`)*$/.test(keptBy);
      return isLeft === isKept;
    });
    expect(unclear).toEqual([]);
  });
});
