import { expect, test } from 'vitest';
import { meeting } from './meeting.ts';

/** Hana decides, cora would take over, and both reach one recorder. */
async function hosted() {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'notice-only' });
  const cora = await all.joins('cora', { role: 'co-host', policy: 'notice-only', reaches: hana });
  const bo = await all.joins('bo');
  await all.passes(1000);
  const authorities = () => [hana, cora, bo].map(({ session }) => session.getSnapshot().authorityId);
  return { ...all, hana, cora, bo, authorities };
}

const isCommand = (data: string) => data.includes('"t":"command"');
const isAck = (data: string) => data.includes('"t":"ack"');

test('[G9] a command is repeated until it is acknowledged, and done once', async () => {
  const { hana, cora, network, within, passes } = await hosted();
  let lost = 0;
  network.tap(({ data }) => ((isCommand(data) || isAck(data)) && lost++ < 3 ? 'drop' : undefined));
  expect(await within(6000, cora.session.requestRecording({ storage: 'cloud' }))).toMatchObject({ outcome: 'started' });
  await passes(1000);
  expect([lost > 3, hana.told('recordingStarted').length]).toEqual([true, 1]);
});

test('[G8] a command that crosses a change of authority fails as such, and the next one is never told of it', async () => {
  const { hana, cora, network, within, passes, authorities, joins } = await hosted();
  const dan = await joins('dan', { role: 'co-host' });
  network.crash('hana');
  const asked = dan.session.requestRecording({ storage: 'cloud' });
  expect(await within(9000, asked)).toEqual({
    outcome: 'failed',
    recordingId: '',
    code: 'authority/changed',
    retryable: true,
  });
  await passes(10_000);
  expect([authorities()[1], cora.session.status('recording'), hana.told('recordingStarted')]).toEqual([
    'cora',
    'off',
    [],
  ]);
});

test('[G8] a command that arrives under another epoch than it names changes nothing', async () => {
  const { hana, cora, network, passes, authorities } = await hosted();
  const late: Parameters<typeof network.inject>[0][] = [];
  const end = network.tap((message) => {
    if (message.from !== 'cora' || !isCommand(message.data)) return undefined;
    late.push(message);
    return 'drop';
  });
  const asked = cora.session.requestRecording({ storage: 'cloud' });
  await passes(100);
  network.partition([['hana'], ['cora', 'bo']]);
  await passes(20_000);
  expect((await asked).outcome).toBe('failed');
  end();
  network.heal();
  await passes(5000);
  void cora.session.handOver('hana');
  await passes(5000);
  expect(authorities()).toEqual(['hana', 'hana', 'hana']);
  for (const message of late) network.inject(message);
  await passes(2000);
  expect(hana.session.status('recording')).toBe('off');
  // As far as her client knows, she may be recorded by whom she asked, until they must have left her out (G2).
  expect(cora.session.status('recording')).toBe('asking');
  await passes(30_000);
  expect(cora.session.status('recording')).toBe('off');
});

test('[G8] [G9] a request whose acknowledgement is lost in an orderly hand-over ends as it went, not as a second one', async () => {
  const { hana, cora, network, within, passes, authorities } = await hosted();
  const end = network.tap(({ to, data }) => (to === 'cora' && isAck(data) ? 'drop' : undefined));
  const asked = cora.session.requestRecording({ storage: 'cloud' });
  await passes(300);
  expect(hana.adapter.recorder.holds('cora')).toBe(true);
  void hana.session.handOver('cora');
  await passes(500);
  end();
  expect(await within(3000, asked)).toMatchObject({ outcome: 'started' });
  expect([authorities(), hana.told('recordingStopped')]).toEqual([['cora', 'cora', 'cora'], []]);
});

test('[G8] [G9] a hand-over to somebody who does not answer comes to nothing: the authority goes on', async () => {
  const { hana, cora, bo, passes, within } = await hosted();
  void hana.session.requestRecording({ storage: 'cloud' });
  await passes(1000);
  cora.machine.sleeps();
  void hana.session.handOver('cora');
  await passes(10_000);
  expect([hana, bo].map(({ session }) => session.getSnapshot().authorityId)).toEqual(['hana', 'hana']);
  expect([hana.session.status('recording'), bo.session.status('recording')]).toEqual(['on', 'on']);
  expect(await within(100, hana.session.pauseRecording())).toEqual({ outcome: 'done' });
});

