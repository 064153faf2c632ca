import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Makes every picture of docs/pictures again, from what is built: `npm run build && node scripts/pictures.mjs`.
 * `--drawn` makes only those that the command draws, and needs no browser.
 */
const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const most = 300_000;

/** What the command draws, by the name of the picture. */
export const drawn = {
  'consent-machine.svg': ['machines', 'consent', '--format', 'svg'],
  'attention-machine.svg': ['machines', 'attention', '--format', 'svg'],
  'prompt-machine.svg': ['machines', 'prompt', '--format', 'svg'],
  'recording-machine.svg': ['machines', 'recording', '--format', 'svg'],
  'transcript-machine.svg': ['machines', 'transcript', '--format', 'svg'],
  'timeline.svg': ['simulate', 'examples/scenarios/a-whole-meeting.json', '--format', 'svg'],
};

function draw() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  for (const [name, command] of Object.entries(drawn)) {
    execFileSync(process.execPath, ['dist/cli.js', ...command, '--out', join(folder, name)], { cwd: root });
  }
}

async function photograph() {
  const { serve } = await import('../examples/serve.mjs');
  const { chromium } = await import('playwright-core');
  const site = await serve();
  const browser = await chromium.launch({
    executablePath: browserPath(chromium.executablePath()),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--use-fake-ui-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
  try {
    await wide(browser, site.url);
    await phone(browser, site.url);
  } finally {
    await browser.close();
    await site.close();
  }
}

/** @param {string} own where the browser's driver would look */
function browserPath(own) {
  const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const found = [process.env.CHROMIUM_PATH, ...usual, own].find((file) => file && existsSync(file));
  if (!found) throw new Error('No Chromium found; set CHROMIUM_PATH.');
  return found;
}

/** The three sides of the demo: the host's, and two guests'. */
async function sides(page) {
  await page.locator('iframe').nth(2).waitFor();
  await page.waitForFunction(
    () => {
      const frames = [...document.querySelectorAll('iframe')].map((frame) => frame.contentDocument);
      const videos = frames.map((inside) => [...(inside?.querySelectorAll('.tile video') ?? [])]);
      return videos.every((found) => found.length === 3 && found.every((video) => video.readyState >= 2));
    },
    undefined,
    { timeout: 30_000 },
  );
  return [0, 1, 2].map((place) => page.frameLocator('iframe').nth(place));
}

const answers = (frame) => frame.locator('meeting-notice-prompt');
const press = (within, name) => within.getByRole('button', { name, exact: true }).click();

/** Nothing is on its way in a picture. */
const still = { colorScheme: 'light', reducedMotion: 'reduce' };

/** Everyone is asked; then one has agreed, one has refused, and it is recorded. */
async function wide(browser, url) {
  const page = await browser.newPage({ ...still, viewport: { width: 1360, height: 1040 } });
  await page.goto(url);
  const [host, first, second] = await sides(page);
  await press(host, 'Ask to record');
  for (const guest of [first, second])
    await answers(guest).getByRole('button', { name: 'Agree', exact: true }).waitFor();
  await shot(page, 'demo.png');
  await press(answers(first), 'Agree');
  await press(answers(second), 'Refuse');
  const banner = host.locator('meeting-notice-banner').getByRole('button').first();
  await banner.waitFor();
  await banner.click();
  await host.getByText('Stop recording').first().waitFor();
  await page.mouse.move(0, 0);
  await page.waitForTimeout(1500);
  await shot(page, 'demo-recording.png');
  await page.close();
}

/** A guest is asked, on a phone. */
async function phone(browser, url) {
  const page = await browser.newPage({ ...still, viewport: { width: 390, height: 844 } });
  await page.goto(url);
  // The other sides are there, and hidden.
  const [host, guest] = [0, 1].map((place) => page.frameLocator('iframe').nth(place));
  await host.locator('.tile').nth(2).waitFor();
  await press(host, 'Ask to record');
  await page.locator('#tab-bo').click();
  await answers(guest).getByRole('button', { name: 'Agree', exact: true }).waitFor();
  await page.evaluate(() => {
    const [tabs, side] = ['switcher', 'side-bo'].map((id) => document.getElementById(id)?.getBoundingClientRect());
    scrollBy(0, (side?.top ?? 0) - (tabs?.height ?? 0) - 12);
  });
  await shot(page, 'demo-phone.png');
  await page.close();
}

async function shot(page, name) {
  const path = join(folder, name);
  await page.screenshot({ path });
  const { size } = statSync(path);
  console.log(`${name}: ${Math.round(size / 1000)} kB`);
  if (size > most) throw new Error(`${name} is larger than ${most} bytes.`);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  draw();
  if (!process.argv.includes('--drawn')) await photograph();
}
