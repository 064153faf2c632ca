import { expect, test } from 'vitest';
import { messageText } from '../../src/transport/messages.parse.ts';
import { type Client, meeting } from './meeting.ts';

/** Bo has followed hana, who has left; cora comes and hears no answer of bo's: she decides under a lower epoch. */
async function decidedTooLow() {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'gdpr' });
  const bo = await all.joins('bo');
  await hana.session.leave();
  await all.passes(1000);
  const isAnswer = (data: string) => data.includes('"t":"highest"') && data.includes('"re":');
  all.network.tap(({ from, data }) => (from === 'bo' && isAnswer(data) ? 'drop' : undefined));
  const cora = await all.joins('cora', { role: 'co-host', policy: 'gdpr' });
  await all.passes(2500);
  return { ...all, bo, cora };
}

const authorityOf = ({ session }: Client) => session.getSnapshot().authorityId;

test('[G8] who decides under a lower epoch than a participant follows goes on over it, and is followed', async () => {
  const { bo, cora, passes } = await decidedTooLow();
  expect([authorityOf(cora), bo.session.getSnapshot().connection]).toEqual(['cora', 'lost']);
  await passes(12_000);
  expect([authorityOf(bo), bo.session.getSnapshot().connection]).toEqual(['cora', 'connected']);
});

test('[G8] a capture goes on where its authority does so over a higher epoch', async () => {
  const { bo, cora, passes, within } = await decidedTooLow();
  expect(await within(100, cora.session.requestRecording({ storage: 'local' }))).toMatchObject({ outcome: 'started' });
  await passes(12_000);
  expect([cora.session.status('recording'), bo.session.status('recording')]).toEqual(['on', 'on']);
  expect([cora.told('recordingStopped'), cora.told('recordingFailed')]).toEqual([[], []]);
  expect([cora.adapter.recorder.holds('cora'), cora.adapter.recorder.holds('bo')]).toEqual([true, false]);
});

test('[G8] an answer to any hello of an election counts, so that nobody decides under a lower epoch', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'gdpr' });
  const bo = await all.joins('bo');
  await hana.session.leave();
  await all.passes(1000);
  let lost = 1;
  const isAnswer = (data: string) => data.includes('"t":"highest"') && lost-- > 0;
  all.network.tap(({ from, data }) => (from === 'bo' && isAnswer(data) ? 'drop' : undefined));
  const cora = await all.joins('cora', { role: 'co-host', policy: 'gdpr' });
  await all.passes(2500);
  expect([authorityOf(cora), authorityOf(bo)]).toEqual(['cora', 'cora']);
});

/** A recorded meeting in which bo may lie about the epoch. */
async function recorded(recorder = {}) {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'notice-only', recorder });
  const bo = await all.joins('bo');
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(1000);
  const epochs = new Set<string>();
  all.network.tap(({ from, data }) => {
    if (from === 'hana') epochs.add(JSON.stringify(JSON.parse(data).epoch));
    return undefined;
  });
  const lies = (number: number) => {
    const epoch = { number, id: 'hana', incarnation: 'z' };
    all.network.inject({ from: 'bo', to: 'hana', data: messageText({ t: 'highest', epoch }) });
  };
  return { ...all, hana, bo, lies, epochs };
}

test('[G8] who names a higher epoch is left out until they are heard again, and nothing is stopped for it', async () => {
  const { hana, lies, passes } = await recorded();
  expect(hana.adapter.recorder.holds('bo')).toBe(true);
  lies(500);
  await passes();
  expect([hana.adapter.recorder.holds('bo'), hana.session.status('recording')]).toEqual([false, 'on']);
  await passes(6000);
  expect([hana.adapter.recorder.holds('bo'), hana.told('recordingFailed')]).toEqual([true, []]);
});

test('[G8] the word of one participant moves the epoch once a minute at most, and never by more than a thousand', async () => {
  const { hana, lies, passes, epochs } = await recorded();
  for (let second = 0; second < 50; second += 1) {
    lies(200 + second);
    await passes(1000);
  }
  expect(epochs.size).toBe(2);
  lies(5000);
  await passes(10_000);
  expect(epochs.size).toBe(2);
  expect(hana.told('protocolFailed')).toMatchObject([{ code: 'protocol/implausible-epoch', from: 'bo', count: 1 }]);
});

test('[G8] who cannot end a call to the recorder goes on all the same, as after a crash', async () => {
  const { hana, bo, lies, passes, epochs } = await recorded({ lease: false });
  hana.adapter.recorder.fails('stop');
  void hana.session.stopRecording();
  await passes(2000);
  expect(hana.session.status('recording')).toBe('unknown');
  lies(500);
  await passes(15_000);
  expect(epochs.size).toBe(1);
  await passes(5000);
  expect([epochs.size, authorityOf(bo), bo.session.status('recording')]).toEqual([2, 'hana', 'unknown']);
  hana.adapter.recorder.fails();
  await passes(6000);
  expect([hana.session.status('recording'), bo.session.status('recording')]).toEqual(['off', 'off']);
});

test('[G8] a host that left in the middle of that goes over a higher epoch after joining again, as at first', async () => {
  const { hana, lies, passes, within, epochs } = await recorded();
  lies(500);
  await passes(1000);
  await within(5000, hana.session.leave());
  void hana.session.join();
  await passes(60_000);
  epochs.clear();
  lies(900);
  await passes(10_000);
  expect(epochs.size).toBe(2);
});
