import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { serve } from '../../examples/serve.mjs';
import { launch } from './chromium.ts';
import { DemoMeeting, type Person } from './demo-meeting.ts';
import { describeInBrowser } from './in-browser.ts';
import { openPage } from './in-page.ts';

/** Opens a meeting of the demo, by default of hana, bo and cy; it is closed after the test. */
type Opens = (options?: { readonly who?: Person[] }) => Promise<DemoMeeting>;

type Opened = Awaited<ReturnType<typeof openPage>>;

/** Opens a page of the demo, by default the first; it is closed after the test. */
type OpensPage = (options?: Parameters<typeof openPage>[2], at?: string) => Promise<Opened>;

/** What is served, and a browser: from before the first test to after the last. */
function served(options?: Parameters<typeof serve>[0]): { readonly browser: Browser; readonly url: string } {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    site = await serve(options);
    browser = await launch();
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  return {
    get browser() {
      return browser;
    },
    get url() {
      return site.url;
    },
  };
}

/** Tests of the served demo in one browser, beside the pages of these tests. */
export function describeDemo(title: string, tests: (opens: Opens) => void): void {
  describeInBrowser(title, () => {
    const demo = served({ mounts: { '/pages/': ['tests/browser/pages', 'dist-demo/pages'] } });
    let meeting: DemoMeeting | undefined;

    afterEach(() => meeting?.close());

    tests(async (options) => {
      meeting = await DemoMeeting.open(demo.browser, demo.url, options);
      return meeting;
    });
  });
}

/** Tests of single pages of the served demo, in one browser. */
export function describePages(title: string, tests: (opens: OpensPage) => void): void {
  describeInBrowser(title, () => {
    const demo = served();
    let opened: Opened | undefined;

    afterEach(() => opened?.page.context().close());

    tests(async (options, at = '') => {
      opened = await openPage(demo.browser, `${demo.url}${at}`, options);
      return opened;
    });
  });
}
