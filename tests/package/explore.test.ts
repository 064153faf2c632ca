import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { simulate } from '../../src/simulator/simulation.ts';
import { brokenProduct } from './broken-product.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(process.cwd(), 'test-results-explore-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

function explore(argv: string, command = 'dist-tools/explore/explore.js') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...argv.split(' ')], { encoding: 'utf8' });
  return { status, stdout, stderr, endings: /Ends: (\S+)/.exec(stdout)?.[1] };
}

const statesIn = (stdout: string): number => Number(/(\d+) states/.exec(stdout)?.[1]);

describe('in every order in which a meeting can go', () => {
  test.each([
    ['a host, a co-host and one who withdraws', '--cast hana,cora,dee'],
    ['one message is overtaken', '--cast hana,bo --delays 1'],
    ['one message comes twice', '--cast hana,bo --repeats 1'],
    ['one message is lost, and time goes on', '--cast hana,bo --losses 1 --until 2000'],
    ['the network parts in two', '--cast hana,bo --partitions 1 --apart hana --until 3000'],
    ['the host crashes, and may come back', '--cast hana,bo --crashes 1 --who hana --until 4000'],
  ])('[G1] [G2] [G3] [G8] [G9] nothing is broken: %s', (_, argv) => {
    const { status, stdout, stderr } = explore(argv);
    expect({ status, stderr }, stdout).toMatchObject({ status: 0 });
    expect(stdout).toContain('All held, and nothing was left out.');
  });

  test.each([
    ['--cast hana,dee', '--not-reduced'],
    ['--cast hana,bo --delays 1', '--not-reduced'],
    ['--cast hana,bo', '--not-merged'],
    ['--cast hana,bo --delays 1', '--not-merged'],
  ])('what is left out comes to the same ends: %s, and with %s', (argv, without) => {
    const [some, all] = [explore(argv), explore(`${argv} ${without}`)];
    expect([some.status, all.status]).toEqual([0, 0]);
    expect(some.endings).toMatch(/^\S{22}$/);
    expect(some.endings).toBe(all.endings);
    expect(statesIn(all.stdout)).toBeGreaterThan(statesIn(some.stdout));
  });

  test('what it is called wrongly with is said in one line, and it exits with 2', () => {
    for (const argv of ['--losses many', '--cast hana,bob', '--lossses 1']) {
      const { status, stdout, stderr } = explore(argv);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(/^explore: .*; try --help\.\n$/);
    }
    expect(explore('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: npm run explore') });
  });

  test('a bound that cuts it short is told, and it exits with 3', () => {
    expect(explore('--cast hana,bo --states 10')).toMatchObject({
      status: 3,
      stdout: expect.stringContaining('as far as it came'),
    });
  });
});

describe('where a rule is broken', () => {
  test.each([
    {
      what: 'an agreement counts though a later word of the same person has come before it',
      id: 'G1',
      file: 'src/authority/answers.ts',
      rule: 'if (message.revision <= roster.revisionOf(id)) continue;',
      broken: '',
      argv: '--cast hana,dee --repeats 1',
    },
    {
      what: 'any word from whoever decides ends the hold of a withdrawal',
      id: 'G1',
      file: 'src/session/answering.ts',
      rule: ' && !this.#client.answers.declining.has(answer.recordingId)',
      broken: '',
      argv: '--cast hana,dee',
    },
    {
      what: 'an agreement that overtakes the word that its notice is on screen is lost',
      id: 'G8',
      file: 'src/authority/answers.ts',
      rule: "if (notice?.purposes.includes(purpose)) roster.apply(id, { type: 'notice.shown' });",
      broken: '',
      argv: '--cast hana,bo --delays 1',
    },
  ])(
    '[G1] [G8] what breaks is found ($id: $what), and the simulator replays how',
    async ({ id, file, rule, broken, argv }) => {
      const dir = await brokenProduct({ tool: 'explore', folder, file, rule, broken });
      const out = join(dir, 'found.json');
      const { status, stdout } = explore(`${argv} --out ${out}`, join(dir, 'explore.js'));
      expect(status, stdout).toBe(1);
      expect(stdout).toContain(`${id} is broken: `);
      const scenario = JSON.parse(readFileSync(out, 'utf8'));
      const product = (await import(pathToFileURL(join(dir, 'simulator.js')).href)) as { simulate: typeof simulate };
      expect((await product.simulate(scenario).run()).broken.map((each) => each.id)).toContain(id);
      expect((await simulate(scenario).run()).broken).toEqual([]);
    },
  );
});
