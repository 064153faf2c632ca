import { expect, test } from 'vitest';
import { defaultDocument } from '../../src/notice/default-document.ts';
import { meeting } from '../session/meeting.ts';

test('[G1] an agreement to words that another host has since replaced does not count; the new prompt stays open', async () => {
  const { joins, network, passes, within } = meeting();
  const hana = await joins('hana', { role: 'host' });
  const bo = await joins('bo');
  await joins('cora', { role: 'co-host', document: { ...defaultDocument, version: '2030-01-01' } });
  void hana.session.requestRecording({ storage: 'cloud' });
  await passes(100);
  network.set({ latencyMs: [200, 200] });
  void hana.session.handOver('cora');
  await passes(150);
  const answered = bo.session.giveConsent('recording');
  await passes(5000);
  const { prompt, self } = bo.session.getSnapshot();
  expect([prompt?.phase, self.consents['recording'], self.captured]).toEqual(['open', 'shown', false]);
  expect(await within(100, answered)).not.toMatchObject({ outcome: 'recorded' });
  expect(bo.told('noticeClosed')).toMatchObject([{ because: 'superseded' }]);
  void bo.session.giveConsent('recording');
  await passes(1000);
  expect(bo.session.getSnapshot().self.consents['recording']).toBe('given');
});
