/** A rectangle of the picture, in pixels. */
export interface Tile {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const gap = 8;
const wide = 16 / 9;

/** Tiles for so many people: equal ones, as large as they can be, the last row centred. */
export function tilesFor(count: number, size: { readonly width: number; readonly height: number }): readonly Tile[] {
  if (count === 0) return [];
  const { columns, width } = Array.from({ length: count }, (_, index) => index + 1)
    .map((columns) => ({ columns, width: widthWith(columns, Math.ceil(count / columns), size) }))
    .reduce((best, next) => (next.width > best.width ? next : best));
  const height = width / wide;
  const rows = Math.ceil(count / columns);
  const top = (size.height - rows * (height + gap) + gap) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = row < rows - 1 ? columns : count - row * columns;
    const left = (size.width - inRow * (width + gap) + gap) / 2;
    return {
      x: Math.round(left + (index % columns) * (width + gap)),
      y: Math.round(top + row * (height + gap)),
      width: Math.floor(width),
      height: Math.floor(height),
    };
  });
}

function widthWith(columns: number, rows: number, size: { readonly width: number; readonly height: number }): number {
  const acrossFits = (size.width - gap * (columns + 1)) / columns;
  const downFits = ((size.height - gap * (rows + 1)) / rows) * wide;
  return Math.max(1, Math.min(acrossFits, downFits));
}

/** Where a picture of this shape goes in a tile: whole, nothing of it cut away, centred. */
export function fitted(picture: { readonly width: number; readonly height: number }, tile: Tile): Tile {
  const scale = Math.min(tile.width / picture.width, tile.height / picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return { x: tile.x + (tile.width - width) / 2, y: tile.y + (tile.height - height) / 2, width, height };
}

/** Up to two first letters of a name, for who shows no picture. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => [...(word ?? '')][0]?.toLocaleUpperCase() ?? '').join('');
}

/** A colour that stays a person's own, dark enough for white letters. */
export function colourOf(id: string): string {
  let hash = 0;
  for (const letter of id) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  return `hsl(${hash} 45% 35%)`;
}
