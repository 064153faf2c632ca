import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { serve } from '../../examples/serve.mjs';
import { launch } from './chromium.ts';
import { DemoMeeting, type WatchedWindow } from './demo-meeting.ts';
import { describeInBrowser } from './in-browser.ts';
import { complaintsOf, openPage } from './in-page.ts';

declare const window: WatchedWindow & Window & typeof globalThis;

/** The last recording that the host's client keeps, as it reads it. */
function keptBy(host: Page): Promise<{ name: string; size: number; sha256: string }> {
  return host.evaluate(async () => {
    const file = window.meetingNoticeDemo.capture.files().at(-1);
    if (!file) throw new Error('nothing was recorded');
    const bytes = await (await file.read()).arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return { name: file.name, size: bytes.byteLength, sha256 };
  });
}

describeInBrowser('the demo', () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serve>>;
  let context: BrowserContext | undefined;

  beforeAll(async () => {
    site = await serve();
    browser = await launch();
  });

  afterEach(async () => {
    await context?.close();
    context = undefined;
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test('saves a recording as a WebM file, every byte of it and under its name', async () => {
    const meeting = await DemoMeeting.open(browser, site.url, { who: ['hana', 'bo'] });
    ({ context } = meeting);
    await meeting.asksToRecord();
    await meeting.presses('bo', 'Agree');
    await meeting.recordsFor(1000);
    await meeting.stops();
    const host = meeting.page('hana');
    const downloading = host.waitForEvent('download');
    await host.getByRole('button', { name: 'Save' }).click();
    const download = await downloading;
    const saved = await readFile(await download.path());
    const kept = await keptBy(host);

    expect(kept.size).toBeGreaterThan(1000);
    expect(kept.name).toMatch(/\.webm$/);
    expect({
      name: download.suggestedFilename(),
      size: saved.length,
      sha256: createHash('sha256').update(saved).digest('hex'),
    }).toEqual(kept);
    // The first element of a Matroska file, and what kind of one it is (RFC 8794).
    expect([saved.subarray(0, 4).toString('hex'), saved.subarray(0, 64).includes('webm')]).toEqual(['1a45dfa3', true]);
    expect(meeting.complaints).toEqual([]);
  });

  test('[G1] the link of the first page leads another tab into its meeting, where its person is asked', async () => {
    const { page, complaints } = await openPage(browser, site.url, { viewport: { width: 1280, height: 1000 } });
    context = page.context();
    const host = page.frameLocator('#side-hana iframe');
    for (const id of ['hana', 'bo', 'cy']) {
      await page.frameLocator(`#side-${id} iframe`).getByText('Not recorded').waitFor({ state: 'attached' });
    }
    const opening = context.waitForEvent('page');
    await page.getByRole('link', { name: 'Join from another tab' }).click();
    const tab = await opening;
    complaintsOf(tab, complaints);
    await tab.getByRole('textbox', { name: 'Your name' }).fill('Zoe');
    await tab.getByRole('button', { name: 'Join with a generated picture' }).click();
    const row = host.locator('meeting-notice-roster li', { hasText: 'Zoe' });
    await row.waitFor();
    await host.getByRole('button', { name: 'Ask to record', exact: true }).click();
    await tab.locator('meeting-notice-prompt').getByRole('button', { name: 'Agree', exact: true }).click();
    await row.getByText('Agreed').waitFor();
    await page.frameLocator('#side-bo iframe').getByRole('button', { name: 'Agree', exact: true }).click();
    await page.frameLocator('#side-cy iframe').getByRole('button', { name: 'Refuse', exact: true }).click();
    await row.getByText('Agreed · in the recording').waitFor();

    expect(await tab.title()).toBe('Zoe · Meeting');
    expect(await tab.locator('.tile[data-own=false]').count()).toBe(3);
    expect(complaints).toEqual([]);
  });
});
