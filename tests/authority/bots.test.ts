import { expect, test } from 'vitest';
import { meeting } from '../session/meeting.ts';

test('[G1] a bot is shown to everyone while it is there, is asked nothing, and is never captured', async () => {
  const { joins, passes } = meeting();
  const hana = await joins('hana', { role: 'host', policy: 'gdpr' });
  const bo = await joins('bo');
  const bot = await joins('otter', { channel: 'bot' });
  await passes(100);
  const shown = [{ participantId: 'otter' }];
  expect([hana, bo, bot].map(({ session }) => session.getSnapshot().bots)).toEqual([shown, shown, shown]);
  void hana.session.requestRecording({ storage: 'cloud' });
  await passes(100);
  expect([bot.session.getSnapshot().notices, bot.told('cueRequested'), bot.told('captureChanged')]).toEqual([
    [],
    [],
    [],
  ]);
  expect(hana.adapter.recorder.holds('otter')).toBe(false);
  expect(hana.session.getSnapshot().counts?.consents).toEqual({ given: 1, shown: 1 });
  void bot.session.leave();
  await passes(100);
  expect(bo.session.getSnapshot().bots).toEqual([]);
});
