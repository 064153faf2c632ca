import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { historyOf, readHistory } from '../../src/records/history.ts';
import { recordGerman } from '../../src/records/record-german.ts';
import { recordPage } from '../../src/records/record-page.ts';
import { ledgerOf, weeklyMeeting } from '../records/meeting-ledger.ts';
import { launch } from './chromium.ts';
import { describeInBrowser } from './in-browser.ts';
import { axeFindings, complaintsOf } from './in-page.ts';

const looks: readonly { name: string; options: BrowserContextOptions; media: 'screen' | 'print' }[] = [
  { name: 'light', options: { colorScheme: 'light', viewport: { width: 1280, height: 800 } }, media: 'screen' },
  { name: 'dark', options: { colorScheme: 'dark', viewport: { width: 1280, height: 800 } }, media: 'screen' },
  { name: 'a phone', options: { colorScheme: 'light', viewport: { width: 390, height: 780 } }, media: 'screen' },
  { name: '400 % zoom', options: { colorScheme: 'dark', viewport: { width: 320, height: 256 } }, media: 'screen' },
  { name: 'A4 paper', options: { colorScheme: 'dark', viewport: { width: 650, height: 920 } }, media: 'print' },
];

async function pages(): Promise<readonly string[]> {
  const history = await readHistory(ledgerOf(weeklyMeeting), {
    wordsOf: ({ locale }) => ({ title: locale === 'de' ? 'Stimmen Sie zu?' : 'Do you agree?', body: 'One.\nTwo.' }),
  });
  return [recordPage(history), recordPage(historyOf(history, 'bo'), { participantId: 'bo', catalogue: recordGerman })];
}

describeInBrowser('the printable record, in a browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  });

  afterAll(async () => {
    await browser?.close();
  });

  for (const { name, options, media } of looks) {
    test(`has nothing that axe complains of, and no sideways scrolling: ${name}`, async () => {
      const context = await browser.newContext(options);
      for (const html of await pages()) {
        const page = await context.newPage();
        const complaints = complaintsOf(page);
        await page.emulateMedia({ media });
        await page.setContent(html);
        const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        expect({ found: await axeFindings(page), isTooWide, complaints }).toEqual({
          found: [],
          isTooWide: false,
          complaints: [],
        });
        await page.close();
      }
      await context.close();
    });
  }

  test('prints black on white, whatever the screen is like', async () => {
    const context = await browser.newContext({ colorScheme: 'dark' });
    const page = await context.newPage();
    await page.setContent((await pages())[0] as string);
    const colours = () =>
      page.evaluate(() => {
        const { color, backgroundColor } = getComputedStyle(document.body);
        return [color, backgroundColor];
      });
    const onScreen = await colours();
    await page.emulateMedia({ media: 'print' });
    expect([onScreen[0] !== 'rgb(0, 0, 0)', await colours()]).toEqual([true, ['rgb(0, 0, 0)', 'rgb(255, 255, 255)']]);
    await context.close();
  });
});
