import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { simulate } from '../../src/simulator/simulation.ts';
import { randomScenario } from '../soak/random-scenario.ts';
import { brokenProduct } from './broken-product.ts';

const command = resolve('dist-tools/soak/soak.js');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(process.cwd(), 'test-results-soak-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

function soak(argv: string, file = command) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...argv.split(' ')], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('[G1] [G8] plays as many random meetings as it is told, shows how far it is, and says how it went', () => {
  const { status, stdout, stderr } = soak('--scenarios 60 --from 7 --workers 2');
  expect(status, stdout).toBe(0);
  expect(stdout).toMatch(/^\n60 random meetings from seed 7, 0 failed, in \d+\.\d s \(\d+ a second\)\.\n$/);
  expect(stderr.split('\n').map((line) => line.split(', ', 2).join(', '))).toEqual([
    '0 of 60, 0 failed',
    '60 of 60, 0 failed',
    '',
  ]);
});

test('Ctrl-C ends it after the meetings under way, says how far it came, and exits with 130', async () => {
  const running = spawn(process.execPath, [command, '--scenarios', '1000000', '--workers', '1'], { cwd: folder });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) running[stream].on('data', (text) => (said[stream] += text));
  await once(running.stderr, 'data');
  running.kill('SIGINT');
  const [status, signal] = await once(running, 'close');
  expect({ status, signal }, said.stderr).toEqual({ status: 130, signal: null });
  expect(said.stderr).toContain('ending after the meetings under way');
  expect(said.stdout).toMatch(/^\n50 random meetings from seed 1, 0 failed/);
});

test('what it is called wrongly with is said in one line, and it exits with 2', () => {
  for (const argv of ['--scenarios many', '--from 0', '--senarios 1']) {
    const { status, stdout, stderr } = soak(argv);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^soak: .*; try --help\.\n$/);
  }
});

test('[G1] where having read counts as agreement it finds a meeting, makes it smaller, and keeps it as one that is replayed', async () => {
  const dir = await brokenProduct({
    tool: 'soak',
    folder,
    file: 'src/policy/standing.rules.ts',
    rule: "explicit: ['given'],",
    broken: "explicit: ['given', 'shown'],",
  });
  const { status, stdout } = soak('--scenarios 5', join(dir, 'soak.js'));
  const kept = readdirSync(join(folder, 'tests/regressions'));
  expect({ status, kept: stdout.match(/(?<=kept: ).*/g) }, stdout).toEqual({
    status: 1,
    kept: kept.map((name) => `tests/regressions/${name}`),
  });
  const [, seed = ''] = /^g1-seed-(\d+)\.json$/.exec(kept[0] ?? '') ?? [];
  const scenario = JSON.parse(readFileSync(join(folder, 'tests/regressions', `${kept[0]}`), 'utf8'));
  const product = (await import(pathToFileURL(join(dir, 'simulator.js')).href)) as { simulate: typeof simulate };
  expect((await product.simulate(scenario).run()).broken.map(({ id }) => id)).toContain('G1');
  expect((await simulate(scenario).run()).broken).toEqual([]);
  expect(scenario.steps.length).toBeLessThan((randomScenario(Number(seed)) as { steps: object[] }).steps.length / 2);
});
