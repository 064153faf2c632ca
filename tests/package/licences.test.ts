import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const files = readdirSync('dist', { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
const textOf = (name: string) => readFileSync(join('dist', name), 'utf8');

test('whatever is bundled brings its licence along, word by word', () => {
  const licence = readFileSync('node_modules/@dagrejs/dagre/LICENSE', 'utf8');
  const bundled = files.filter((name) => name.startsWith('bundled/'));
  expect(bundled).toEqual(['bundled/dagre.esm.js']);
  expect(textOf('bundled/dagre.esm.js').startsWith('/*!\nThis file is @dagrejs/dagre ')).toBe(true);
  expect(textOf('bundled/dagre.esm.js')).toContain(licence.trim());
  expect(files.filter((name) => name.includes('node_modules'))).toEqual([]);
});

test('the layout is loaded by the command alone, and only when it draws', () => {
  const scripts = files.filter((name) => name.endsWith('.js'));
  expect(scripts.filter((name) => textOf(name).includes('bundled/dagre.esm.js'))).toEqual(['cli/picture-layout.js']);
  expect(scripts.filter((name) => textOf(name).includes('picture-layout.js'))).toEqual(['cli/machine-picture.js']);
  expect(scripts.filter((name) => textOf(name).includes('machine-picture.js'))).toEqual(['cli/command.js']);
  expect(textOf('cli/command.js')).toContain("await import('./machine-picture.js')");
});
