import { expect, test } from 'vitest';
import { defaultDocument } from '../../src/notice/default-document.ts';
import { german } from '../../src/notice/german.ts';
import { type Coming, meeting } from '../session/meeting.ts';

/** How often Bo, who has agreed, is asked, when a co-host with these words takes over in mid-recording. */
async function askedOver(words: Coming): Promise<unknown> {
  const { joins, passes } = meeting();
  const document = { ...defaultDocument, version: '7' };
  const hana = await joins('hana', { role: 'host', document });
  const bo = await joins('bo', { document });
  const cora = await joins('cora', { role: 'co-host', reaches: hana, document, ...words });
  void hana.session.requestRecording({ storage: 'cloud' });
  await passes(1000);
  for (const { session } of [bo, cora]) void session.giveConsent('recording');
  await passes(1000);
  void hana.session.handOver('cora');
  await passes(5000);
  const { authorityId, prompt } = bo.session.getSnapshot();
  return [authorityId, prompt?.kind, bo.session.status('recording')];
}

test('[G1] a host whose document has another version asks everyone anew, in mid-recording', async () => {
  expect(await askedOver({ document: { ...defaultDocument, version: '8' } })).toEqual(['cora', 'prompt', 'on']);
});

test('a host who reads another language, of another version of the words, asks nobody anew', async () => {
  expect(await askedOver({ texts: { ...german, version: '8' } })).toEqual(['cora', undefined, 'on']);
});

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
