import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const readme = readFileSync(`${root}README.md`, 'utf8');

/** Runs the TypeScript example of a page on what is built, and gives what it printed. */
function runExampleOf(page: string, more = ''): string {
  const example = /```ts\n([\s\S]*?)```/.exec(readFileSync(`${root}${page}`, 'utf8'))?.[1];
  if (example === undefined) throw new Error(`${page} has no example.`);
  const folder = mkdtempSync(join(root, 'test-results-readme-'));
  try {
    const { outputText } = ts.transpileModule(example + more, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    const file = join(folder, 'example.mjs');
    const built = (entry = 'index') => `'${pathToFileURL(`${root}dist/${entry}.js`).href}'`;
    writeFileSync(
      file,
      outputText.replace(/'meeting-notice(?:\/([\w/]+))?'/g, (_, entry) => built(entry?.replaceAll('/', '-'))),
    );
    return execFileSync(process.execPath, [file], { cwd: folder, encoding: 'utf8', timeout: 20_000 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('the example of the README runs to its end, and prints what its comments say', () => {
  const printed = runExampleOf('README.md');
  const lines = printed
    .trimEnd()
    .split('\n')
    .filter((line) => !/transcription|attention/.test(line));
  expect(lines.filter((line) => line.startsWith('bo'))).toEqual([
    'bo sees recording off',
    'bo sees recording asking',
    'bo is asked: Do you agree to be recorded?',
    'bo sees recording on',
    'bo sees recording off',
  ]);
  expect(printed).toMatch(/\{\s*outcome: 'started',\s*recordingId: '[0-9a-f]{16}'\s*\}/);
});

test('the example of docs/document.md runs, and its session takes its document and its words', () => {
  const more = `
    await session.join();
    console.log(session.getSnapshot().connection, document.controller.name, shortDocument(document, ['recording']).includes('then it is deleted'), documentPage(document).length > 1000);
    await session.leave();`;
  expect(runExampleOf('docs/document.md', more)).toBe('local-only Example Ltd true true\n');
});

test('the English and the German catalogue that are packed have the keys that docs/document.md names', () => {
  const more = `
    const kinds = ({ texts }) => [...new Set(Object.keys(texts).map((key) => key.split('.')[0]))].sort().join(' ');
    console.log(kinds(english));
    console.log(kinds(german));
    console.log(Object.keys(german.texts).filter((key) => !(key in english.texts) && !key.startsWith('ui.')));`;
  const [, table = ''] = readFileSync(`${root}docs/document.md`, 'utf8').split('| keys begin with');
  const named = [...new Set([...table.matchAll(/`(\w+)\.`/g)].map(([, kind]) => kind))].sort();
  const inEnglish = named.filter((kind) => kind !== 'ui');
  expect(runExampleOf('docs/document.md', more)).toBe(`${inEnglish.join(' ')}\n${named.join(' ')}\n[]\n`);
});

test('the example of docs/ledger.md runs, and its ledger holds', () => {
  const printed = runExampleOf('docs/ledger.md', 'console.log(held, head.n, findings);');
  expect(printed).toBe('true 2 []\n');
});

test('the commands of the README run and exit with 0', () => {
  const commands = [...readme.matchAll(/^npx meeting-notice (.+)$/gm)].map(([, line = '']) => line.split(' '));
  expect(commands.length).toBeGreaterThan(0);
  for (const command of commands) {
    const printed = execFileSync(process.execPath, ['dist/cli.js', ...command], { cwd: root, encoding: 'utf8' });
    expect(printed.length).toBeGreaterThan(100);
  }
});

test('the timeline in the README is what its command draws', () => {
  const command = ['dist/cli.js', 'simulate', 'examples/scenarios/a-whole-meeting.json', '--format', 'svg'];
  const drawn = execFileSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
  expect(drawn).toBe(readFileSync(`${root}docs/pictures/timeline.svg`, 'utf8'));
});

test('the sizes in the README are those that `npm run size` prints', () => {
  const printed = execFileSync('npx', ['size-limit', '--json'], { cwd: root, encoding: 'utf8' });
  const sizes = (JSON.parse(printed) as { size: number }[]).map(({ size }) => size / 1000);
  const [, section = ''] = readme.split('## Sizes');
  const said = [...section.matchAll(/(\d+\.\d) kB/g)].map(([, figure]) => Number(figure));
  // One machine's compression differs from another's by some bytes.
  const off = said.slice(0, 2).map((figure, place) => Math.abs(figure - (sizes[place] ?? 0)));
  expect([said.length, off.filter((difference) => difference > 0.2)]).toEqual([2, []]);
});
