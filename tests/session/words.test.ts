import { expect, test } from 'vitest';
import { createSession } from '../../src/session/session.ts';
import type { MeetingAdapter } from '../../src/transport/transport.types.ts';

/** A client on its own whose platform is recording: it is shown a notice at once. */
const recordedBy = (locale: string) => {
  const adapter: MeetingAdapter = {
    meetingId: 'weekly',
    self: () => ({ id: 'ann', role: 'participant' }),
    snapshot: () => ({ captures: [{ platformId: 'p', active: true }], sharing: false }),
    subscribe: () => () => {},
  };
  return createSession({ adapter, locale });
};

test('a locale alone brings the words that are shipped in it, and English where there are none', async () => {
  for (const [locale, shown] of [
    ['de', 'de'],
    ['de-CH', 'de'],
    ['xx', 'en'],
  ] as const) {
    const session = recordedBy(locale);
    await session.join();
    await expect.poll(() => session.getSnapshot().notices[0]?.text.locale).toBe(shown);
    await session.leave();
  }
});
