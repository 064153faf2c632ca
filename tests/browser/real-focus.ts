import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { BrowserContext, Page } from 'playwright-core';
import { foundDisplayServer, launchUntouched } from './chromium.ts';

/** One person's browser, whose pages have and lose the focus as theirs do. */
export interface FocusedBrowser {
  readonly context: BrowserContext;
  /** Opens a page, in front: a tab of the first window, or a window of its own. */
  open(url: string, where?: 'tab' | 'window'): Promise<Page>;
  /** Brings it to the front, and is done when it has the focus. */
  front(page: Page): Promise<void>;
  /** Minimises its window, and is done when the page is hidden. Only where there is no display: Xvfb minimises nothing. */
  minimise(page: Page): Promise<void>;
  restore(page: Page): Promise<void>;
  close(): Promise<void>;
}

/**
 * A Chromium of its own, with Playwright's focus emulation off. Without a display (`headless`) a tab takes the focus from
 * another and can be minimised, but every window that is in view has the focus, a Picture-in-Picture window for ever.
 * With one (`display`, where `foundDisplayServer()` says that there is Xvfb) windows take it from each other too.
 */
export async function launchForFocus(on: 'headless' | 'display' = 'headless'): Promise<FocusedBrowser> {
  const display = on === 'display' ? await startDisplay() : undefined;
  const started = launchUntouched(
    display ? ['--ozone-platform=x11'] : ['--headless'],
    display ? { ...process.env, DISPLAY: display.name } : process.env,
  );
  const { browser, context, close } = await started.catch((error) => {
    display?.server.kill();
    throw error;
  });
  const browserSession = await browser.newBrowserCDPSession();

  async function setWindow(page: Page, windowState: 'minimized' | 'normal'): Promise<void> {
    const session = await context.newCDPSession(page);
    const { windowId } = await session.send('Browser.getWindowForTarget');
    await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
    await session.detach();
    await until(page, () => document.visibilityState, windowState === 'minimized' ? 'hidden' : 'visible');
  }

  async function front(page: Page): Promise<void> {
    await page.bringToFront();
    await until(page, () => document.hasFocus(), true);
  }

  return {
    context,
    async open(url, where = 'tab') {
      const opened = context.waitForEvent('page');
      await browserSession.send('Target.createTarget', { url: 'about:blank', newWindow: where === 'window' });
      const page = await opened;
      await page.goto(url);
      await front(page);
      return page;
    },
    front,
    minimise: (page) => setWindow(page, 'minimized'),
    restore: (page) => setWindow(page, 'normal'),
    async close() {
      await close();
      display?.server.kill();
    },
  };
}

/** Asked from outside: the timers of a hidden page sleep. */
async function until<T>(page: Page, fact: () => T, expected: T): Promise<void> {
  const endsAt = performance.now() + 5000;
  while ((await page.evaluate(fact)) !== expected) {
    if (performance.now() > endsAt) throw new Error(`${page.url()} is not ${expected}: ${fact}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function startDisplay(): Promise<{ readonly name: string; readonly server: ChildProcess }> {
  const args = ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'];
  const server = spawn(foundDisplayServer() ?? '', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', () => reject(new Error('Xvfb ended')));
    (server.stdio[3] as Readable).once('data', (said) => resolve(String(said).trim()));
  });
  return { name: `:${number}`, server };
}
