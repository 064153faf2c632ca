import { expect, test } from 'vitest';
import { aliveEveryMs, times } from '../../src/transport/times.ts';
import { meeting } from './meeting.ts';

/** What somebody hears or says, by its kind and when. */
async function quiet() {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host' });
  const cora = await all.joins('cora', { role: 'co-host' });
  const bo = await all.joins('bo');
  await all.passes(10_000);
  const seen: { from: string; to: string; kind: string; at: number }[] = [];
  all.network.tap(({ from, to, data }) => {
    seen.push({ from, to, kind: JSON.parse(data).t, at: all.clock.now() });
  });
  const at = (from: string, to: string, kind?: string) =>
    seen.filter((each) => each.from === from && each.to === to && (!kind || each.kind === kind)).map((each) => each.at);
  return { ...all, hana, cora, bo, at };
}

const longestGap = (at: readonly number[]) => Math.max(...at.slice(1).map((each, place) => each - (at[place] ?? 0)));

test('[G2] the authority is heard every 2 s by hosts and every 5 s by everyone, and no more where nothing happens', async () => {
  const { at, passes } = await quiet();
  await passes(60_000);
  expect([longestGap(at('hana', 'cora')), longestGap(at('hana', 'bo'))]).toEqual([2000, 5000]);
  expect([at('hana', 'bo').length, at('hana', 'cora').length < 42]).toEqual([12, true]);
});

test('[G2] a client says that it is there every 5 s, and in a large meeting so seldom that 50 a second are heard', async () => {
  const { at, passes } = await quiet();
  await passes(60_000);
  expect([at('bo', 'hana', 'alive').length, longestGap(at('bo', 'hana', 'alive'))]).toEqual([12, 5000]);
  for (const clients of [1, 50, 250, 251, 1000, 10_000, 12_345]) {
    const everyMs = aliveEveryMs(clients);
    expect([clients, everyMs >= 5000, clients / (everyMs / 1000) <= 50]).toEqual([clients, true, true]);
  }
  expect([aliveEveryMs(250), aliveEveryMs(10_000)]).toEqual([5000, 200_000]);
});

test('[G2] silence is asked about after 3 s by a co-host and 6 s by a participant, every 500 ms, until anything is heard', async () => {
  const { at, passes, network } = await quiet();
  await passes(6000);
  network.partition([['hana'], ['cora'], ['bo']]);
  const heardAt = { cora: at('hana', 'cora').at(-1) ?? 0, bo: at('hana', 'bo').at(-1) ?? 0 };
  await passes(5900);
  const asked = at('cora', 'hana', 'there?');
  expect((asked[0] ?? 0) - heardAt.cora).toBe(3000);
  expect(longestGap(asked)).toBe(500);
  await passes(5000);
  const [first = 0, second = 0] = at('bo', 'hana', 'there?');
  expect([first - heardAt.bo, second - first]).toEqual([6000, 500]);
  network.heal();
  await passes(1000);
  const { length } = at('bo', 'hana', 'there?');
  await passes(4000);
  expect(at('bo', 'hana', 'there?').length).toBe(length);
});

test('[G2] a participant says unknown after 15 s of silence; the transport’s word that the authority left counts at once', async () => {
  const { passes, network, bo } = await quiet();
  network.partition([['hana', 'cora'], ['bo']]);
  await passes(9900);
  expect(bo.session.status('recording')).toBe('off');
  await passes(5200);
  expect(bo.session.status('recording')).toBe('unknown');
  const other = meeting();
  await other.joins('hana', { role: 'host' });
  const cy = await other.joins('cy');
  await other.passes(1000);
  other.network.leave('hana');
  await other.passes();
  expect([cy.session.getSnapshot().connection, cy.session.status('recording')]).toEqual(['lost', 'unknown']);
});

test('[G1] the authority counts a client as absent after 15 s, or three of its intervals, and leaves them out until heard', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'notice-only' });
  await all.joins('bo');
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(10_000);
  let saidAt = 0;
  const end = all.network.tap(({ from }) => {
    if (from === 'bo') saidAt = all.clock.now();
  });
  await all.passes(5000);
  end();
  all.network.partition([['hana'], ['bo']]);
  while (hana.adapter.recorder.holds('bo')) await all.passes(100);
  const absentMs = all.clock.now() - saidAt;
  expect([absentMs > 15_000, absentMs <= 16_100]).toEqual([true, true]);
  all.network.heal();
  await all.passes(6000);
  expect(hana.adapter.recorder.holds('bo')).toBe(true);
});

test('hello is said every second until somebody who decides has answered', async () => {
  const all = meeting();
  const at: number[] = [];
  all.network.tap(({ from, data }) => void (from === 'bo' && data.includes('"hello"') && at.push(all.clock.now())));
  await all.joins('cy');
  await all.joins('bo');
  await all.passes(5500);
  expect([...new Set(at)]).toEqual([0, 1000, 2000, 3000, 4000, 5000]);
  await all.joins('hana', { role: 'host' });
  await all.passes(3000);
  expect(at.filter((each) => each > 6600)).toEqual([]);
});

test('the times of the protocol are in one table', () => {
  expect(times).toEqual({
    beaconToHostsMs: 2000,
    beaconToAllMs: 5000,
    aliveMs: 5000,
    alivePerSecond: 50,
    absenceIntervals: 3,
    askThereHostsMs: 3000,
    askThereMs: 6000,
    askThereEveryMs: 500,
    unknownMs: 15_000,
    takeOverMs: 6000,
    takeOverEachMs: 2000,
    leaseMs: 10_000,
    renewMs: 2000,
    repeatMs: 1000,
    giveUpMs: 10_000,
    receiptMs: 60_000,
    firstStatusMs: 5000,
    helloMs: 2000,
    electionMs: 2000,
    togetherMs: 250,
    loadMs: 3000,
    holdWaitMs: 3000,
    stopAgainMs: 5000,
    lateSegmentsMs: 5000,
    leaveMs: 30_000,
    lastWordMs: 20_000,
    tickMs: 1000,
    sleptMs: 6000,
  });
});
