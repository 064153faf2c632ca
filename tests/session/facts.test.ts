import { describe, expect, test } from 'vitest';
import type { Notice } from '../../src/notice/notice.types.ts';
import { type Client, meeting } from './meeting.ts';

const is = (kind: string) => (data: string) => data.includes(`"t":"${kind}"`);
const indicators = ({ told }: Client) =>
  (told('indicatorChanged') as { purpose: string; status: string }[])
    .filter(({ purpose }) => purpose === 'recording')
    .map(({ status }) => status);

describe('a prompt', () => {
  /** Bo is asked, and no word of it arrives; when each copy was sent. */
  async function unheard() {
    const all = meeting();
    const hana = await all.joins('hana', { role: 'host', policy: 'all-party' });
    const bo = await all.joins('bo');
    await all.passes(1000);
    const at: number[] = [];
    const asksAt = all.clock.now();
    const end = all.network.tap(({ to, data }) => {
      if (to !== 'bo' || !is('personal')(data)) return undefined;
      at.push(all.clock.now() - asksAt);
      return 'drop';
    });
    void hana.session.requestRecording({ storage: 'cloud' });
    return { ...all, hana, bo, at, end };
  }

  test('[G1] is repeated every second for 10 s until its delivery is acknowledged, then with each beacon', async () => {
    const { at, bo, end, passes } = await unheard();
    await passes(30_500);
    const early = at.filter((each) => each <= 10_000);
    expect([early.length >= 10, early.length <= 12]).toEqual([true, true]);
    const late = at.filter((each) => each > 11_000);
    expect(late.slice(1).map((each, place) => each - (late[place] ?? 0))).toEqual(late.slice(1).map(() => 5000));
    expect(bo.session.getSnapshot().prompt).toBeNull();
    end();
    await passes(5000);
    expect([bo.session.getSnapshot().prompt?.kind, bo.told('noticeRaised').length]).toEqual(['prompt', 1]);
  });

  test('[G1] is repeated no more once it has been delivered, answered or not', async () => {
    const { at, end, passes, network } = await unheard();
    end();
    await passes(1500);
    network.tap(({ to, data }) => void (to === 'bo' && is('personal')(data) && at.push(1)));
    const { length } = at;
    await passes(20_000);
    expect(at.length).toBe(length);
  });
});

test('[G2] the indicator is told once a purpose at the first snapshot, off too; before that it is unknown', async () => {
  const all = meeting();
  await all.joins('hana', { role: 'host' });
  const bo = all.comes('bo');
  expect(bo.session.status('recording')).toBe('unknown');
  void bo.session.join();
  await all.passes(3000);
  expect(bo.told('indicatorChanged')).toEqual([
    { purpose: 'recording', status: 'off' },
    { purpose: 'transcription', status: 'off' },
    ...bo
      .told('indicatorChanged')
      .slice(2)
      .filter((each) => (each as { purpose: string }).purpose === 'attention-tracking'),
  ]);
});

test('[G2] [G8] a recording’s start is told once to each client, however often its messages come, on joining late too', async () => {
  const all = meeting();
  all.network.set({ duplicate: 0.5, reorder: true, latencyMs: [1, 200] });
  const hana = await all.joins('hana', { role: 'host', policy: 'notice-only', recorder: { startMs: 500 } });
  const bo = await all.joins('bo');
  await all.passes(2000);
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(100);
  expect(hana.told('recordingStarted')).toEqual([]);
  await all.passes(5000);
  const cy = await all.joins('cy');
  await all.passes(20_000);
  expect([hana, bo, cy].map(({ told }) => told('recordingStarted').length)).toEqual([1, 1, 1]);
});

test('[G8] the last fact, lost, is noticed by the next beacon and asked for', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'notice-only' });
  const bo = await all.joins('bo');
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(4000);
  const end = all.network.tap(({ to, data }) => (to === 'bo' && !is('beacon')(data) ? 'drop' : undefined));
  void hana.session.stopRecording();
  await all.passes(100);
  end();
  const asked: string[] = [];
  all.network.tap(({ from, data }) => {
    if (from !== 'bo') return undefined;
    if (is('again')(data)) asked.push(data);
    // What it says itself would let the authority notice, too.
    return is('alive')(data) ? 'drop' : undefined;
  });
  await all.passes(6000);
  expect([bo.session.status('recording'), asked.length]).toEqual(['off', 1]);
});

