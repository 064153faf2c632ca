import { expect, test } from 'vitest';
import type { Epoch, Role } from '../../src/participants/participants.types.ts';
import { messageText } from '../../src/transport/messages.parse.ts';
import { type Client, meeting } from './meeting.ts';

/** A meeting on a network that vouches for roles, and may change them. */
async function governed() {
  const all = meeting({ vouches: 'sender-and-role' });
  const hana = await all.joins('hana', { role: 'host', policy: 'notice-only' });
  const cora = await all.joins('cora', { role: 'co-host', policy: 'notice-only', reaches: hana });
  const bo = await all.joins('bo');
  await all.passes(1000);
  let endpoints = 0;
  /** The service says from now on that somebody has another role. */
  const becomes = (participantId: string, role: Role) => {
    endpoints += 1;
    all.network.connect({ participantId, role, endpoint: `unused ${endpoints}` });
  };
  let decides: Epoch | undefined;
  all.network.tap(({ from, data }) => {
    if (from === 'hana') decides ??= JSON.parse(data).epoch;
  });
  await all.passes(6000);
  return { ...all, hana, cora, bo, becomes, epoch: () => decides as Epoch };
}

const rolesIn = ({ session }: Client) =>
  Object.fromEntries(session.roster().rows.map(({ participantId, role }) => [participantId, role]));

test('whom the transport makes a co-host in mid-meeting may do what hosts do, and sees what they see', async () => {
  const { hana, bo, becomes, passes, within } = await governed();
  becomes('bo', 'co-host');
  await passes(6000);
  expect(rolesIn(hana)).toEqual({ hana: 'host', cora: 'co-host', bo: 'co-host' });
  expect(rolesIn(bo)).toEqual({ hana: 'host', cora: 'co-host', bo: 'co-host' });
  void hana.session.requestRecording({ storage: 'cloud' });
  await passes(1000);
  expect(await within(100, bo.session.stopRecording())).toEqual({ outcome: 'done' });
});

test('who is a host no more by the transport’s word may start nothing, at once, and is told nothing of hosts’', async () => {
  const { hana, cora, becomes, passes, network, epoch } = await governed();
  becomes('cora', 'participant');
  const command = { do: 'requestRecording', storage: 'cloud' } as const;
  network.inject({ from: 'cora', to: 'hana', data: messageText({ t: 'command', id: 'x', epoch: epoch(), command }) });
  await passes(100);
  expect([hana.session.status('recording'), cora.session.status('recording')]).toEqual(['off', 'off']);
  await passes(2000);
  const told: string[] = [];
  network.tap(({ to, data }) => void (to === 'cora' && told.push(JSON.parse(data).t)));
  await passes(6000);
  expect(rolesIn(hana)).toMatchObject({ cora: 'participant' });
  expect(told).not.toContain('roster');
  expect(rolesIn(cora)).toEqual({});
});

test('[G8] succession follows the roles that the transport vouches for now', async () => {
  const { cora, bo, becomes, passes, network } = await governed();
  becomes('bo', 'co-host');
  becomes('cora', 'participant');
  await passes(6000);
  network.crash('hana');
  await passes(10_000);
  expect([cora, bo].map(({ session }) => session.getSnapshot().authorityId)).toEqual(['bo', 'bo']);
});

test('[G2] [G8] an authority that is a host no more stops what it captures, and a host decides', async () => {
  const { hana, cora, bo, becomes, passes } = await governed();
  void hana.session.requestRecording({ storage: 'local' });
  await passes(1000);
  expect(bo.session.status('recording')).toBe('on');
  becomes('hana', 'participant');
  await passes(15_000);
  expect([cora, bo].map(({ session }) => session.getSnapshot().authorityId)).toEqual(['cora', 'cora']);
  expect(hana.adapter.recorder.holds('bo')).toBe(false);
  await passes(60_000);
  expect([hana, cora, bo].map(({ session }) => session.status('recording'))).toEqual(['off', 'off', 'off']);
});

test('[G2] an authority that is a host no more, where there is no other, stops what it captures', async () => {
  const all = meeting({ vouches: 'sender-and-role' });
  const hana = await all.joins('hana', { role: 'host', policy: 'notice-only' });
  const bo = await all.joins('bo');
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(1000);
  expect(hana.adapter.recorder.holds('bo')).toBe(true);
  all.network.connect({ participantId: 'hana', role: 'participant', endpoint: 'unused' });
  await all.passes(3000);
  expect(hana.adapter.recorder.holds('bo')).toBe(false);
  await all.passes(60_000);
  expect([hana, bo].map(({ session }) => session.status('recording'))).not.toContain('on');
});

test('the snapshot says whose word it is who sent what, and in which role', async () => {
  for (const vouches of ['sender-and-role', 'sender', 'origin'] as const) {
    const { joins } = meeting({ vouches });
    const hana = await joins('hana', { role: 'host' });
    expect(hana.session.getSnapshot().vouches).toBe(vouches);
  }
});
