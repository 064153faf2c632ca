import { expect, test } from 'vitest';
import { meeting } from '../session/meeting.ts';

test('[G2] says unknown, never off, while nobody has said what runs', async () => {
  const { joins, passes } = meeting();
  const bo = await joins('bo');
  await passes(10_000);
  expect([bo.session.getSnapshot().indicators, bo.told('indicatorChanged')]).toEqual([
    { recording: 'unknown', transcription: 'unknown', 'attention-tracking': 'unknown' },
    [],
  ]);
  await joins('hana', { role: 'host' });
  await passes(3000);
  expect(bo.session.status('recording')).toBe('off');
  expect(bo.told('indicatorChanged')).toMatchObject([{ status: 'off' }, { status: 'off' }, { status: 'off' }]);
});

test('[G11] what a newcomer is asked comes from who decides, not from their own settings', async () => {
  const { joins, passes } = meeting();
  const hana = await joins('hana', { role: 'host', policy: 'all-party' });
  void hana.session.requestRecording({ storage: 'cloud' });
  await passes();
  for (const role of ['participant', 'co-host', 'host'] as const) {
    const { session } = await joins(`lax ${role}`, { role, policy: 'notice-only' });
    await passes(3000);
    expect(session.getSnapshot().prompt).toMatchObject({ kind: 'prompt', consent: 'explicit' });
    expect(hana.adapter.recorder.holds(`lax ${role}`)).toBe(false);
  }
});
