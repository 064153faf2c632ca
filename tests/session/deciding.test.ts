import { describe, expect, test } from 'vitest';
import { messageText } from '../../src/transport/messages.parse.ts';
import { type Client, meeting } from './meeting.ts';

const authorityOf = ({ session }: Client) => session.getSnapshot().authorityId;
const connectionOf = ({ session }: Client) => session.getSnapshot().connection;

/** Somebody whom the transport names and whose process is gone. */
function namedAndGone({ network }: ReturnType<typeof meeting>, id: string): void {
  const gone = network.connect({ participantId: id, role: 'participant' });
  gone.receive({ message: () => {}, joined: () => {}, left: () => {}, state: () => {} });
  network.crash(id);
}

describe('a host who joins', () => {
  test('[G8] decides at once where nobody else is named', async () => {
    const { joins } = meeting();
    expect(authorityOf(await joins('hana', { role: 'host' }))).toBe('hana');
  });

  test('[G8] decides at once where everyone answers that no epoch was ever seen', async () => {
    const { joins } = meeting();
    const bo = await joins('bo');
    const hana = await joins('hana', { role: 'host' });
    expect([authorityOf(hana), authorityOf(bo), connectionOf(bo)]).toEqual(['hana', 'hana', 'connected']);
  });

  test('[G8] decides after 2 s where somebody has not answered', async () => {
    const all = meeting();
    namedAndGone(all, 'bo');
    const hana = await all.joins('hana', { role: 'host' });
    await all.passes(1900);
    expect(authorityOf(hana)).toBeUndefined();
    await all.passes(100);
    expect(authorityOf(hana)).toBe('hana');
  });

  test('[G8] decides after 2 s where an epoch was seen whose authority is silent, under a number over it', async () => {
    const all = meeting();
    await all.joins('hana', { role: 'host' });
    const bo = await all.joins('bo');
    await all.passes(1000);
    all.network.crash('hana');
    const epochs: { id: string; number: number }[] = [];
    all.network.tap(({ data }) => void epochs.push(JSON.parse(data).epoch));
    const dan = await all.joins('dan', { role: 'host' });
    await all.passes(1900);
    expect(authorityOf(dan)).toBeUndefined();
    await all.passes(200);
    expect([authorityOf(dan), authorityOf(bo)]).toEqual(['dan', 'dan']);
    expect(epochs.findLast((epoch) => epoch?.id === 'dan')?.number).toBe(2);
  });

  test('[G8] follows a live authority, whoever is named before the other', async () => {
    const { joins, passes } = meeting();
    const cora = await joins('cora', { role: 'co-host' });
    const hana = await joins('hana', { role: 'host' });
    await passes(10_000);
    expect([authorityOf(cora), authorityOf(hana)]).toEqual(['cora', 'cora']);
  });
});

test('[G8] a new epoch’s announcement makes every client say hello', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host' });
  for (const id of ['bo', 'cy']) await all.joins(id);
  const cora = await all.joins('cora', { role: 'co-host' });
  await all.passes(1000);
  const hellos = new Set<string>();
  all.network.tap(({ from, to, data }) => void (to === 'cora' && data.includes('"t":"hello"') && hellos.add(from)));
  void hana.session.handOver('cora');
  await all.passes(1000);
  expect([[...hellos].sort(), authorityOf(cora)]).toEqual([['bo', 'cy', 'hana'], 'cora']);
});

test.each([false, true])(
  '[G9] a host who leaves gets away, and what they recorded is stopped, though the next to decide does not answer (recording: %s)',
  async (isRecording) => {
    const all = meeting();
    const hana = await all.joins('hana', { role: 'host', policy: 'notice-only' });
    await all.joins('cora', { role: 'co-host', reaches: hana });
    const bo = await all.joins('bo');
    if (isRecording) void hana.session.requestRecording({ storage: 'cloud' });
    await all.passes(2000);
    expect(bo.session.status('recording')).toBe(isRecording ? 'on' : 'off');
    all.network.partition([['hana', 'bo'], ['cora']]);
    const left = hana.session.leave().then(() => 'left');
    expect(await all.within(11_000, left)).toBe('left');
    expect([hana.session.getSnapshot().connection, bo.session.status('recording')]).toEqual(['left', 'off']);
    expect(hana.adapter.recorder.holds('bo')).toBe(false);
  },
);

test('[G8] two who decide at once come to one: the higher epoch, and the other stops what it captured', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'notice-only' });
  const cora = await all.joins('cora', { role: 'co-host', policy: 'notice-only' });
  const bo = await all.joins('bo');
  await all.passes(6000);
  all.network.partition([['hana'], ['cora', 'bo']]);
  await all.passes(1000);
  void hana.session.requestRecording({ storage: 'local' });
  await all.passes(20_000);
  void cora.session.requestRecording({ storage: 'local' });
  await all.passes(1000);
  expect([authorityOf(hana), authorityOf(cora)]).toEqual(['hana', 'cora']);
  expect([hana, cora].map(({ adapter }) => adapter.recorder.holds(adapter === hana.adapter ? 'hana' : 'bo'))).toEqual([
    true,
    true,
  ]);
  all.network.heal();
  await all.passes(20_000);
  expect([hana, cora, bo].map(authorityOf)).toEqual(['cora', 'cora', 'cora']);
  expect(hana.adapter.recorder.holds('hana')).toBe(false);
  expect([hana, cora, bo].map(({ session }) => session.status('recording'))).toEqual(['on', 'on', 'on']);
});

test('[G8] a client answers a lower epoch with the highest it has heard of', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host' });
  const cora = await all.joins('cora', { role: 'co-host' });
  await all.joins('bo');
  await all.passes(1000);
  let old: { from: string; to: string; data: string } | undefined;
  all.network.tap((message) => {
    if (message.from === 'hana' && message.to === 'bo' && message.data.includes('"beacon"')) old = message;
  });
  await all.passes(6000);
  void hana.session.handOver('cora');
  await all.passes(1000);
  const answers: string[] = [];
  all.network.tap(({ from, data }) => void (from === 'bo' && data.includes('"highest"') && answers.push(data)));
  if (old) all.network.inject(old);
  await all.passes(100);
  expect(answers.map((data) => JSON.parse(data).epoch)).toMatchObject([{ number: 2, id: 'cora' }]);
  expect(authorityOf(cora)).toBe('cora');
});

test('[G8] even a host’s word of an epoch is dropped and counted where it jumps too far', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'notice-only' });
  await all.joins('cora', { role: 'co-host' });
  const bo = await all.joins('bo');
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(1000);
  const epoch = { number: 2 ** 32 - 1, id: 'cora', incarnation: 'x' };
  all.network.inject({ from: 'cora', to: 'hana', data: messageText({ t: 'highest', epoch }) });
  await all.passes(10_000);
  expect([authorityOf(bo), bo.session.status('recording')]).toEqual(['hana', 'on']);
  expect(hana.told('protocolFailed')).toMatchObject([{ code: 'protocol/implausible-epoch', from: 'cora', count: 1 }]);
});
