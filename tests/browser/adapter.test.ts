import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from '../../examples/serve.mjs';
import { launch } from './chromium.ts';
import { describeInBrowser } from './in-browser.ts';
import type {} from './pages/adapter.ts';

describeInBrowser('browserCapture and browserDevices', () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    site = await serve({ mounts: { '/pages/': ['tests/browser/pages', 'dist-demo/pages'] } });
    browser = await launch();
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test('keep the contract of every adapter, its recorder and its devices', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${site.url}pages/adapter.html`);
    await page.waitForFunction(() => 'kept' in window);
    const results = await page.evaluate(() => window.kept());
    expect(Object.keys(results).filter((name) => name.startsWith('the recorder:')).length).toBeGreaterThan(5);
    expect(Object.keys(results).filter((name) => name.startsWith('the devices:')).length).toBeGreaterThan(3);
    expect(results).toEqual(Object.fromEntries(Object.keys(results).map((name) => [name, 'kept'])));
  });
});
