import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** The examples, and those that the contract of the simulator comes with. */
const examples = ['examples/scenarios', 'tests/scenarios/contract'].flatMap((folder) =>
  readdirSync(`${root}${folder}`).map((name) => `${folder}/${name}`),
);

function command(...argv: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', ...argv], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return { status, stdout, stderr };
}

describe('the built command', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'meeting-notice-'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test('runs every example to its end, one after the other, and all hold', () => {
    const { status, stdout, stderr } = command('simulate', ...examples);
    const lines = stdout.trimEnd().split('\n');
    const summaries = lines.map((line) => JSON.parse(line)).filter((line) => 'summary' in line);
    expect({ status, stderr, runs: summaries.length }).toEqual({ status: 0, stderr: '', runs: examples.length });
    expect(summaries.filter(({ summary }) => summary.guarantees !== 'held')).toEqual([]);
  });

  test.each([
    ['a scenario that is no JSON', '{', 'is not JSON'],
    ['a scenario without its end', '{ "participants": [{ "id": "bo" }], "steps": [] }', '/until: is missing'],
    [
      'a policy that makes no sense',
      '{ "meeting": { "policy": { "recording": { "holds": [], "onRefusal": "hold" } } }, "participants": [{ "id": "bo" }], "steps": [], "until": "1s" }',
      '/meeting/policy/recording/holds: expected at least one device',
    ],
    [
      'a step by nobody',
      '{ "participants": [{ "id": "bo" }], "steps": [{ "at": "1s", "who": "bob", "does": "leaves" }], "until": "1s" }',
      '/steps/0/who: nobody here is called "bob"; did you mean "bo"?',
    ],
  ])('says of %s where it is wrong, and exits with 2, with nothing on stdout and no stack trace', (_, text, says) => {
    const file = join(folder, 'bad.json');
    writeFileSync(file, text);
    const { status, stdout, stderr } = command('simulate', `${examples[0]}`, file);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/\n\s+at |node:internal/);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('says what it does not know, and what to try', () => {
    expect(command('simulte')).toMatchObject({
      status: 2,
      stderr: 'meeting-notice: unknown command "simulte"; did you mean "simulate"?\n',
    });
    expect(command('simulate', 'nowhere.json').stderr).toContain(
      'nowhere.json: cannot be read (ENOENT); is the path right?',
    );
    expect(command('machines', 'recordng').stderr).toContain('did you mean "recording"?');
  });
});
