import { expect, test } from 'vitest';
import { createSession } from '../../src/session/session.ts';
import type { MeetingAdapter } from '../../src/transport/transport.types.ts';

const adapter: MeetingAdapter = {
  meetingId: 'weekly',
  self: () => ({ id: 'ann', role: 'participant' }),
  snapshot: () => ({ captures: [{ platformId: 'p', active: true }], sharing: false }),
  subscribe: () => () => {},
};

test('an inspector sees each notice as a machine, step by step', async () => {
  const seen: string[] = [];
  const session = createSession({
    adapter,
    inspect: (event) => {
      const { type, snapshot } = event as { type: string; snapshot?: { value: string } };
      if (type === '@xstate.snapshot' && snapshot) seen.push(snapshot.value);
    },
  });
  await session.join();
  const [notice] = session.getSnapshot().notices;
  session.confirmShown(notice?.noticeId ?? '');
  await session.leave();
  await expect.poll(() => seen).toEqual(['raised', 'shown', 'closed']);
});

test('[G9] an inspector that throws harms no notice', async () => {
  const session = createSession({
    adapter,
    inspect: () => {
      throw new Error('inspector');
    },
  });
  await session.join();
  expect(session.getSnapshot().notices).toHaveLength(1);
  await session.leave();
  expect(session.getSnapshot().notices).toEqual([]);
});
