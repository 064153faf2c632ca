import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLedger } from '../../src/records/ledger.ts';
import type { LedgerRecord } from '../../src/records/ledger.types.ts';
import { folderLock } from '../../src/records/node/folder-lock.ts';
import { folderBlobs, folderKeys } from '../../src/records/node/folder-vault.ts';
import { jsonLinesStore } from '../../src/records/node/json-lines-store.ts';
import type { RetentionReport } from '../../src/records/retention.types.ts';
import { createVault } from '../../src/records/vault.ts';
import { verifyLedger } from '../../src/records/verify.ts';
import { seededRandom } from '../../src/transport/seeded-random.ts';
import { compiled } from './compiled.ts';

let root: string;
let built: string;
let program: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'meeting-notice-'));
  // Within reach of the packages that it needs.
  built = mkdtempSync(join('node_modules', '.meeting-notice-'));
  program = compiled('tests/records/retention-process.ts', built);
});
afterAll(() => {
  for (const folder of [root, built]) rmSync(folder, { recursive: true, force: true });
});

const meeting = 'weekly';
const recordings = Array.from({ length: 12 }, (_, place) => place.toString(16).padStart(16, '0'));

const ledgerIn = (folder: string) => createLedger({ store: jsonLinesStore(join(folder, 'ledgers')) });
const vaultIn = (folder: string) =>
  createVault({ keys: folderKeys(join(folder, 'keys')), blobs: folderBlobs(join(folder, 'texts')) });

/** A folder with recordings that are all due. */
async function due(name: string): Promise<string> {
  const folder = join(root, name);
  mkdirSync(join(folder, 'ledgers'), { recursive: true });
  const ledger = ledgerIn(folder);
  const writer = await ledger.open({ meetingId: meeting, epoch: { number: 1, id: 'hana', incarnation: 'i' } });
  for (const recordingId of recordings) {
    writer.append({ fact: 'requested', recordingId, purposes: ['recording'], by: 'platform', storage: 'cloud' });
    writer.append({ fact: 'started', recordingId, by: 'platform' });
    writer.append({ fact: 'ended', recordingId, by: 'platform', outcome: 'stopped' });
    await vaultIn(folder).seal(recordingId, 'transcript', `words of ${recordingId}`);
  }
  await writer.close();
  cpSync(join(folder, 'texts'), join(folder, 'backup'), { recursive: true });
  return folder;
}

/** A sweep by another process; nothing is said where it was killed. */
function sweep(folder: string) {
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  const begins = new Promise<void>((resolve) => {
    child.stdout.on('data', (piece) => {
      text += piece;
      resolve();
    });
  });
  const ended = new Promise<RetentionReport | undefined>((resolve, reject) => {
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(undefined);
      else if (code === 0) resolve(JSON.parse(text.replace('begins\n', '')) as RetentionReport);
      else reject(new Error(`ended with ${code}`));
    });
  });
  return { begins, ended, kill: () => child.kill('SIGKILL') };
}

async function recordsIn(folder: string): Promise<readonly LedgerRecord[]> {
  const records: LedgerRecord[] = [];
  for await (const record of ledgerIn(folder).records(meeting)) records.push(record);
  return records;
}

/** Every recording is gone, once, and the ledger is one chain; one that was killed after its last fact has not closed it. */
async function checkErased(folder: string, wasKilled = false): Promise<void> {
  const records = await recordsIn(folder);
  const { held, findings } = await verifyLedger(ledgerIn(folder).records(meeting));
  expect([held, findings.map(({ code }) => code)]).toEqual([true, wasKilled ? expect.anything() : []]);
  const erased = records.flatMap(({ fact }) => (fact.fact === 'erased' ? [fact.recordingId] : []));
  expect([...erased].sort()).toEqual(recordings);
  const fromBackup = createVault({
    keys: folderKeys(join(folder, 'keys')),
    blobs: folderBlobs(join(folder, 'backup')),
  });
  for (const recordingId of recordings)
    await expect(fromBackup.open(recordingId, 'transcript')).rejects.toMatchObject({ code: 'vault/destroyed' });
}

const mediaErased = (folder: string) => readFileSync(join(folder, 'erased.txt'), 'utf8').trimEnd().split('\n');

describe('[G12] retention by several processes over one folder', () => {
  test('erases each recording once, whichever of them does', { timeout: 60_000 }, async () => {
    const folder = await due('two');
    const reports = await Promise.all([sweep(folder).ended, sweep(folder).ended, sweep(folder).ended]);
    const done = reports.flatMap((report) => report?.entries ?? []);
    expect(done.map((entry) => entry.recordingId).sort()).toEqual(recordings);
    expect(new Set(done.map(({ outcome }) => outcome))).toEqual(new Set(['erased']));
    expect(mediaErased(folder).sort()).toEqual(recordings);
    await checkErased(folder);
  });

  test('that are killed at random goes on where they were, and comes to its end', { timeout: 120_000 }, async () => {
    const folder = await due('killed');
    const random = seededRandom(20261128);
    let killed = 0;
    for (let report: RetentionReport | undefined; report === undefined; ) {
      const one = sweep(folder);
      await one.begins;
      // Ever longer, so that it comes to its end on a busy machine too.
      await sleep(random() * (30 + 10 * killed));
      one.kill();
      report = await one.ended;
      if (report === undefined) killed += 1;
      expect(killed).toBeLessThan(300);
    }
    expect(killed).toBeGreaterThan(5);
    expect(await sweep(folder).ended).toMatchObject({ isDone: true, aborted: false });
    await checkErased(folder, true);
    expect(new Set(mediaErased(folder))).toEqual(new Set(recordings));
    expect((await sweep(folder).ended)?.entries).toEqual([]);
  });
});

test('a lock over a folder is held by one at a time, and by the next once its task has thrown', async () => {
  const locks = Array.from({ length: 4 }, () => folderLock(join(root, 'locks')));
  let inside = 0;
  let most = 0;
  const task = async (): Promise<void> => {
    inside += 1;
    most = Math.max(most, inside);
    await sleep(2);
    inside -= 1;
    if (most > 1) return;
    throw new Error('of the task');
  };
  const ends = await Promise.allSettled(Array.from({ length: 20 }, (_, place) => locks[place % 4]?.hold('a', task)));
  expect([most, new Set(ends.map(({ status }) => status))]).toEqual([1, new Set(['rejected'])]);
});
