import { describe, expect, test } from 'vitest';
import { colourOf, fitted, initialsOf, tilesFor } from '../../../src/browser/tiles.rules.ts';

const sizes = [
  { width: 1280, height: 720 },
  { width: 640, height: 640 },
  { width: 300, height: 1200 },
];

describe('the tiles of a picture', () => {
  test('for nobody there are none', () => {
    expect(tilesFor(0, { width: 1280, height: 720 })).toEqual([]);
  });

  test('one fills the picture but for a margin; the third of three is centred below', () => {
    expect(tilesFor(1, { width: 1280, height: 720 })).toEqual([{ x: 14, y: 8, width: 1251, height: 704 }]);
    expect(tilesFor(3, { width: 1280, height: 720 })).toEqual([
      { x: 17, y: 8, width: 618, height: 348 },
      { x: 644, y: 8, width: 618, height: 348 },
      { x: 331, y: 364, width: 618, height: 348 },
    ]);
    expect(tilesFor(2, { width: 300, height: 1200 })).toEqual([
      { x: 8, y: 436, width: 284, height: 159 },
      { x: 8, y: 604, width: 284, height: 159 },
    ]);
  });

  test('are equal, 16 to 9, inside of the picture, apart, and balanced in it', () => {
    for (const size of sizes) {
      for (let count = 1; count <= 26; count += 1) {
        const tiles = tilesFor(count, size);
        expect(tiles).toHaveLength(count);
        expect(new Set(tiles.map(({ width, height }) => `${width}x${height}`)).size).toBe(1);
        for (const [index, tile] of tiles.entries()) {
          expect(Math.abs(tile.width / tile.height - 16 / 9)).toBeLessThan(0.08);
          expect(Math.min(tile.x, tile.y)).toBeGreaterThanOrEqual(7);
          expect(tile.x + tile.width).toBeLessThanOrEqual(size.width - 7);
          expect(tile.y + tile.height).toBeLessThanOrEqual(size.height - 7);
          const apart = tiles
            .slice(0, index)
            .every((other) => tile.x >= other.x + other.width + 7 || tile.y >= other.y + other.height + 7);
          expect(apart).toBe(true);
        }
        const rows = new Set(tiles.map(({ y }) => y));
        for (const y of rows) {
          const row = tiles.filter((tile) => tile.y === y);
          const left = row[0]?.x ?? 0;
          const right = size.width - ((row.at(-1)?.x ?? 0) + (row[0]?.width ?? 0));
          expect(Math.abs(left - right)).toBeLessThanOrEqual(2);
        }
      }
    }
  });

  test('a picture too small for them still has tiles of some size', () => {
    for (const { width } of tilesFor(9, { width: 10, height: 10 })) expect(width).toBe(1);
  });

  test('a picture is whole in its tile, and centred', () => {
    const tile = { x: 100, y: 50, width: 160, height: 90 };
    expect(fitted({ width: 320, height: 180 }, tile)).toEqual(tile);
    expect(fitted({ width: 90, height: 90 }, tile)).toEqual({ x: 135, y: 50, width: 90, height: 90 });
    expect(fitted({ width: 640, height: 180 }, tile)).toEqual({ x: 100, y: 72.5, width: 160, height: 45 });
    expect(fitted({ width: 80, height: 45 }, tile)).toEqual(tile);
  });
});

test.each([
  ['Ana', 'A'],
  ['ana maría ruiz', 'AR'],
  ['  bo   ek ', 'BE'],
  ['Åsa\tÖberg', 'ÅÖ'],
  ['𝒳 y', '𝒳Y'],
  ['', ''],
  ['   ', ''],
])('who shows no picture and is called %j has the letters %j', (name, letters) => {
  expect(initialsOf(name)).toBe(letters);
});

test('a colour is of the id alone, and differs between people', () => {
  expect(colourOf('')).toBe('hsl(0 45% 35%)');
  expect(colourOf('a')).toBe('hsl(97 45% 35%)');
  expect(colourOf('ab')).toBe(`hsl(${(97 * 31 + 98) % 360} 45% 35%)`);
  expect(colourOf('ba')).toBe(`hsl(${(98 * 31 + 97) % 360} 45% 35%)`);
});
