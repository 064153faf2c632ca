import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const sources = [
  'src',
  'schemas',
  'examples/tabs',
  'tests/browser/pages',
  'tests/soak',
  'tests/explore',
  'tests/bench',
  'tests/fuzz',
  'tests/soak',
  'rollup.config.mjs',
  'tsconfig.json',
  'package.json',
];
const built = ['dist/index.js', 'dist/index.d.ts', 'dist-tools/explore/explore.js'];

function newest(path: string): number {
  if (!existsSync(path)) return 0;
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Builds the package and the demo, unless what is there is newer than every source. */
export function setup(): void {
  const oldest = Math.min(...built.map(newest));
  if (oldest > Math.max(...sources.map(newest))) return;
  execFileSync(process.execPath, ['node_modules/rollup/dist/bin/rollup', '-c', '--silent'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}
