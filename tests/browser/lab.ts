import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { serve } from '../../examples/serve.mjs';
import { launch } from './chromium.ts';
import { describeInBrowser } from './in-browser.ts';

interface Lab {
  /** The page of this test, in a context of its own, which is closed after it. */
  page(): Page;
  /** Loads it anew, until what it gives to tests is there. */
  reload(): Promise<void>;
}

/** Tests within one of `pages/`, which gives them what they need as `window[given]`. */
export function describeLab(
  title: string,
  { at, given }: { readonly at: string; readonly given: string },
  tests: (lab: Lab) => void,
): void {
  describeInBrowser(title, () => {
    let browser: Browser;
    let site: Awaited<ReturnType<typeof serve>>;
    let page: Page;

    async function reload(): Promise<void> {
      await page.goto(`${site.url}pages/${at}.html`);
      await page.waitForFunction((name) => name in window, given);
    }

    beforeAll(async () => {
      site = await serve({ mounts: { '/pages/': ['tests/browser/pages', 'dist-demo/pages'] } });
      browser = await launch();
    });

    beforeEach(async () => {
      page = await (await browser.newContext()).newPage();
      await reload();
    });

    afterEach(() => page.context().close());

    afterAll(async () => {
      await browser?.close();
      await site?.close();
    });

    tests({ page: () => page, reload });
  });
}
