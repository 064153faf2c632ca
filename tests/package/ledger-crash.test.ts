import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { LedgerRecord } from '../../src/records/ledger.types.ts';
import { verifyLedger } from '../../src/records/verify.ts';

const root = mkdtempSync(join(tmpdir(), 'meeting-notice-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const ledgers = 4;
const killsOfEach = 50;

/** When a process is killed: after so many batches were acknowledged, and so many milliseconds later. */
interface Kill {
  readonly batches: number;
  readonly waitMs: number;
}

/** Runs the writer until it is killed; answers what it has said is kept. */
function killed(folder: string, run: number, { batches, waitMs }: Kill): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['tests/package/crash-writer.mjs', folder, String(run)], {
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
      else reject(new Error('the writer ended by itself'));
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

const statusOf = ({ fact }: LedgerRecord): string[] => (fact.fact === 'transcript' ? [fact.status] : []);

async function crashes(folder: string, kills: readonly Kill[]): Promise<number> {
  const acknowledged: string[] = [];
  for (const [place, kill] of kills.entries()) {
    acknowledged.push(...(await killed(folder, place + 1, kill)));
    const lines = wholeLines(folder);
    const records = lines.map((line) => JSON.parse(line) as LedgerRecord);
    const kept = records.flatMap(statusOf);
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

test(`[G6] a writer that is killed ${ledgers * killsOfEach} times loses no acknowledged fact, doubles none, and its chain holds`, async () => {
  const kill = fc.record({ batches: fc.nat(5), waitMs: fc.nat(12) });
  const plans = fc.sample(fc.array(kill, { minLength: killsOfEach, maxLength: killsOfEach }), ledgers);
  const folders = plans.map((_, place) => join(root, String(place)));
  const found = await Promise.all(plans.map((kills, place) => crashes(folders[place] ?? '', kills)));
  for (const facts of found) expect(facts).toBeGreaterThan(killsOfEach);
});
