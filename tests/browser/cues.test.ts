import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from '../../examples/serve.mjs';
import { launch } from './chromium.ts';
import { describeInBrowser } from './in-browser.ts';

describeInBrowser('the cues of a page', () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    site = await serve({ mounts: { '/pages/': ['tests/browser/pages', 'dist-demo/pages'] } });
    // As people have it: no page sounds before it was touched.
    browser = await launch({ args: ['--autoplay-policy=document-user-activation-required'] });
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test('[G1] are told as blocked, and are not heard, until somebody has touched the page', async () => {
    const page = await browser.newPage();
    const told: string[] = [];
    page.on('console', (message) => message.type() === 'log' && told.push(message.text()));
    await page.goto(`${site.url}pages/cues.html`);
    await expect.poll(() => told, { timeout: 10_000 }).toEqual(['blocked, silent']);
    await page.mouse.click(20, 20);
    await expect.poll(() => told, { timeout: 10_000 }).toEqual(['blocked, silent', 'played, heard']);
  });
});
