import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { serve } from '../../examples/serve.mjs';
import { launchAsPeopleHaveIt } from './chromium.ts';
import { describeInBrowser } from './in-browser.ts';
import { complaintsOf } from './in-page.ts';
import type {} from './pages/tab.ts';

type Ends<T> = T extends (...args: never[]) => Promise<infer Result> ? Result : never;

/** Longer than an authority may be silent before a co-host's client takes over, and before anybody says `unknown`. */
const hiddenMs = 20_000;

/**
 * A tab that is hidden for ten minutes has had its timers slowed to one run a minute for five of them. Chromium is told
 * to begin with that after one second: nothing more happens to a hidden tab in the nine minutes that are left out here.
 */
describeInBrowser('a tab that is hidden', () => {
  let chromium: Ends<typeof launchAsPeopleHaveIt>;
  let context: BrowserContext;
  let site: Ends<typeof serve>;
  let rooms = 0;

  beforeAll(async () => {
    site = await serve({ mounts: { '/pages/': ['tests/browser/pages', 'dist-demo/pages'] } });
    chromium = await launchAsPeopleHaveIt();
    context = chromium.context;
  });

  afterEach(async () => {
    rooms += 1;
    for (const page of context.pages().slice(1)) await page.close();
  });

  afterAll(async () => {
    await chromium?.close();
    await site?.close();
  });

  const passes = (page: Page, ms: number) =>
    page.evaluate((forMs) => new Promise((resolve) => setTimeout(resolve, forMs)), ms);

  async function opened(who: { id: string; role: string }) {
    const page = await context.newPage();
    const address = new URL('pages/tab.html', site.url);
    for (const [key, value] of Object.entries({ room: `room-${rooms}`, ...who })) address.searchParams.set(key, value);
    await page.goto(address.href);
    await page.waitForFunction(() => window.tab?.session.getSnapshot().connection === 'connected');
    return page;
  }

  /** From now on the tab notes when its timers run, by the clock of its page and by that of a worker. */
  const notesBeats = (page: Page) =>
    page.evaluate(() => {
      const { beats, clocks } = window.tab;
      window.noted = { worker: beats(clocks.worker, 500), page: beats(clocks.page, 500) };
    });

  /** For how long no timer ran. */
  const longestSleeps = (page: Page) =>
    page.evaluate(() => {
      const gap = (times: readonly number[]) =>
        Math.max(...[...times, performance.now()].map((at, index, all) => at - (all[index - 1] ?? at)));
      return { worker: gap(window.noted.worker), page: gap(window.noted.page) };
    });

  test('[G8] has timers of a worker that go on, while those of its page sleep', async () => {
    const page = await opened({ id: 'hana', role: 'host' });
    await notesBeats(page);
    const front = await opened({ id: 'bo', role: 'participant' });
    await passes(front, hiddenMs);
    const sleeps = await longestSleeps(page);
    expect(sleeps.worker).toBeLessThan(2000);
    expect(sleeps.page).toBeGreaterThan(6000);
  });

  test('[G8] keeps its authority with the clock that a session has by default, and the others stay with it', async () => {
    const hana = await opened({ id: 'hana', role: 'host' });
    await notesBeats(hana);
    const bo = await opened({ id: 'bo', role: 'participant' });
    // In front, and awake: who would take over.
    const cleo = await opened({ id: 'cleo', role: 'co-host' });
    await passes(cleo, hiddenMs);
    const sleeps = await longestSleeps(hana);
    const followed = await Promise.all(
      [hana, cleo, bo].map((page) =>
        page.evaluate(() => [...window.tab.followed, window.tab.session.getSnapshot().authorityId]),
      ),
    );
    expect(sleeps.page).toBeGreaterThan(6000);
    expect(followed).toEqual(Array(3).fill(['joining undefined', 'connected hana', 'hana']));
  });

  test('[G9] has the timers of its page where a content security policy allows no worker', async () => {
    await context.route('**/tab.html*', async (route) => {
      const response = await route.fetch();
      const policy =
        response.headers()['content-security-policy']?.replace(/worker-src [^;]*/, "worker-src 'none'") ?? '';
      await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
    });
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await page.goto(`${site.url}pages/tab.html?room=alone&id=hana&role=host`);
    const ran = await page.evaluate(async () => {
      const { worker } = window.tab.clocks;
      const noted: string[] = [];
      const cleared = worker.setTimeout(() => noted.push('cleared'), 50);
      worker.clearTimeout(cleared);
      await new Promise<void>((resolve) => worker.setTimeout(resolve, 100));
      return noted;
    });
    await context.unroute('**/tab.html*');
    expect(ran).toEqual([]);
    expect(complaints.filter((complaint) => complaint.includes('worker-src')).length).toBeGreaterThan(0);
  });
});
