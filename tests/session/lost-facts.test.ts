import { expect, test } from 'vitest';
import { meeting } from './meeting.ts';

const isMeeting = (data: string) => data.includes('"t":"meeting"');

test('[G2] [G8] who misses that a recording has begun knows it within two seconds of being asked', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'gdpr' });
  const bo = await all.joins('bo');
  await all.passes(1000);
  const end = all.network.tap(({ to, data }) => (to === 'bo' && isMeeting(data) ? 'drop' : undefined));
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(100);
  expect([bo.session.status('recording'), bo.session.getSnapshot().prompt?.purpose]).toEqual(['asking', 'recording']);
  end();
  await all.passes(1900);
  expect(bo.session.status('recording')).toBe('on');
});

test('[G2] a co-host who asks reads asking from the request on, and off again once it is denied', async () => {
  const all = meeting();
  await all.joins('hana', { role: 'host', policy: { extends: 'all-party', recording: { storage: ['cloud'] } } });
  const cora = await all.joins('cora', { role: 'co-host' });
  await all.passes(1000);
  const { length } = cora.told('indicatorChanged');
  const outcome = cora.session.requestRecording({ storage: 'local' });
  expect(await all.within(0, outcome)).toMatchObject({ outcome: 'denied' });
  const since = cora.told('indicatorChanged').slice(length) as { purpose: string; status: string }[];
  expect(since.map(({ purpose, status }) => [purpose, status])).toEqual([
    ['recording', 'asking'],
    ['recording', 'off'],
  ]);
});

test('[G8] a fact that was lost, and the answers to the first requests for it, is asked for until it is here', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'notice-only' });
  const bo = await all.joins('bo');
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(2000);
  let lost = 0;
  all.network.tap(({ to, data }) => (to === 'bo' && isMeeting(data) && lost++ < 4 ? 'drop' : undefined));
  void hana.session.stopRecording();
  await all.passes(10_000);
  expect([lost > 4, bo.session.status('recording')]).toEqual([true, 'off']);
});

test('[G8] a repeated end of a recording, or another fact after it, ends it once', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'notice-only' });
  const bo = await all.joins('bo');
  const seen: { from: string; to: string; data: string }[] = [];
  all.network.tap((message) => void (message.to === 'bo' && isMeeting(message.data) && seen.push(message)));
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(1000);
  void hana.session.stopRecording();
  await all.passes(1000);
  for (const message of seen.slice(-1)) all.network.inject(message);
  await all.joins('cy', { role: 'co-host' });
  await all.passes(1000);
  const stopped = bo.told('cueRequested').filter((payload) => (payload as { cue: string }).cue === 'stopped');
  expect([stopped.length, bo.told('recordingStopped').length]).toEqual([1, 1]);
});

test('[G2] who was cut off while a recording began never reads off when contact is back, until it is known', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'notice-only' });
  const bo = await all.joins('bo');
  await all.passes(1000);
  all.network.partition([['hana'], ['bo']]);
  await all.passes(20_000);
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(1000);
  const { length } = bo.told('indicatorChanged');
  all.network.tap(({ to, data }) => (to === 'bo' && isMeeting(data) && all.clock.now() < 26_000 ? 'drop' : undefined));
  all.network.heal();
  await all.passes(10_000);
  const since = bo.told('indicatorChanged').slice(length) as { purpose: string; status: string }[];
  expect(since.filter(({ purpose }) => purpose === 'recording').map(({ status }) => status)).toEqual(['on']);
  expect(bo.session.getSnapshot().connection).toBe('connected');
});

test('[G1] agreeing before any notice has come is no agreement, and is not sent', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'gdpr' });
  const bo = await all.joins('bo');
  await all.passes(1000);
  all.network.tap(({ to, data }) => (to === 'bo' && data.includes('"t":"personal"') ? 'drop' : undefined));
  const sent: string[] = [];
  all.network.tap(({ from, data }) => void (from === 'bo' && data.includes('"t":"answer"') && sent.push(data)));
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(100);
  expect(bo.session.status('recording')).toBe('on');
  const denied = { outcome: 'denied', code: 'notice/not-shown' };
  expect([await all.within(100, bo.session.giveConsent('recording')), sent]).toEqual([denied, []]);
});

test('[G1] [G13] a hold outlives its authority until the recorder can run no more, then devices are offered', async () => {
  const all = meeting();
  const policy = { extends: 'gdpr', recording: { untilAnswered: 'hold', onRefusal: 'hold' } } as const;
  const hana = await all.joins('hana', { role: 'host', policy });
  const cora = await all.joins('cora', { role: 'co-host', policy });
  const bo = await all.joins('bo');
  const cy = await all.joins('cy');
  void hana.session.requestRecording({ storage: 'local' });
  await all.passes(100);
  void cy.session.refuseConsent('recording');
  await all.passes(1000);
  const held = () => [bo, cy].map(({ session }) => session.getSnapshot().hold !== null);
  expect(held()).toEqual([true, true]);
  all.network.crash('hana');
  await all.passes(10_000);
  expect([bo.session.getSnapshot().authorityId, bo.session.status('recording')]).toEqual(['cora', 'unknown']);
  expect(held()).toEqual([true, true]);
  await all.passes(60_000);
  expect([bo.session.status('recording'), ...held()]).toEqual(['off', false, false]);
  expect(bo.adapter.devices.state()).toMatchObject({ microphone: false, camera: false });
  expect(cora.told('protocolFailed')).toEqual([]);
});
