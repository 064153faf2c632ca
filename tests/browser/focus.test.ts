import type { BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { serve } from '../../examples/serve.mjs';
import { describeInBrowser, describeWithWindows } from './in-browser.ts';
import type {} from './pages/focus.ts';
import { type FocusedBrowser, launchForFocus } from './real-focus.ts';

/** A change that has no event of its own is found within half a second; the rest is the machine's. */
const soon = { timeout: 2000, interval: 20 };

const says = (page: Page | Frame) => page.evaluate(() => window.focusPage.focus.state());
/** What who subscribed was told, without having asked. */
const told = (page: Page | Frame) => page.evaluate(() => window.focusPage.told);
const last = (page: Page | Frame) => page.evaluate(() => window.focusPage.told.at(-1) ?? window.focusPage.first);
const hasFocus = (page: Page | Frame) => page.evaluate(() => document.hasFocus());

async function sites() {
  const mounts = { '/pages/': ['tests/browser/pages', 'dist-demo/pages'] };
  const [own, other] = await Promise.all([serve({ mounts }), serve({ mounts, host: '127.0.0.1' })]);
  return {
    own: `${own.url}pages/focus.html`,
    /** Another site: Chromium keeps it in a process of its own. */
    other: `${other.url}pages/focus.html`,
    async close() {
      await Promise.all([own.close(), other.close()]);
    },
  };
}

/** These pages frame each other, which the content security policy of those that are served forbids. */
async function allowFrames(context: BrowserContext): Promise<void> {
  await context.route('**/pages/focus.html*', async (route) => {
    const response = await route.fetch();
    const { 'content-security-policy': _, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
}

function frameOf(page: Page): Frame {
  const [frame] = page.mainFrame().childFrames();
  if (!frame) throw new Error('it has no frame');
  return frame;
}

const withFrame = (page: string, framed: string): string => `${page}?frame=${encodeURIComponent(framed)}`;

async function openFrame(page: Page): Promise<Frame> {
  await page.waitForLoadState();
  const frame = frameOf(page);
  await frame.waitForLoadState();
  return frame;
}

describeInBrowser('a tab with the focus that people’s tabs have', () => {
  let browser: FocusedBrowser;
  let site: Awaited<ReturnType<typeof sites>>;

  beforeAll(async () => {
    site = await sites();
    browser = await launchForFocus();
    await allowFrames(browser.context);
  });

  afterEach(async () => {
    for (const page of browser.context.pages().slice(1)) await page.close();
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test('[G4] loses it to another tab, and is told of once; back in front it has it at once', async () => {
    const meeting = await browser.open(site.own);
    expect([await says(meeting), await told(meeting)]).toEqual(['focused', []]);
    const other = await browser.open(site.own);
    await expect.poll(() => told(meeting), soon).toEqual(['lost']);
    await browser.front(meeting);
    await expect.poll(() => told(meeting), soon).toEqual(['lost', 'focused']);
    await expect.poll(() => told(other), soon).toEqual(['lost']);
  });

  test('[G4] keeps it while a frame of another site within has it, and loses it from there', async () => {
    const meeting = await browser.open(withFrame(site.own, site.other));
    const frame = await openFrame(meeting);
    await frame.locator('input').click();
    expect(await frame.evaluate(() => document.activeElement?.localName)).toBe('input');
    expect([await hasFocus(meeting), await says(meeting), await told(meeting)]).toEqual([true, 'focused', []]);
    await browser.open(site.own);
    await expect.poll(() => told(meeting), soon).toEqual(['lost']);
    await meeting.bringToFront();
    await expect.poll(() => told(meeting), soon).toEqual(['lost', 'focused']);
  });

  test('[G4] embedded by another site, cannot tell while the focus is there, and is lost with the whole tab', async () => {
    const page = await browser.open(withFrame(site.other, site.own));
    const meeting = await openFrame(page);
    await page.locator('input').click();
    await expect.poll(() => last(meeting), soon).toBe('cannot-tell');
    await meeting.locator('input').click();
    await expect.poll(() => last(meeting), soon).toBe('focused');
    await page.locator('input').click();
    await expect.poll(() => last(meeting), soon).toBe('cannot-tell');
    await browser.open(site.own);
    await expect.poll(() => last(meeting), soon).toBe('lost');
  });

  test('[G4] loses it when its window is minimised, and has it when that is back', async () => {
    const meeting = await browser.open(site.own);
    await browser.minimise(meeting);
    await expect.poll(() => told(meeting), soon).toEqual(['lost']);
    await browser.restore(meeting);
    await expect.poll(() => told(meeting), soon).toEqual(['lost', 'focused']);
  });

  test('[G4] cannot tell from freeze to resume', async () => {
    const meeting = await browser.open(site.own);
    await browser.open(site.own);
    const session = await browser.context.newCDPSession(meeting);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await expect.poll(() => told(meeting), soon).toEqual(['lost', 'cannot-tell', 'lost']);
  });

  test('[G4] is not lost to another tab while its video floats, and is when that is closed', async () => {
    const meeting = await browser.open(site.own);
    await meeting.locator('#float-video').click();
    await expect.poll(() => meeting.evaluate(() => document.pictureInPictureElement?.localName), soon).toBe('video');
    await browser.open(site.own);
    await expect.poll(() => hasFocus(meeting), soon).toBe(false);
    expect([await says(meeting), await told(meeting)]).toEqual(['focused', []]);
    await meeting.evaluate(() => document.exitPictureInPicture());
    await expect.poll(() => told(meeting), soon).toEqual(['lost']);
  });

  test('[G4] is not lost to another tab while its Document Picture-in-Picture window has the focus, and is when that is closed', async () => {
    const meeting = await browser.open(site.own);
    const opened = browser.context.waitForEvent('page');
    await meeting.locator('#float').click();
    const floating = await opened;
    await floating.locator('input').click();
    await browser.open(site.own);
    await expect.poll(() => hasFocus(meeting), soon).toBe(false);
    expect([await says(meeting), await told(meeting), await hasFocus(floating)]).toEqual(['focused', [], true]);
    await floating.close();
    await expect.poll(() => told(meeting), soon).toEqual(['lost']);
  });
});

describeWithWindows('a window with the focus that people’s windows have', () => {
  let browser: FocusedBrowser;
  let site: Awaited<ReturnType<typeof sites>>;

  beforeAll(async () => {
    site = await sites();
    browser = await launchForFocus('display');
    await allowFrames(browser.context);
  });

  afterEach(async () => {
    for (const page of browser.context.pages().slice(1)) await page.close();
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const isVisible = (page: Page) => page.evaluate(() => document.visibilityState === 'visible');

  test('[G4] loses it to another window while it stays in view, and is told of once; back in front it has it at once', async () => {
    const meeting = await browser.open(site.own, 'window');
    const other = await browser.open(site.own, 'window');
    await expect.poll(() => told(meeting), soon).toEqual(['lost']);
    expect(await isVisible(meeting)).toBe(true);
    await browser.front(meeting);
    await expect.poll(() => told(meeting), soon).toEqual(['lost', 'focused']);
    await expect.poll(() => told(other), soon).toEqual(['lost']);
  });

  test('[G4] loses it, and has it again, while a frame of another site within has it, which no event tells', async () => {
    const meeting = await browser.open(withFrame(site.own, site.other), 'window');
    const other = await browser.open(site.own, 'window');
    await browser.front(meeting);
    const frame = await openFrame(meeting);
    await frame.locator('input').click();
    await expect.poll(() => told(meeting), soon).toEqual(['lost', 'focused']);
    await meeting.evaluate(() => {
      window.focusPage.told.length = 0;
    });
    await browser.front(other);
    await expect.poll(() => told(meeting), soon).toEqual(['lost']);
    await browser.front(meeting);
    await expect.poll(() => told(meeting), soon).toEqual(['lost', 'focused']);
  });

  test('[G4] is not lost while its Document Picture-in-Picture window has it, is when another window has, and is back by either', async () => {
    const other = await browser.open(site.own, 'window');
    const meeting = await browser.open(site.own, 'window');
    const opened = browser.context.waitForEvent('page');
    await meeting.locator('#float').click();
    const floating = await opened;
    await expect.poll(() => hasFocus(floating), soon).toBe(true);
    expect(await hasFocus(meeting)).toBe(false);
    await expect.poll(() => last(meeting), soon).toBe('focused');
    await browser.front(other);
    await expect.poll(() => last(meeting), soon).toBe('lost');
    await browser.front(floating);
    await expect.poll(() => last(meeting), soon).toBe('focused');
    await browser.front(other);
    await expect.poll(() => last(meeting), soon).toBe('lost');
    await browser.front(meeting);
    await expect.poll(() => last(meeting), soon).toBe('focused');
  });
});
