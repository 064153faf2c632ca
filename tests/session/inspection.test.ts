import { expect, test } from 'vitest';
import { createSession } from '../../src/session/session.ts';
import type { MeetingAdapter } from '../../src/transport/transport.types.ts';
import { meeting } from './meeting.ts';

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

test('[G4] an inspector sees nothing of attention tracking: of no notice, no answer and nobody away', async () => {
  const seen: unknown[] = [];
  const inspect = (event: unknown) => seen.push(event);
  const { joins, within, passes } = meeting({ vouches: 'sender-and-role' });
  const hana = await joins('hana', { role: 'host', policy: 'gdpr', inspect });
  const bo = await joins('bo', { inspect });
  await within(0, hana.session.enableAttentionTracking());
  await within(0, hana.session.reportSharing(true));
  await within(0, bo.session.giveConsent('attention-tracking'));
  bo.adapter.turnsFocus('lost');
  await passes(31_000);
  const wasAway = bo.session.getSnapshot().attention.inattentive;
  await within(0, bo.session.withdrawConsent('attention-tracking'));
  const before = seen.length;
  void hana.session.requestRecording({ storage: 'cloud' });
  await passes(1000);
  await expect.poll(() => seen.length).toBeGreaterThan(0);
  expect([wasAway, before]).toEqual([true, 0]);
});
