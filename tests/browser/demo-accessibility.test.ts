import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { asked, everyoneIsIn, press, side } from './demo-sides.ts';
import { axeFindings } from './in-page.ts';
import { describePages } from './served-demo.ts';

describePages('what axe finds in the demo', (opens) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      test(`nothing before, while and after asking: ${colorScheme}, ${width} pixels wide`, async () => {
        const viewport = { width, height: 844 };
        const { page } = await opens({ colorScheme, viewport, reducedMotion: 'reduce' });
        const choose = async (id: string) => {
          if (width < 768) await page.locator(`#tab-${id}`).click();
        };
        await everyoneIsIn(page);
        const found: Record<string, string[]> = { before: await axeFindings(page) };
        await press(page, 'hana', 'Ask to record');
        for (const id of ['bo', 'cy']) {
          await choose(id);
          await asked(page, id).waitFor();
          found[`${id} is asked`] = await axeFindings(page);
          await press(page, id, 'Agree');
        }
        await page.locator('#side-cy figcaption .state', { hasText: 'Recorded' }).waitFor({ state: 'attached' });
        found['a guest is recorded'] = await axeFindings(page);
        await choose('hana');
        found['the host records'] = await axeFindings(page);
        await press(page, 'hana', 'Share my screen');
        await press(page, 'hana', 'Attention tracking: off');
        await side(page, 'hana').getByText('Attention tracking active').first().waitFor();
        found['the host tracks attention'] = await axeFindings(page);
        await choose('bo');
        await side(page, 'bo').getByText('Attention tracking is on in this meeting.').first().waitFor();
        found['a guest is told of it'] = await axeFindings(page);
        expect(found).toEqual(Object.fromEntries(Object.keys(found).map((moment) => [moment, []])));
      });
    }
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      let page: Page;
      const enters = async (policy: string): Promise<void> => {
        const options = { colorScheme, viewport: { width, height: 844 }, reducedMotion: 'reduce' } as const;
        ({ page } = await opens(options, `?policy=${policy}`));
        await everyoneIsIn(page);
      };
      const adds = async (who: string): Promise<void> => {
        await page.getByRole('button', { name: who }).click();
      };

      test(`nothing for a phone caller who is asked and has answered: ${colorScheme}, ${width} pixels wide`, async () => {
        await enters('all-party');
        await adds('Add phone caller');
        await everyoneIsIn(page, ['pat']);
        await page.locator('#tab-hana').evaluate((tab: HTMLElement) => tab.click());
        await press(page, 'hana', 'Ask to record');
        await page.locator('#tab-pat').evaluate((tab: HTMLElement) => tab.click());
        await side(page, 'pat').locator('#heard').getByText('Press 1 to agree').waitFor();
        const isAsked = await axeFindings(page);
        await press(page, 'pat', '2');
        await side(page, 'pat').locator('#answered').getByText('You refused.').waitFor();
        expect({ isAsked, hasAnswered: await axeFindings(page) }).toEqual({ isAsked: [], hasAnswered: [] });
      });

      test(`nothing while devices are held, and in the lobby: ${colorScheme}, ${width} pixels wide`, async () => {
        await enters('lobby');
        await press(page, 'hana', 'Ask to record');
        for (const id of ['bo', 'cy']) {
          await page.locator(`#tab-${id}`).evaluate((tab: HTMLElement) => tab.click());
          await press(page, id, 'Agree');
        }
        await adds('Add late joiner');
        await side(page, 'dee').getByText('You are in the lobby').waitFor();
        await asked(page, 'dee').waitFor();
        const inLobby = await axeFindings(page);
        await page.context().close();
        await enters('acknowledge');
        await press(page, 'hana', 'Ask to record');
        await page.locator('#tab-bo').evaluate((tab: HTMLElement) => tab.click());
        await side(page, 'bo').locator('#microphone', { hasText: 'Mic held' }).waitFor();
        expect({ inLobby, held: await axeFindings(page) }).toEqual({ inLobby: [], held: [] });
      });
    }
  }

  test('nothing in the notice document and at the door', async () => {
    const { page } = await opens({}, 'notice.html');
    await page.locator('table').first().waitFor();
    const document = await axeFindings(page);
    await page.goto(new URL('meeting.html?room=door', page.url()).href);
    await page.getByLabel('Your name').waitFor();
    expect({ document, door: await axeFindings(page) }).toEqual({ document: [], door: [] });
  });
});
