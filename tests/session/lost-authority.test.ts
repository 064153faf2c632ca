import { expect, test } from 'vitest';
import { type Client, meeting } from './meeting.ts';

type All = ReturnType<typeof meeting>;

/** Messages between these two are lost, both ways, from now on. */
const apart = ({ network }: All, one: string, other: string) =>
  network.tap(({ from, to }) =>
    (from === one && to === other) || (from === other && to === one) ? 'drop' : undefined,
  );

const told = ({ told }: Client) =>
  (told('indicatorChanged') as { purpose: string; status: string }[])
    .filter(({ purpose }) => purpose === 'recording')
    .map(({ status }) => status);

/** Whether somebody's own client said off at any moment at which they were in the recorder's output. */
async function watches(all: All, hana: Client, bo: Client, ms: number): Promise<string[]> {
  const wrong: string[] = [];
  for (let waited = 0; waited < ms; waited += 100) {
    await all.passes(100);
    if (hana.adapter.recorder.holds('bo') && bo.session.status('recording') === 'off') wrong.push(`${all.clock.now()}`);
  }
  return wrong;
}

async function recorded(storage: 'cloud' | 'local', recorder = {}) {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'notice-only', recorder });
  const bo = await all.joins('bo');
  void hana.session.requestRecording({ storage });
  await all.passes(1000);
  return { all, hana, bo };
}

test('[G2] who follows a host that never heard of the recording does not read off while they are in it', async () => {
  const { all, hana, bo } = await recorded('local');
  apart(all, 'hana', 'cora');
  const cora = await all.joins('cora', { role: 'co-host', policy: 'notice-only' });
  expect(await watches(all, hana, bo, 60_000)).toEqual([]);
  void cora;
});

test('[G2] who hears late that a co-host has taken over does not read off while the old host may still capture them', async () => {
  const { all, hana, bo } = await recorded('local');
  const cora = await all.joins('cora', { role: 'co-host', policy: 'notice-only' });
  await all.passes(6000);
  apart(all, 'hana', 'cora');
  const end = apart(all, 'bo', 'cora');
  await all.passes(60_000);
  expect([cora.session.status('recording'), bo.session.status('recording')]).toEqual(['off', 'on']);
  // Bo hears cora now, and hana hears nothing of it from bo.
  all.network.tap(({ from, to, data }) =>
    from === 'bo' && to === 'hana' && data.includes('"highest"') ? 'drop' : undefined,
  );
  end();
  expect(await watches(all, hana, bo, 60_000)).toEqual([]);
  expect([told(bo).at(-1), hana.adapter.recorder.holds('bo')]).toEqual(['off', false]);
});

test('[G2] what no recorder and no lease ends stays unknown until somebody speaks of it', async () => {
  const { all, bo } = await recorded('cloud', { lease: false });
  all.network.crash('hana');
  await all.passes(600_000);
  expect(bo.session.status('recording')).toBe('unknown');
});

test('[G2] what a lease ends is unknown for 20 s and the absence time after one’s last word, then off', async () => {
  const { all, bo } = await recorded('cloud');
  await all.passes(10_000);
  let saidAt = 0;
  all.network.tap(({ from, to }) => {
    if (from === 'bo' && to === 'hana') saidAt = all.clock.now();
  });
  await all.passes(6000);
  all.network.crash('hana');
  while (bo.session.status('recording') !== 'unknown') await all.passes(100);
  while (bo.session.status('recording') === 'unknown') await all.passes(100);
  expect(bo.session.status('recording')).toBe('off');
  expect(Math.round((all.clock.now() - saidAt) / 1000)).toBe(35);
});

test('[G10] what the meeting itself began is never asked about as a capture seen: it is fenced and stopped', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'gdpr', recorder: { lease: false } });
  const outcome = await all.within(1000, hana.session.requestRecording({ storage: 'cloud' }));
  const recordingId = outcome && 'recordingId' in outcome ? outcome.recordingId : '';
  hana.machine.sleeps();
  all.network.leave('hana');
  hana.adapter.recorder.fails('stop');
  const dan = all.comes('dan', { role: 'host', policy: 'gdpr', reaches: hana });
  dan.adapter.seesCapture({ platformId: 'p', active: true, recordingId });
  void dan.session.join();
  await all.passes(1000);
  expect([dan.session.getSnapshot().prompt, dan.session.status('recording')]).toEqual([null, 'unknown']);
  hana.adapter.recorder.fails();
  await all.passes(6000);
  dan.adapter.seesCapture({ platformId: 'p', active: false, recordingId });
  await all.passes(1000);
  expect([dan.session.getSnapshot().prompt, dan.session.status('recording')]).toEqual([null, 'off']);
  expect(hana.adapter.recorder.holds('hana')).toBe(false);
});

test('[G2] who reads off, as nobody decides any more, is told that they are in it no more', async () => {
  const { all, bo } = await recorded('local');
  expect(bo.session.getSnapshot().self).toMatchObject({ captured: true, because: 'clear' });
  all.network.crash('hana');
  await all.passes(120_000);
  const { status } = bo.session;
  expect([status('recording'), bo.session.getSnapshot().self]).toMatchObject([
    'off',
    { captured: false, because: 'ended' },
  ]);
  const own = bo.told('captureChanged').filter((each) => (each as { participantId: string }).participantId === 'bo');
  expect(own).toMatchObject([{ captured: true }, { captured: false, because: 'ended' }]);
});
