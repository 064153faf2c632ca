import { describe } from 'vitest';
import { foundChromium } from './chromium.ts';

/** `describe`, skipped where there is no browser (never with `REQUIRE_BROWSER=1`, where that is a failure). */
export const describeInBrowser = describe.skipIf(foundChromium() === undefined);
