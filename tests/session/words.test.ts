import { expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
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

test('[G9] words that cannot be loaded end no process: the English ones stay, and it is told', async () => {
  const clock = { ...systemClock };
  const session = createSession({ meetingId: 'weekly', self: { id: 'ann', role: 'participant' }, locale: 'de', clock });
  const told: unknown[] = [];
  session.on('protocolFailed', ({ code }) => told.push(code));
  const late = new Set<unknown>();
  clock.setTimeout = (fn, ms) => {
    const timer = systemClock.setTimeout(fn, ms);
    if (ms === 3000) late.add(timer);
    return timer;
  };
  clock.clearTimeout = (timer) => {
    systemClock.clearTimeout(timer);
    if (late.has(timer)) throw new Error('This clock cannot clear that.');
  };
  await session.join();
  await expect.poll(() => told).toEqual(['session/task-threw']);
  await session.leave();
});
