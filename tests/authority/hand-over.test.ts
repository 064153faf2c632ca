import { expect, test } from 'vitest';
import { parseHandedOver } from '../../src/authority/hand-over.parse.ts';
import { Chunks } from '../../src/transport/chunks.ts';
import { forHosts } from '../../src/transport/host-messages.parse.ts';
import { meeting } from '../session/meeting.ts';

test('[G8] all that is handed over arrives: a recording with its requests, answers, times and reasons', async () => {
  const all = meeting();
  const policy = { extends: 'gdpr', recording: { onTimeout: 'remind', remindEveryMs: 5000, timeoutMs: null } } as const;
  const hana = await all.joins('hana', { role: 'host', policy });
  const cora = await all.joins('cora', { role: 'co-host', policy, reaches: hana });
  const bo = await all.joins('bo', { policy });
  await all.joins('cy', { policy });
  await all.joins('dee', { policy, channel: 'room-system' });
  void hana.session.requestRecording({ storage: 'cloud', transcript: true, reason: 'minutes' });
  await all.passes(12_000);
  void bo.session.refuseConsent('recording');
  void cora.session.giveConsent('recording');
  await all.passes(100);
  const chunks = new Chunks(() => true, forHosts);
  const handed: string[] = [];
  all.network.tap(({ from, data }) => {
    const read = chunks.read(data, from);
    if (read?.message?.t === 'hand-over') handed.push(read.message.text);
  });
  void hana.session.handOver('cora');
  await all.passes(1000);
  expect(cora.session.getSnapshot().authorityId).toBe('cora');
  const [text = '{}'] = handed;
  expect(JSON.parse(text)).toHaveProperty('own.request.stopAgainMs');
  expect(JSON.parse(JSON.stringify(parseHandedOver(text)))).toEqual(JSON.parse(text));
});

test('[G9] a recording that ends in the turn in which it is handed over is no recording for whoever decides next', async () => {
  const all = meeting();
  const policy = 'all-party';
  const hana = await all.joins('hana', { role: 'host', policy });
  const cora = await all.joins('cora', { role: 'co-host', policy, reaches: hana });
  await all.joins('bo');
  await all.passes(1000);
  const isDone = { yet: false };
  hana.session.onAny(({ hook }) => {
    if (hook !== 'cueRequested' || isDone.yet) return;
    isDone.yet = true;
    void hana.session.handOver('cora');
    void hana.session.stopRecording();
  });
  const requested = hana.session.requestRecording({ storage: 'cloud' });
  expect(await all.within(5000, requested)).toMatchObject({ outcome: 'cancelled' });
  expect(cora.session.getSnapshot().authorityId).toBe('cora');
  void cora.session.requestRecording({ storage: 'cloud' });
  await all.passes(1000);
  expect(cora.session.status('recording')).toBe('asking');
});

test('[G2] who comes after a hand-over is told who paused, not who asked', async () => {
  const all = meeting();
  const policy = 'gdpr';
  const hana = await all.joins('hana', { role: 'host', policy });
  const cora = await all.joins('cora', { role: 'co-host', policy, reaches: hana });
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(100);
  void cora.session.pauseRecording();
  await all.passes(100);
  void hana.session.handOver('cora');
  await all.passes(1000);
  const eve = await all.joins('eve');
  await all.passes(1000);
  expect(eve.session.status('recording')).toBe('paused');
  expect(eve.told('recordingPaused')).toMatchObject([{ by: { participantId: 'cora' } }]);
});

test.each(['exclude', 'hold', 'lobby', 'pause'] as const)(
  '[G1] [G13] a hand-over makes nobody late and sends nobody outside who was in (%s)',
  async (onLateJoin) => {
    const all = meeting();
    const policy = { extends: 'gdpr', recording: { onLateJoin } } as const;
    const hana = await all.joins('hana', { role: 'host', policy });
    const cora = await all.joins('cora', { role: 'co-host', policy, reaches: hana });
    const bo = await all.joins('bo');
    await all.passes(1000);
    void hana.session.requestRecording({ storage: 'cloud' });
    await all.passes(1000);
    const late = [await all.joins('dee'), await all.joins('eve')] as const;
    await all.passes(1000);
    void hana.session.admit(['eve']);
    await all.passes(1000);
    const stands = () =>
      [bo, ...late].map(({ session }) => {
        const { admission, self, hold } = session.getSnapshot();
        return [admission, self.captured, self.because, hold?.because];
      });
    const [before, status] = [stands(), cora.session.status('recording')];
    expect(before.map(([admission]) => admission)).toEqual([
      'admitted',
      onLateJoin === 'lobby' ? 'waiting' : 'admitted',
      'admitted',
    ]);
    void hana.session.handOver('cora');
    await all.passes(5000);
    expect(cora.session.getSnapshot().authorityId).toBe('cora');
    expect([stands(), cora.session.status('recording')]).toEqual([before, status]);
    // Who comes now is late as ever, and so is who has left and comes again.
    await bo.session.leave();
    const again = [await all.joins('bo'), await all.joins('fay')];
    await all.passes(1000);
    expect(again.map(({ session }) => session.getSnapshot().admission)).toEqual(
      again.map(() => (onLateJoin === 'lobby' ? 'waiting' : 'admitted')),
    );
    expect(again.map(({ session }) => session.getSnapshot().hold?.because)).toEqual(
      again.map(() => (onLateJoin === 'hold' ? 'late' : undefined)),
    );
  },
);