test('[G2] who cannot reach the recorder is not handed a capture: it is never left running unseen', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'notice-only' });
  const cora = await all.joins('cora', { role: 'co-host', policy: 'notice-only', recorder: false });
  const bo = await all.joins('bo');
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(1000);
  void hana.session.handOver('cora');
  await all.passes(15_000);
  const authority = bo.session.getSnapshot().authorityId;
  const statuses = [hana, cora, bo].map(({ session }) => session.status('recording'));
  expect([hana.adapter.recorder.holds('bo'), statuses, authority]).toEqual([false, ['off', 'off', 'off'], 'cora']);
});

test('[G2] [G13] a local capture cannot move: it stops before its authority hands over', async () => {
  const { hana, cora, bo, passes, authorities } = await hosted();
  void hana.session.requestRecording({ storage: 'local' });
  await passes(1000);
  expect(hana.adapter.recorder.holds('bo')).toBe(true);
  void hana.session.handOver('cora');
  await passes(3000);
  expect(authorities()).toEqual(['cora', 'cora', 'cora']);
  expect([hana, cora, bo].map(({ session }) => session.status('recording'))).toEqual(['off', 'off', 'off']);
  expect(hana.adapter.recorder.holds('bo')).toBe(false);
  expect(bo.told('recordingStopped')).toMatchObject([{ code: 'authority/handed-over' }]);
});

test('[G8] a leaving authority hands over to the next in succession: a host before co-hosts, each in join order', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host' });
  await all.joins('cora', { role: 'co-host' });
  const dan = await all.joins('dan', { role: 'host' });
  const bo = await all.joins('bo');
  await all.passes(1000);
  void hana.session.leave();
  await all.passes(3000);
  expect(bo.session.getSnapshot().authorityId).toBe('dan');
  void dan.session.leave();
  await all.passes(3000);
  expect(bo.session.getSnapshot().authorityId).toBe('cora');
});

test('[G8] the first in succession takes over after 6 s of silence, each further one 2 s later', async () => {
  const { network, passes, joins, bo, clock } = await hosted();
  await joins('dan', { role: 'co-host' });
  await passes(6000);
  const silentSince = async (...gone: string[]) => {
    let heardAt = clock.now();
    const end = network.tap(({ from, to }) => {
      if (gone.includes(from) && to !== from) heardAt = clock.now();
    });
    await passes(2000);
    for (const endpoint of gone) network.crash(endpoint);
    const since = heardAt;
    end();
    const before = bo.session.getSnapshot().authorityId;
    while (bo.session.getSnapshot().authorityId === before && clock.now() - since < 60_000) await passes(100);
    return [bo.session.getSnapshot().authorityId, Math.round((clock.now() - since) / 1000)];
  };
  expect(await silentSince('hana')).toEqual(['cora', 6]);
  await joins('eve', { role: 'co-host' });
  await passes(6000);
  expect(await silentSince('cora', 'dan')).toEqual(['eve', 8]);
});

/** Cora, a co-host with a recorder of her own, has asked hana for a recording, and hears of it no more than this. */
async function deafened(isHeard: (kind: string) => boolean) {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'notice-only' });
  const cora = await all.joins('cora', { role: 'co-host', policy: 'notice-only' });
  await all.passes(3000);
  let isParted = false;
  all.network.tap(({ from, data }) =>
    isParted || (from === 'hana' && !isHeard(JSON.parse(data).t)) ? 'drop' : undefined,
  );
  const asked = cora.session.requestRecording({ storage: 'cloud' });
  await all.passes(500);
  expect([hana.adapter.recorder.holds('cora'), cora.session.status('recording')]).toEqual([true, 'asking']);
  isParted = true;
  return { ...all, hana, cora, asked };
}

test('[G2] who has heard that a recording is accepted, and no more, does not read off while its authority may have them in it', async () => {
  const { hana, cora, asked, passes } = await deafened((kind) => kind === 'ack');
  const wrong: number[] = [];
  for (let second = 0; second < 60; second += 1) {
    await passes(1000);
    if (hana.adapter.recorder.holds('cora') && cora.session.status('recording') === 'off') wrong.push(second);
  }
  expect(await asked).toMatchObject({ outcome: 'failed', code: 'authority/changed' });
  expect([wrong, hana.adapter.recorder.holds('cora'), cora.session.status('recording')]).toEqual([[], false, 'off']);
});

test('[G2] a session that has left asks for nothing any more, and reads so when it joins again', async () => {
  const { hana, cora, passes, asked, within } = await deafened(() => false);
  await passes(7000);
  expect([await asked, cora.session.status('recording')]).toMatchObject([{ code: 'authority/changed' }, 'asking']);
  await within(15_000, cora.session.leave());
  await within(15_000, hana.session.leave());
  void cora.session.join();
  await passes(10_000);
  expect([cora.session.getSnapshot().authorityId, cora.session.status('recording')]).toEqual(['cora', 'off']);
});
