import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type LaunchOptions } from 'playwright-core';

const onPath = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const usualPlaces = [
  ...['/usr/bin', '/usr/local/bin', '/snap/bin'].flatMap((folder) => onPath.map((name) => join(folder, name))),
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const folder = process.env[name];
    return folder
      ? [join(folder, 'Google/Chrome/Application/chrome.exe'), join(folder, 'Chromium/Application/chrome.exe')]
      : [];
  }),
];

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** What an earlier `playwright-core install` left, whichever version of Playwright it was. */
function inPlaywrightsCache(): string | undefined {
  const own = chromium.executablePath();
  if (own && existsSync(own)) return own;
  const folders = [
    process.env['PLAYWRIGHT_BROWSERS_PATH'],
    join(homedir(), '.cache/ms-playwright'),
    join(homedir(), 'Library/Caches/ms-playwright'),
  ];
  const inside = ['chrome-linux/chrome', 'chrome-linux64/chrome', 'chrome-mac/Chromium.app/Contents/MacOS/Chromium'];
  return folders
    .filter((folder) => folder !== undefined && existsSync(folder))
    .flatMap((folder) => readdirSync(folder as string).map((name) => join(folder as string, name)))
    .filter((folder) => /[/\\]chromium-\d+$/.test(folder))
    .flatMap((folder) => inside.map((file) => join(folder, file)))
    .find((file) => existsSync(file));
}

/** A Chromium that is already here. */
export function foundChromium(): string | undefined {
  const given = process.env['CHROMIUM_PATH'] || process.env['CHROME_PATH'];
  if (given) return existsSync(given) ? given : undefined;
  return usualPlaces.find((file) => existsSync(file)) ?? inPlaywrightsCache();
}

function ranQuietly(command: string, args: string[], timeoutMs: number): boolean {
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: timeoutMs,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}

/** Whether Debian's package of this name was installed; never where one is not root of a Debian. */
function installedFromDebian(name: string): boolean {
  if (!isRoot() || !existsSync('/etc/debian_version')) return false;
  console.log(`No ${name} here: installing the one of Debian`);
  ranQuietly('apt-get', ['update', '-qq'], 120_000);
  return ranQuietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], 600_000);
}

function install(): void {
  if (installedFromDebian('chromium')) return;
  console.log("No Chromium here: asking Playwright's installer");
  ranQuietly(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'], 300_000);
}

/** A Chromium that can be run; one is installed where there is none and that is possible. */
export function chromiumPath(): string | undefined {
  const found = foundChromium();
  if (found || process.env['CHROMIUM_PATH'] || process.env['CHROME_PATH']) return found;
  install();
  return foundChromium();
}

const displayServers = ['/usr/bin/Xvfb', '/usr/local/bin/Xvfb'];

/** Xvfb, where it is here: a display of its own for windows that take the focus from each other. */
export function foundDisplayServer(): string | undefined {
  return displayServers.find((file) => existsSync(file));
}

/** Xvfb; it is installed where there is none and that is possible. */
export function displayServerPath(): string | undefined {
  const found = foundDisplayServer();
  if (found || process.platform !== 'linux') return found;
  installedFromDebian('xvfb');
  return foundDisplayServer();
}

/** What it says of itself, such as `Chromium 156.0.8078.79`. */
export function chromiumVersion(path: string): string {
  return execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    .trim()
    .replace(/ built on .*/, '');
}

export const chromiumFlags: readonly string[] = [
  ...(isRoot() ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

/** A fresh headless Chromium with a fake camera and microphone. Close it in `afterAll`. */
export function launch(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: foundChromium() ?? '',
    ...options,
    args: [...chromiumFlags, ...(options.args ?? [])],
  });
}

/** A Chromium that is only watched: nothing of what Playwright makes of a browser is in force. Its first window. */
export interface UntouchedChromium {
  readonly browser: Browser;
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/** Starts one, with a profile of its own. */
export async function launchUntouched(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<UntouchedChromium> {
  const profile = mkdtempSync(join(tmpdir(), 'meeting-notice-'));
  const own = ['--remote-debugging-port=0', `--user-data-dir=${profile}`];
  const running = spawn(foundChromium() ?? '', [...chromiumFlags, ...own, ...args, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env,
  });
  const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()));
  const close = async (): Promise<void> => {
    running.kill();
    await ended;
    try {
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    } catch {
      // A process of the browser still writes there: the system clears its folder for temporary files.
    }
  };
  const address = new Promise<string>((resolve, reject) => {
    let said = '';
    running.once('error', reject);
    running.once('exit', () => reject(new Error(`Chromium ended: ${said}`)));
    running.stderr.on('data', (piece) => {
      said += piece;
      const [, found] = /DevTools listening on (ws:\S+)/.exec(said) ?? [];
      if (found) resolve(found);
    });
  });
  try {
    const browser = await chromium.connectOverCDP(await address, { noDefaults: true });
    const [context] = browser.contexts();
    if (!context) throw new Error('Chromium has no window');
    return { browser, context, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * A Chromium as people have it: a tab that is not in front is hidden, and its timers sleep. Playwright's own never hides
 * one. In place of the first five minutes, hidden timers run once a second for one second only, and then once a minute.
 */
export function launchAsPeopleHaveIt(): Promise<UntouchedChromium> {
  return launchUntouched(['--headless', '--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/1']);
}
