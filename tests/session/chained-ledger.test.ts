import { expect, test } from 'vitest';
import { createLedger } from '../../src/records/ledger.ts';
import type { LedgerStore, Receipt } from '../../src/records/ledger.types.ts';
import { memoryStore } from '../../src/records/memory-store.ts';
import { verifyReceipt } from '../../src/records/receipts.ts';
import { verifyLedger } from '../../src/records/verify.ts';
import { meeting } from './meeting.ts';
import { signs } from './plain-ledger.ts';

/** One meeting: bo agrees and withdraws, then its host is gone, and a co-host decides. `dies`: with all that she still had to write. */
async function changingHosts({ dies }: { readonly dies: boolean }) {
  const stores = [memoryStore(), memoryStore()] as const;
  const machine = { isDead: false };
  const mortal: LedgerStore = {
    ...stores[0],
    append: (id, lines) => (machine.isDead ? new Promise(() => {}) : stores[0].append(id, lines)),
  };
  const all = meeting();
  const hana = await all.joins('hana', {
    role: 'host',
    policy: 'all-party',
    ledger: createLedger({ store: mortal, clock: all.clock }),
  });
  const ledger = createLedger({ store: stores[1], clock: all.clock });
  await all.joins('cora', { role: 'co-host', policy: 'all-party', ledger });
  const bo = await all.joins('bo');
  await signs(all);
  void hana.session.requestRecording({ storage: 'cloud' });
  await signs(all);
  void bo.session.giveConsent('recording');
  await signs(all);
  void bo.session.withdrawConsent('recording');
  await signs(all);
  machine.isDead = dies;
  all.network.crash('hana');
  await all.passes(30_000);
  await signs(all);
  const receipts = (bo.told('recordIssued') as { receipt: Receipt }[]).map(({ receipt }) => receipt);
  const [one, two] = [stores[0].read('weekly'), stores[1].read('weekly')];
  return { receipts, one, two, together: await verifyLedger(one, { others: [two], receipts }) };
}

test('[G6] a host who crashes leaves a ledger that the next goes on with: together they hold, every answer with its own signature', async () => {
  const { receipts, one, two, together } = await changingHosts({ dies: true });
  expect(receipts.map(({ record }) => record.fact.fact)).toEqual(['given', 'withdrawn']);
  for (const receipt of receipts) {
    expect(await verifyReceipt(receipt)).toEqual({ held: true, faults: [], signedByPerson: true });
  }
  const { held, findings, answers, head } = together;
  expect({ held, codes: findings.map(({ code }) => code), answers }).toEqual({
    held: true,
    codes: ['may-be-cut-off'],
    answers: { signed: 2, unsigned: [], invalid: [] },
  });
  expect(head?.n).toBeGreaterThan((await verifyLedger(one)).head?.n ?? Number.NaN);
  expect((await verifyLedger(two)).findings[0]).toMatchObject({ code: 'removed', n: 0 });
});

test('[G6] a host who is only cut off, and writes on alone, leaves a fork, which is named', async () => {
  const { one, together } = await changingHosts({ dies: false });
  expect(together).toMatchObject({ held: false, answers: { signed: 2, unsigned: [], invalid: [] } });
  expect(together.findings.map(({ code }) => code)).toEqual(['forked', 'may-be-cut-off']);
  expect(together.findings[0]?.n).toBeLessThan((await verifyLedger(one)).head?.n ?? 0);
});

/** hana's disk is full, and bo's refusal is not kept. */
async function withFullDisk() {
  const stores = [memoryStore(), memoryStore()] as const;
  const disk = { isFull: false, calls: 0 };
  const failing: LedgerStore = {
    ...stores[0],
    append(id, lines) {
      disk.calls += 1;
      return disk.isFull ? Promise.reject(new Error('disk full')) : stores[0].append(id, lines);
    },
  };
  const all = meeting();
  const joins = (id: string, role: 'host' | 'co-host', store: LedgerStore) =>
    all.joins(id, { role, policy: 'all-party', ledger: createLedger({ store, clock: all.clock }) });
  const hana = await joins('hana', 'host', failing);
  const cora = await joins('cora', 'co-host', stores[1]);
  const bo = await all.joins('bo');
  await signs(all);
  void hana.session.requestRecording({ storage: 'cloud' });
  await signs(all);
  disk.isFull = true;
  const answered = bo.session.refuseConsent('recording');
  await signs(all);
  expect(await all.within(0, answered)).toBeUndefined();
  return { all, stores, disk, hana, cora, bo, answered };
}

test('[G6] a host who hands over while her store fails leaves nothing behind: the next writes it, and no fork', async () => {
  const { all, stores, disk, hana, bo, answered } = await withFullDisk();
  void hana.session.handOver('cora');
  await signs(all);
  await all.passes(5000);
  await signs(all);
  expect([await all.within(0, answered), bo.session.getSnapshot().authorityId]).toEqual([
    expect.objectContaining({ outcome: 'recorded' }),
    'cora',
  ]);
  disk.isFull = false;
  await all.passes(60_000);
  await signs(all);
  const [one, two] = [stores[0].read('weekly'), stores[1].read('weekly')];
  const { held, findings, answers } = await verifyLedger(one, { others: [two] });
  expect({ held, codes: findings.map(({ code }) => code) }).toEqual({ held: true, codes: ['may-be-cut-off'] });
  expect(answers.signed + answers.unsigned.length).toBe(1);
});

test('[G6] what nobody took over in time is written by who had it, once their store takes it', async () => {
  const { all, stores, disk, hana, cora, bo, answered } = await withFullDisk();
  cora.machine.sleeps();
  void hana.session.handOver('cora');
  await all.passes(5000);
  await signs(all);
  disk.isFull = false;
  await all.passes(10_000);
  await signs(all);
  const { outcome } = (await all.within(0, answered)) ?? {};
  expect([bo.session.getSnapshot().authorityId, outcome]).toEqual(['hana', 'recorded']);
  const { held, findings, answers } = await verifyLedger(stores[0].read('weekly'));
  expect({ held, codes: findings.map(({ code }) => code) }).toEqual({ held: true, codes: ['may-be-cut-off'] });
  expect(answers.signed + answers.unsigned.length).toBe(1);
});

test('[G9] a store that fails still is asked no more 10 s after everyone has left', async () => {
  const { all, disk, hana, cora } = await withFullDisk();
  void cora.session.leave();
  await all.passes(1000);
  void hana.session.leave();
  await all.passes(30_000);
  await signs(all);
  const { calls } = disk;
  await all.passes(600_000);
  await signs(all);
  expect([hana.session.getSnapshot().connection, disk.calls - calls]).toEqual(['left', 0]);
});
