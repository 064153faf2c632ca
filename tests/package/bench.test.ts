import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const bench = (...args: string[]) =>
  spawnSync(process.execPath, ['dist-tools/bench/bench.js', ...args], { encoding: 'utf8', timeout: 120_000 });

test('prints a row for each figure, with its target and how it was taken', () => {
  const { stdout, stderr, status } = bench('--quick');
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const [head, , ...figures] = rows;
  expect(head).toEqual(['figure', 'measured', 'target', '', 'how it was taken']);
  expect(figures.map(([figure]) => figure)).toEqual([
    'an answer decided: decoded, checked, applied, one hook',
    'an answer on the authority: decided, told to its sender and hosts, acknowledged',
    'the same from 10 to 100 participants',
    'a participant on the authority: that they are here',
    'a participant on the authority: all that it keeps',
    'an event of a consent: a row against an XState actor each',
    'the memory of a consent: a row against an XState actor each',
    '100 join within 0.1 s: longest silence of the authority',
    "an attention flag on a host's client, from 10 to 100 participants",
    'segments through the gate, of 100 speakers',
    'a recorded meeting of 10 for 2m, simulated',
    'a record appended: canonical JSON, hash, signature, memory store',
    'a record verified: read, canonical JSON, hash, chain, signature',
    'a ledger of 1,000 records, verified: what the heap grows by from a tenth of it to its end',
    "a participant's client",
    "a host's client, with the authority",
    'what the ledger of `./records` adds to a client',
    'the region table and other languages',
  ]);
  for (const [figure, measured = '', target, verdict = '', how] of figures) {
    expect(figure && measured && target && how).toBeTruthy();
    expect(measured).not.toContain('NaN');
    expect(verdict).toMatch(/^(met|missed|missed \(\[why\]\(decisions\/[^)]+\.md\)\))$/);
  }
  const isMissed = figures.some(([, , , verdict]) => verdict === 'missed');
  expect([status, stderr.includes('10 of 10: sizes')]).toEqual([isMissed ? 1 : 0, true]);
});

test('takes the rows that are chosen, and says what it is called with wrongly', () => {
  expect(bench('--help').stdout).toContain('Usage: npm run bench');
  expect(bench('--quick', '--only', 'actors').stdout.trim().split('\n')).toHaveLength(4);
  for (const [wrong, why] of [
    [['--only', 'answers'], 'there is no row "answers"'],
    [['--fast'], "Unknown option '--fast'"],
  ] as const) {
    const { status, stderr } = bench(...wrong);
    expect([status, stderr.includes(why)]).toEqual([2, true]);
  }
});
