import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from '../../examples/serve.mjs';
import { launch } from './chromium.ts';
import { describeInBrowser } from './in-browser.ts';
import type {} from './pages/records.ts';

describeInBrowser('the ledger in a browser', () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serve>>;
  let page: Page;

  beforeAll(async () => {
    site = await serve({ mounts: { '/pages/': ['tests/browser/pages', 'dist-demo/pages'] } });
    browser = await launch();
    page = await (await browser.newContext()).newPage();
    await opened();
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  async function opened(): Promise<void> {
    await page.goto(`${site.url}pages/records.html`);
    await page.waitForFunction(() => 'ledgerLab' in window);
  }

  test('the store in IndexedDB keeps the contract', async () => {
    const { checks, failed } = await page.evaluate(() => window.ledgerLab.failures());
    expect(failed).toEqual({});
    expect(checks).toBeGreaterThan(5);
  });

  test('[G6] goes on after a reload, with a key that cannot be exported, and holds', async () => {
    const write = (number: number) =>
      page.evaluate(async (epochNumber) => {
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
    await opened();
    const head = await write(2);
    const verdict = await page.evaluate(async (known) => {
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
