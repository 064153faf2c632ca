import { expect, test } from 'vitest';
import { messageLimit } from '../../src/transport/messages.parse.ts';
import { meeting } from './meeting.ts';

/** The longest message of each kind, as bytes, of a meeting in which `people` say hello. */
async function longest({
  people,
  role,
  idOf,
}: {
  people: number;
  role: 'co-host' | 'participant';
  idOf: (place: number) => string;
}) {
  const all = meeting();
  const kinds = new Map<string, number>();
  all.network.tap(({ data }) => {
    const { t } = JSON.parse(data) as { t: string };
    kinds.set(t, Math.max(kinds.get(t) ?? 0, new TextEncoder().encode(data).length));
  });
  const hana = await all.joins('hana', { role: 'host', policy: 'gdpr' });
  const clients = [];
  for (let place = 0; place < people; place += 1) clients.push(await all.joins(idOf(place), { role }));
  void hana.session.requestRecording({ storage: 'cloud', transcript: true, reason: 'x'.repeat(400) });
  await all.passes(1000);
  return { ...all, hana, clients, kinds };
}

const tooLong = (kinds: Map<string, number>) => [...kinds].filter(([, length]) => length > messageLimit);

test('[G8] no message is longer than 4 KiB, however many hosts there are: all of them are connected', async () => {
  const { clients, kinds } = await longest({
    people: 60,
    role: 'co-host',
    idOf: (place) => `co-host-${'x'.repeat(100)}-${place}`,
  });
  expect(tooLong(kinds)).toEqual([]);
  expect(clients.filter(({ session }) => session.getSnapshot().connection !== 'connected')).toEqual([]);
});

test('[G8] no message is longer than 4 KiB, however long the names are: hosts see everyone', async () => {
  const idOf = (place: number) => `${'é'.repeat(120)}${place}`;
  const { hana, kinds, clients, passes } = await longest({ people: 40, role: 'participant', idOf });
  expect(tooLong(kinds)).toEqual([]);
  expect(hana.session.roster({ limit: 100 }).rows).toHaveLength(41);
  for (const { session } of clients) void session.leave();
  await passes(3000);
  expect(tooLong(kinds)).toEqual([]);
  expect(hana.session.roster({ limit: 100 }).rows).toHaveLength(1);
});

test('[G8] a meeting whose policy and recordings are long in words is known to everyone, over a bad network too', async () => {
  const all = meeting();
  const purposes = Object.fromEntries(
    Array.from({ length: 20 }, (_, place) => [`purpose-${place}`, { follows: 'recording' }]),
  );
  const hana = await all.joins('hana', { role: 'host', policy: { extends: 'notice-only', purposes } });
  for (let place = 0; place < 4; place += 1) {
    void hana.session.requestRecording({ storage: 'cloud', reason: '語'.repeat(500) });
    await all.passes(500);
    if (place < 3) void hana.session.stopRecording();
    await all.passes(500);
  }
  all.network.set({ loss: 0.2, duplicate: 0.1, reorder: true, latencyMs: [1, 50] });
  const bo = await all.joins('bo');
  await all.passes(30_000);
  expect([bo.session.getSnapshot().connection, bo.session.status('recording')]).toEqual(['connected', 'on']);
  expect(bo.session.getSnapshot().policy).toEqual(hana.session.getSnapshot().policy);
});

test('[G8] a hand-over of a large meeting arrives over a bad network, whole', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'gdpr' });
  const cora = await all.joins('cora', { role: 'co-host', policy: 'gdpr', reaches: hana });
  for (let place = 0; place < 60; place += 1) await all.joins(`participant-${place}-${'x'.repeat(60)}`);
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(1000);
  all.network.set({ loss: 0.3, latencyMs: [1, 50] });
  void hana.session.handOver('cora');
  await all.passes(8000);
  expect([hana, cora].map(({ session }) => session.getSnapshot().authorityId)).toEqual(['cora', 'cora']);
  expect([cora.session.status('recording'), cora.told('protocolFailed')]).toEqual(['on', []]);
});

test('[G9] a reason that nobody would take is a TypeError at once, and a name that is too long is cut', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host' });
  const reason = 'x'.repeat(501);
  expect(() => hana.session.requestRecording({ storage: 'cloud', reason })).toThrow(
    /at most 500 letters long, not 501/,
  );
  expect(() => hana.session.startWithoutWaiting({ reason })).toThrow(TypeError);
  const bo = await all.joins('bo', { name: 'x'.repeat(2000) });
  await all.passes(1000);
  expect(bo.session.getSnapshot().connection).toBe('connected');
  expect(hana.session.roster().rows.find(({ participantId }) => participantId === 'bo')?.name).toHaveLength(500);
});
