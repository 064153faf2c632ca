import { expect, test } from 'vitest';
import type { PolicyInput, PresetName } from '../../src/policy/policy.types.ts';
import { messageText } from '../../src/transport/messages.parse.ts';
import type { Message } from '../../src/transport/messages.types.ts';
import { meeting } from './meeting.ts';

async function met(policy: PolicyInput | PresetName) {
  const all = meeting({ vouches: 'sender-and-role' });
  const sent: Message[] = [];
  all.network.tap(({ data }) => void sent.push(JSON.parse(data)));
  const hana = await all.joins('hana', { role: 'host', policy });
  const cleo = await all.joins('cleo', { role: 'co-host' });
  const bo = await all.joins('bo');
  return { ...all, sent, hana, cleo, bo };
}

test('[G4] hosts may turn it on where the policy lets them, and nobody else', async () => {
  const off = { extends: 'notice-only', attention: { allowed: false } } as const;
  const byAdmin = { extends: 'notice-only', attention: { enabledBy: ['admin'] } } as const;
  const found: unknown[] = [];
  for (const policy of ['notice-only', off, byAdmin] as const) {
    const { hana, cleo, bo, within } = await met(policy);
    for (const { session } of [bo, cleo, hana]) found.push(await within(0, session.enableAttentionTracking()));
    found.push(bo.session.getSnapshot().attention.enabled);
  }
  const denied = (code: string) => ({ outcome: 'denied', code });
  const notPermitted = denied('session/not-permitted');
  expect(found).toEqual([
    ...[notPermitted, { outcome: 'done' }, { outcome: 'done' }, true],
    ...[notPermitted, denied('attention/not-allowed'), denied('attention/not-allowed'), false],
    ...[notPermitted, denied('attention/only-admin'), denied('attention/only-admin'), false],
  ]);
});

test('[G4] whoever decides does not believe a participant’s client that commands it', async () => {
  const { hana, network, sent, passes } = await met('notice-only');
  await passes(6000);
  const { epoch } = sent.find(({ t }) => t === 'beacon') as Extract<Message, { t: 'beacon' }>;
  const command = { do: 'enableAttentionTracking' } as const;
  network.inject({ from: 'bo', to: 'hana', data: messageText({ t: 'command', id: 'c', epoch, command }) });
  await passes(1000);
  const acks = sent.flatMap((message) => (message.t === 'ack' && message.id === 'c' ? [message.outcome] : []));
  expect(acks).toEqual([{ outcome: 'denied', code: 'session/not-permitted' }]);
  expect(hana.session.getSnapshot().attention.enabled).toBe(false);
});

test('[G4] nothing else that a host or anybody does turns it on', async () => {
  const { hana, bo, cleo, within, passes } = await met('acknowledge');
  const { session } = hana;
  void session.requestRecording({ storage: 'cloud', transcript: true });
  await passes(0);
  await within(0, bo.session.acknowledge('recording'));
  await within(0, session.reportSharing(true));
  await within(0, cleo.session.reportSharing(true));
  await within(0, bo.session.reportSharing(true));
  bo.adapter.turnsFocus('lost');
  session.setNotifications({ all: 'alert', attention: 'alert', attentionDisplay: 'icons' });
  await within(0, bo.session.declareRegion('DE'));
  await within(0, bo.session.reviewConsent('attention-tracking'));
  await within(0, bo.session.giveConsent('attention-tracking'));
  await within(0, session.remind());
  await passes(40_000);
  await within(1000, session.handOver('cleo'));
  await passes(40_000);
  const everybody = [hana, cleo, bo];
  expect(everybody.map((client) => client.session.getSnapshot().attention)).toEqual(
    Array(3).fill({ enabled: false, active: false, inattentive: false }),
  );
  expect(everybody.flatMap((client) => client.told('attentionTrackingChanged'))).toEqual([]);
});
