import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from '../../examples/serve.mjs';
import { asked, type scriptedSession } from '../ui/scripted-session.ts';
import { launch } from './chromium.ts';
import { describeInBrowser } from './in-browser.ts';
import { axeFindings, openPage } from './in-page.ts';

interface Scripted {
  readonly scripted: ReturnType<typeof scriptedSession>;
}

const calls = (page: Page) => page.evaluate(() => (window as unknown as Scripted).scripted.said());

const looks = [
  { name: 'light', options: { colorScheme: 'light', viewport: { width: 1280, height: 800 } } },
  { name: 'dark', options: { colorScheme: 'dark', viewport: { width: 1280, height: 800 } } },
  { name: 'a phone', options: { colorScheme: 'light', viewport: { width: 390, height: 780 } } },
  { name: '400 % zoom', options: { colorScheme: 'dark', viewport: { width: 320, height: 256 } } },
] as const;

const scenes = [
  'prompt',
  'prompt-for-two',
  'running-for-a-guest',
  'asking-for-a-host',
  'told-to-a-host',
  'off-for-a-host',
  'tracked',
];

describeInBrowser('the elements, in a browser', () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serve>>;
  const sceneUrl = (scene: string) => `${site.url}pages/elements.html?scene=${scene}`;

  beforeAll(async () => {
    site = await serve({ mounts: { '/pages/': ['tests/browser/pages', 'dist-demo/pages'] } });
    browser = await launch();
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  for (const { name, options } of looks) {
    test(`have nothing that axe complains of, and no sideways scrolling: ${name}`, async () => {
      for (const scene of scenes) {
        const { page, complaints } = await openPage(browser, sceneUrl(scene), { ...options, reducedMotion: 'reduce' });
        await page.locator('#here > *').first().waitFor({ state: 'attached' });
        const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        expect({ scene, found: await axeFindings(page), isTooWide, complaints }).toEqual({
          scene,
          found: [],
          isTooWide: false,
          complaints: [],
        });
        await page.context().close();
      }
    });
  }

  test('a prompt lets each choice be reached and pressed by keyboard alone, and gives the focus back', async () => {
    const { page } = await openPage(browser, sceneUrl('prompt-for-two'));
    const focused = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent?.trim());
    const reached = [await focused()];
    for (let press = 0; press < 4; press += 1) {
      await page.keyboard.press('Tab');
      reached.push(await focused());
    }
    expect(reached).toEqual([
      'May this meeting be recorded?',
      'What happens with your data (opens in a new tab)',
      'I agree to both',
      'I agree to the recording only',
      'I refuse both',
    ]);
    await page.keyboard.press('Enter');
    expect(await calls(page)).toContainEqual(['answer', 'n1', { recording: 'refused', transcription: 'refused' }]);
  });

  test('choices of a prompt have one size, one style and at least 44 pixels', async () => {
    const { page } = await openPage(browser, sceneUrl('prompt-for-two'), { viewport: { width: 390, height: 780 } });
    const looksOf = await page.locator('meeting-notice-prompt .choice').evaluateAll((buttons) =>
      buttons.map((button) => {
        const { width, height } = button.getBoundingClientRect();
        const { backgroundColor, color, borderColor, fontWeight, fontSize } = getComputedStyle(button);
        return { width, height: Math.round(height), backgroundColor, color, borderColor, fontWeight, fontSize };
      }),
    );
    expect(new Set(looksOf.map((look) => JSON.stringify(look))).size).toBe(1);
    expect(looksOf[0]?.height).toBeGreaterThanOrEqual(44);
  });

  test('Escape is no answer, however often it is pressed', async () => {
    const { page } = await openPage(browser, sceneUrl('prompt'));
    await page.mouse.click(5, 5);
    for (let press = 0; press < 5; press += 1) await page.keyboard.press('Escape');
    expect([
      await page.locator('meeting-notice-prompt dialog').evaluate((dialog: HTMLDialogElement) => dialog.open),
      await page.locator('meeting-notice-prompt .note').textContent(),
      (await calls(page)).filter(([name]) => name === 'answer'),
    ]).toEqual([true, 'Please choose one of the answers. Escape is not an answer.', []]);
  });

  test('the focus goes back to where it was before the prompt', async () => {
    const { page } = await openPage(browser, sceneUrl('off-for-a-host'));
    await page.locator('#before').focus();
    await page.evaluate(async () => {
      const { scripted } = window as unknown as Scripted;
      const prompt = document.createElement('meeting-notice-prompt');
      prompt.session = scripted.session;
      document.body.append(prompt);
    });
    await page.evaluate((raised) => (window as unknown as Scripted).scripted.show({ prompt: raised }), asked);
    const during = await page.evaluate(() => document.activeElement?.localName);
    await page.evaluate(() => (window as unknown as Scripted).scripted.show({ prompt: null }));
    expect([during, await page.evaluate(() => document.activeElement?.id)]).toEqual([
      'meeting-notice-prompt',
      'before',
    ]);
  });

  test('[G1] a banner below the fold is not shown before it has been scrolled to', async () => {
    const { page } = await openPage(browser, sceneUrl('running-for-a-guest'));
    await page.evaluate(() => {
      const spacer = document.createElement('div');
      spacer.style.height = '3000px';
      const banner = document.createElement('meeting-notice-banner');
      banner.id = 'below';
      const { scripted } = window as unknown as Scripted;
      scripted.forget();
      banner.session = scripted.session;
      document.body.append(spacer, banner);
    });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const before = await calls(page);
    await page.locator('#below').evaluate((banner) => banner.scrollIntoView());
    await page.waitForFunction(() => (window as unknown as Scripted).scripted.said().length > 0);
    expect([before, await calls(page)]).toEqual([[], [['confirmShown', 'b1']]]);
  });

  test('stands still for who asks for less motion, and keeps its shapes in forced colours', async () => {
    const { page } = await openPage(browser, sceneUrl('running-for-a-guest'), {
      reducedMotion: 'reduce',
      forcedColors: 'active',
    });
    const shape = page.locator('meeting-notice-indicator .shape');
    expect(await shape.evaluate((element) => getComputedStyle(element).animationName)).toBe('none');
    expect(await shape.locator('svg').isVisible()).toBe(true);
  });
});
