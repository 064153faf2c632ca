import { chromiumPath, chromiumVersion, displayServerPath } from '../browser/chromium.ts';

/** Finds a Chromium, or gets one, once for all browser tests. */
export function setup(): void {
  const path = chromiumPath();
  if (path !== undefined) {
    console.log(`Browser tests run on ${chromiumVersion(path)}`);
    if (displayServerPath() === undefined) {
      console.warn('No Xvfb here, and none could be installed: tests of several windows are skipped');
    }
    return;
  }
  if (process.env['REQUIRE_BROWSER'] === '1') {
    throw new Error('REQUIRE_BROWSER=1, but there is no Chromium and none could be installed (set CHROMIUM_PATH)');
  }
  console.warn('\n!!! BROWSER TESTS SKIPPED: no Chromium found or installable; set CHROMIUM_PATH !!!\n');
}
