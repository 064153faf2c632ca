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
