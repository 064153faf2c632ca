import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** Whatever a page complains of: errors thrown, errors logged, and what its content security policy stopped. */
export function complaintsOf(page: Page, complaints: string[] = []): string[] {
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.goto(url);
  return { page, complaints };
}

/** What axe finds, in the page and its frames, as `rule: selector`. */
export async function axeFindings(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const frame of page.frames()) {
    // Evaluated, not added as a script: the content security policy stays as it is served.
    await frame.evaluate(axe.source);
    const lines = await frame.evaluate(async () => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      // A colour on its way is no colour to judge.
      const transitions = document.getAnimations().filter((each) => each instanceof CSSTransition);
      await Promise.allSettled(transitions.map(({ finished }) => finished));
      const { violations } = await axe.run(document, { iframes: false });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
      );
    });
    found.push(...lines);
  }
  return found;
}
