import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { serve } from '../../examples/serve.mjs';
import { launch } from './chromium.ts';
import { DemoMeeting, type Person } from './demo-meeting.ts';
import { describeInBrowser } from './in-browser.ts';

/** Opens a meeting of the demo, by default of hana, bo and cy; it is closed after the test. */
type Opens = (options?: { readonly who?: Person[] }) => Promise<DemoMeeting>;

/** Tests of the served demo in one browser, beside the pages of these tests. */
export function describeDemo(title: string, tests: (opens: Opens) => void): void {
  describeInBrowser(title, () => {
    let browser: Browser;
    let site: Awaited<ReturnType<typeof serve>>;
    let meeting: DemoMeeting | undefined;

    beforeAll(async () => {
      site = await serve({ mounts: { '/pages/': ['tests/browser/pages', 'dist-demo/pages'] } });
      browser = await launch();
    });

    afterEach(() => meeting?.close());

    afterAll(async () => {
      await browser?.close();
      await site?.close();
    });

    tests(async (options) => {
      meeting = await DemoMeeting.open(browser, site.url, options);
      return meeting;
    });
  });
}
