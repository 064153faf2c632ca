import { expect, test } from 'vitest';
import { describeLab } from './lab.ts';
import type {} from './pages/records.ts';

describeLab('the ledger in a browser', { at: 'records', given: 'ledgerLab' }, (lab) => {
  test('the store in IndexedDB keeps the contract', async () => {
    const { checks, failed } = await lab.page().evaluate(() => window.ledgerLab.failures());
    expect(failed).toEqual({});
    expect(checks).toBeGreaterThan(5);
  });

  test('[G6] goes on after a reload, with a key that cannot be exported, and holds', async () => {
    const write = (number: number) =>
      lab.page().evaluate(async (epochNumber) => {
        const { createLedger, indexedDbStore, makeKeys } = window.ledgerLab;
        const ledger = createLedger({ store: indexedDbStore('kept'), keys: await makeKeys() });
        const epoch = { number: epochNumber, id: 'hana', incarnation: String(epochNumber) };
        const writer = await ledger.open({ meetingId: 'weekly', epoch });
        for (let each = 0; each < 700; each += 1)
          writer.append({ fact: 'transcript', recordingId: 'r1', status: `${each}` });
        await writer.kept();
        return writer.head;
      }, number);
    await write(1);
    await lab.reload();
    const head = await write(2);
    const verdict = await lab.page().evaluate(async (known) => {
      const { indexedDbStore, makeKeys, verifyLedger } = window.ledgerLab;
      const found = await verifyLedger(indexedDbStore('kept').read('weekly'), known ? { head: known } : {});
      const { privateKey } = await makeKeys();
      const exported = await crypto.subtle.exportKey('jwk', privateKey).then(
        () => 'exported',
        () => 'refused',
      );
      return { ...found, exported };
    }, head);
    expect(verdict).toMatchObject({
      held: true,
      records: 1402,
      head,
      findings: [{ code: 'may-be-cut-off', n: 1401 }],
      exported: 'refused',
    });
  });
});
