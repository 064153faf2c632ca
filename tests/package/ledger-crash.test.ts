import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { derivedId } from '../../src/core/ids.ts';
import type { LedgerRecord } from '../../src/records/ledger.types.ts';
import { verifyLedger } from '../../src/records/verify.ts';

const root = mkdtempSync(join(tmpdir(), 'meeting-notice-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const ledgers = 4;
const killsOfEach = 50;

/** A process that appends until it is killed, and says on stdout what it has acknowledged: an id a line. */
interface Appender {
  readonly script: string;
  /** The ids by which it speaks of what is in a record. */
  readonly idsIn: (record: LedgerRecord) => readonly string[];
}

const bareWriter: Appender = {
  script: 'crash-writer.mjs',
  idsIn: ({ fact }) => (fact.fact === 'transcript' ? [fact.status] : []),
};

const authority: Appender = {
  script: 'crash-authority.mjs',
  idsIn: ({ fact }) =>
    'answerId' in fact && 'revision' in fact ? [derivedId(fact.recordingId, fact.participantId, fact.answerId)] : [],
};

/** When a process is killed: after so many batches were acknowledged, and so many milliseconds later. */
interface Kill {
  readonly batches: number;
  readonly waitMs: number;
}

/** Runs a process until it is killed; answers what it has said is kept. */
function killed(script: string, folder: string, run: number, { batches, waitMs }: Kill): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [`tests/package/${script}`, folder, String(run)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    let heard = 0;
    const kill = () => void child.kill('SIGKILL');
    if (batches === 0) child.once('spawn', () => setTimeout(kill, waitMs * 10));
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      said += piece;
      heard += 1;
      if (heard === batches) setTimeout(kill, waitMs);
    });
    child.once('error', reject);
    child.once('close', (_, signal) => {
      const whole = said.slice(0, said.lastIndexOf('\n') + 1);
      if (signal === 'SIGKILL') resolve(whole.split('\n').filter(Boolean));
      else reject(new Error(`${script} ended by itself`));
    });
  });
}

/** The lines that a reader finds: what is not whole was never acknowledged. */
function wholeLines(folder: string): string[] {
  try {
    const lines = readFileSync(join(folder, 'weekly.jsonl'), 'utf8').split('\n').slice(0, -1);
    return lines.slice(0, lines.findLastIndex((line) => !line.endsWith(' ')) + 1);
  } catch {
    return [];
  }
}

async function crashes({ script, idsIn }: Appender, folder: string, kills: readonly Kill[]): Promise<number> {
  const acknowledged: string[] = [];
  for (const [place, kill] of kills.entries()) {
    acknowledged.push(...(await killed(script, folder, place + 1, kill)));
    const lines = wholeLines(folder);
    const records = lines.map((line) => JSON.parse(line) as LedgerRecord);
    const kept = records.flatMap(idsIn);
    const found = new Set(kept);
    const what = `after kill ${place + 1}`;
    expect(
      acknowledged.filter((id) => !found.has(id)),
      `${what}, what was acknowledged and is lost`,
    ).toEqual([]);
    expect(kept.length, `${what}, how many there are`).toBe(found.size);
    const links = records.map(({ n, prev }) => [n, prev]);
    expect(links, `${what}, the chain`).toEqual(records.map((_, n) => [n, records[n - 1]?.hash ?? '']));
    if (place % 10 === 9) {
      const { findings } = await verifyLedger(lines);
      expect(
        findings.map(({ code }) => code),
        what,
      ).toEqual(['may-be-cut-off']);
    }
  }
  return acknowledged.length;
}

test.each([
  ['a writer', bareWriter],
  ['an authority that people answer', authority],
])(
  `[G6] %s that is killed ${ledgers * killsOfEach} times loses no acknowledged fact, doubles none, and its chain holds`,
  async (_, appender) => {
    const kill = fc.record({ batches: fc.nat(5), waitMs: fc.nat(12) });
    const plans = fc.sample(fc.array(kill, { minLength: killsOfEach, maxLength: killsOfEach }), ledgers);
    const folders = plans.map((_, place) => join(root, appender.script, String(place)));
    const found = await Promise.all(plans.map((kills, place) => crashes(appender, folders[place] ?? '', kills)));
    for (const facts of found) expect(facts).toBeGreaterThan(killsOfEach);
  },
);

test('[G6] a disk that is full in the middle of a record has nothing of it and says so, and all goes on once there is room', async () => {
  const folder = join(root, 'full');
  // A file of 16 blocks of 512 bytes is the most: the write that reaches it is cut off within.
  const limited = 'ulimit -f 16 && exec "$0" tests/package/crash-writer.mjs "$1" 1';
  const { status, stdout, stderr } = spawnSync('sh', ['-c', limited, process.execPath, folder], { encoding: 'utf8' });
  const said = stdout.split('\n').filter(Boolean);
  const kept = () => wholeLines(folder).flatMap((line) => bareWriter.idsIn(JSON.parse(line) as LedgerRecord));
  expect({ status, says: stderr.includes('ledger/store-failed') }).toEqual({ status: 1, says: true });
  expect(kept()).toEqual(said);
  expect(said.length).toBeGreaterThan(5);
  const text = readFileSync(join(folder, 'weekly.jsonl'), 'utf8');
  expect([text.length < 8192, text.endsWith('}\n')]).toEqual([true, true]);
  const later = await killed(bareWriter.script, folder, 2, { batches: 3, waitMs: 0 });
  expect(kept().slice(0, said.length + later.length)).toEqual([...said, ...later]);
  const { findings } = await verifyLedger(wholeLines(folder));
  expect(findings.map(({ code }) => code)).toEqual(['may-be-cut-off']);
});
