import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { LedgerStore } from '../../src/records/ledger.types.ts';
import { memoryStore } from '../../src/records/memory-store.ts';
import { jsonLinesStore } from '../../src/records/node/json-lines-store.ts';
import { ledgerStoreContract } from '../../src/testing/ledger-store-contract.ts';
import { linesIn } from './facts.ts';

const root = mkdtempSync(join(tmpdir(), 'meeting-notice-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folders = 0;
const newFolder = (): string => {
  folders += 1;
  return join(root, `store-${folders}`);
};

describe('the store in memory keeps the contract', () => {
  for (const { name, run } of ledgerStoreContract({ make: () => ({ store: memoryStore(), close: () => {} }) }))
    test(name, run);
});

describe('the store of JSON lines keeps the contract', () => {
  const make = () => {
    const folder = newFolder();
    return { store: jsonLinesStore(folder), reopen: () => jsonLinesStore(folder), close: () => {} };
  };
  for (const { name, run } of ledgerStoreContract({ make })) test(name, run);
});

test('the store of JSON lines lists its own meetings alone, whatever else lies in its folder', async () => {
  const folder = newFolder();
  const store = jsonLinesStore(folder);
  const named = ['weekly', 'Q&A: 100 %/ü'];
  for (const meetingId of named) await store.append(meetingId, ['{}']);
  for (const name of ['50%.jsonl', '%zz.jsonl', 'Weekly.jsonl', '.jsonl', 'weekly.jsonl.bak'])
    writeFileSync(join(folder, name), '{}\n');
  const listed: string[] = [];
  for await (const meetingId of store.meetings()) listed.push(meetingId);
  expect(listed.toSorted()).toEqual(named.toSorted());
});

describe('the contract of a store', () => {
  const failuresOf = async (broken: (store: LedgerStore) => LedgerStore): Promise<string[]> => {
    const make = () => ({ store: broken(memoryStore()), close: () => {} });
    const failed: string[] = [];
    for (const { name, run } of ledgerStoreContract({ make, patienceMs: 500 })) {
      await run().catch(() => failed.push(name));
    }
    return failed;
  };

  test('is kept by one that is whole', async () => {
    expect(await failuresOf((store) => store)).toEqual([]);
  });

  test('finds a store that forgets, mixes up meetings, or takes lines apart', async () => {
    const forgets = (store: LedgerStore): LedgerStore => ({
      ...store,
      append: (id, lines) => store.append(id, lines.slice(0, 1)),
    });
    const mixes = (store: LedgerStore): LedgerStore => ({
      ...store,
      append: (id, lines) => store.append(id.toLowerCase(), lines),
      read: (id) => store.read(id.toLowerCase()),
    });
    const parts = (store: LedgerStore): LedgerStore => ({
      ...store,
      async append(id, lines) {
        for (const each of lines) {
          await Promise.resolve();
          await store.append(id, [each]);
        }
      },
    });
    expect(await failuresOf(forgets)).toContain('gives back the lines of all appends in order, to the character');
    expect(await failuresOf(mixes)).toEqual(['keeps meetings apart, whatever they are called']);
    expect(await failuresOf(parts)).toContain('keeps appends whole and in the order in which they were called');
  });
});

describe('the store of JSON lines', () => {
  const kept = async (store: LedgerStore): Promise<string[]> => linesIn(store);

  test('[G6] cuts off a last line that was torn, wherever it was, before it writes the next', async () => {
    const store = jsonLinesStore(newFolder());
    await store.append('weekly', ['{"n":0}']);
    const file = store.fileOf('weekly');
    const whole = readFileSync(file, 'utf8');
    const torn = '{"n":1,"text":"é"} \n{"n":2}\n';
    const bytes = Buffer.from(torn);
    for (let length = 0; length < bytes.length; length += 1) {
      writeFileSync(file, Buffer.concat([Buffer.from(whole), bytes.subarray(0, length)]));
      expect(await kept(store)).toEqual(['{"n":0}']);
      await store.append('weekly', ['{"n":1}', '{"n":2}']);
      expect(readFileSync(file, 'utf8')).toBe('{"n":0}\n{"n":1} \n{"n":2}\n');
      truncateSync(file, whole.length);
    }
  });

  test('cuts off a torn line that is longer than what it reads at once', async () => {
    const store = jsonLinesStore(newFolder());
    await store.append('weekly', ['{"n":0}']);
    appendFileSync(store.fileOf('weekly'), `{"text":"${'x'.repeat(65_527)}`);
    await store.append('weekly', ['{"n":1}']);
    appendFileSync(store.fileOf('weekly'), 'y'.repeat(200_000));
    await store.append('weekly', ['{"n":2}']);
    expect(await kept(store)).toEqual(['{"n":0}', '{"n":1}', '{"n":2}']);
  });

  test('says that the disk refuses, what to do, and has nothing of it', async () => {
    const folder = newFolder();
    writeFileSync(folder, 'not a folder');
    const error = await jsonLinesStore(folder)
      .append('weekly', ['{}'])
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ledger/store-failed', retryable: true });
    await expect(kept(jsonLinesStore('/proc/none'))).resolves.toEqual([]);
  });

  test('refuses a name that no file system takes', async () => {
    const store = jsonLinesStore(newFolder());
    await expect(store.append('x'.repeat(300), ['{}'])).rejects.toMatchObject({ code: 'ledger/store-failed' });
    await expect(store.append('', ['{}'])).rejects.toMatchObject({ code: 'ledger/store-failed' });
  });

  test('takes over from a process that was killed while it wrote', async () => {
    const folder = newFolder();
    const store = jsonLinesStore(folder);
    await store.append('weekly', ['{"n":0}']);
    const lock = `${store.fileOf('weekly')}.lock`;
    const [held = ''] = readdirSync(lock);
    const { hostname } = await import('node:os');
    writeFileSync(join(lock, held), JSON.stringify({ pid: 2 ** 22 - 1, host: hostname(), since: 0 }));
    await store.append('weekly', ['{"n":1}']);
    expect(await kept(store)).toEqual(['{"n":0}', '{"n":1}']);
    expect(readdirSync(lock)).toHaveLength(1);
  });
});
