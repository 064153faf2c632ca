import { describe } from 'vitest';
import { foundChromium, foundDisplayServer } from './chromium.ts';

/** `describe`, skipped where there is no browser (never with `REQUIRE_BROWSER=1`, where that is a failure). */
export const describeInBrowser = describe.skipIf(foundChromium() === undefined);

/** The same, where there is a display for windows too: without one, every window of a Chromium has the focus. */
export const describeWithWindows = describe.skipIf(foundChromium() === undefined || foundDisplayServer() === undefined);