test('[G8] what hosts are told has a number of its own: a host who missed some of it asks for all of it', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host' });
  const cora = await all.joins('cora', { role: 'co-host' });
  await all.passes(1000);
  const end = all.network.tap(({ to, data }) => (to === 'cora' && is('roster')(data) ? 'drop' : undefined));
  await all.joins('bo');
  await all.passes(500);
  end();
  await all.passes(3000);
  const ids = ({ session }: Client) =>
    session
      .roster()
      .rows.map(({ participantId }) => participantId)
      .sort();
  expect([ids(cora), ids(hana)]).toEqual([
    ['bo', 'cora', 'hana'],
    ['bo', 'cora', 'hana'],
  ]);
});

test('[G8] what a participant is told on joining does not grow with the meeting', async () => {
  const sizeWith = async (people: number) => {
    const all = meeting();
    await all.joins('hana', { role: 'host' });
    for (let place = 0; place < people; place += 1) await all.joins(`p${place}`);
    let size = 0;
    const end = all.network.tap(({ to, data }) => {
      if (to === 'zoe') size += data.length;
    });
    await all.joins('zoe');
    end();
    return size;
  };
  const [small, large] = [await sizeWith(3), await sizeWith(100)];
  expect([small > 500, Math.abs(large - small) < 100]).toEqual([true, true]);
});

test('[G8] an older notice closes as superseded, and a repeat of one is no second prompt', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'acknowledge' });
  const bo = await all.joins('bo');
  const personal: { from: string; to: string; data: string }[] = [];
  all.network.tap((message) => void (message.to === 'bo' && is('personal')(message.data) && personal.push(message)));
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(500);
  for (const message of personal) all.network.inject(message);
  await all.passes(500);
  expect(bo.told('noticeRaised').length).toBe(1);
  void bo.session.declareRegion('US-CA');
  await all.passes(500);
  expect(bo.told('noticeClosed')).toMatchObject([{ because: 'superseded' }]);
  expect(bo.told('noticeRaised')).toMatchObject([{ kind: 'prompt' }, { kind: 'prompt' }]);
});

test('[G10] a capture seen has one id for everyone: one notice and one start, whoever tells of it first', async () => {
  const all = meeting();
  const bo = await all.joins('bo');
  await all.sees({ platformId: 'p', active: true });
  expect([bo.session.status('recording'), bo.told('noticeRaised').length]).toEqual(['on', 1]);
  const hana = await all.joins('hana', { role: 'host' });
  hana.adapter.seesCapture({ platformId: 'p', active: true });
  await all.passes(3000);
  expect([bo.told('noticeRaised').length, bo.told('recordingStarted').length]).toEqual([1, 1]);
  expect([hana.told('recordingStarted').length, hana.told('hostNotified').length]).toEqual([1, 1]);
  expect(indicators(bo)).toEqual(['on']);
});

test('[G2] a recording that was widened and has ended raises nothing any more', async () => {
  const { joins, passes } = meeting();
  const hana = await joins('hana', { role: 'host', policy: 'notice-only' });
  const bo = await joins('bo');
  void hana.session.requestRecording({ storage: 'cloud' });
  await passes(5000);
  void hana.session.requestTranscript();
  await passes(5000);
  void hana.session.stopRecording();
  await passes(5000);
  const raised = bo.told('noticeRaised').map((notice) => (notice as Notice).purposes);
  const closed = bo.told('noticeClosed').map((notice) => (notice as { because: string }).because);
  expect({ raised, closed }).toEqual({
    raised: [['recording'], ['recording', 'transcription']],
    closed: ['superseded', 'capture-ended'],
  });
});

test('[G2] [G10] what the platform goes on with under the same name reads on again for everyone, and everyone is asked anew', async () => {
  const { joins, passes } = meeting();
  const hana = await joins('hana', { role: 'host', policy: 'gdpr' });
  const bo = await joins('bo');
  await passes(1000);
  const seen = [];
  for (const active of [true, false, true]) {
    hana.adapter.seesCapture({ platformId: 'its own', active });
    await passes(2000);
    seen.push([bo.session.status('recording'), bo.session.getSnapshot().prompt?.kind]);
  }
  expect(seen).toEqual([
    ['on', 'prompt'],
    ['off', undefined],
    ['on', 'prompt'],
  ]);
});
