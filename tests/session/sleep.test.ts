import { describe, expect, test } from 'vitest';
import { meeting } from './meeting.ts';

const order = ['timers', 'messages'] as const;

/** A meeting with a co-host, recorded by hana. */
async function recorded() {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'notice-only' });
  const cora = await all.joins('cora', { role: 'co-host', policy: 'notice-only', reaches: hana });
  const bo = await all.joins('bo');
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(1000);
  const authorities = () => [hana, cora, bo].map(({ session }) => session.getSnapshot().authorityId);
  return { ...all, hana, cora, bo, authorities };
}

describe.each(order)('a machine that slept, %s first,', (first) => {
  test.each(['kept', 'lost'] as const)(
    '[G8] is no reason for a co-host to take over: its messages were %s',
    async (waiting) => {
      const { cora, passes, authorities, bo } = await recorded();
      cora.machine.sleeps();
      await passes(60_000);
      cora.machine.wakes(first, waiting);
      await passes(10_000);
      expect(authorities()).toEqual(['hana', 'hana', 'hana']);
      expect([cora.session.status('recording'), bo.told('recordingStopped')]).toEqual(['on', []]);
    },
  );

  test('[G2] has its participant read unknown, never what was last known, until it is known again', async () => {
    const { bo, hana, passes } = await recorded();
    void hana.session.stopRecording();
    await passes(5000);
    bo.machine.sleeps();
    await passes(30_000);
    void hana.session.requestRecording({ storage: 'cloud' });
    await passes(1000);
    const { length } = bo.told('indicatorChanged');
    bo.machine.wakes(first, 'last');
    await passes(10_000);
    const told = bo.told('indicatorChanged').slice(length) as { purpose: string; status: string }[];
    expect(told.filter(({ purpose }) => purpose === 'recording').map(({ status }) => status)).toEqual([
      'unknown',
      'on',
    ]);
  });

  test('[G8] has a host who decided ask before it speaks, and follow whoever decides by then', async () => {
    const { hana, network, clock, passes, authorities } = await recorded();
    hana.machine.sleeps();
    await passes(60_000);
    expect(authorities()).toEqual(['hana', 'cora', 'cora']);
    const said: string[] = [];
    const wokeAt = clock.now();
    network.tap(
      ({ from, data }) => void (from === 'hana' && clock.now() < wokeAt + 1000 && said.push(JSON.parse(data).t)),
    );
    hana.machine.wakes(first);
    await passes(1000);
    expect(
      [...new Set(said)].filter((kind) => ['beacon', 'meeting', 'personal', 'ack', 'roster'].includes(kind)),
    ).toEqual([]);
    expect(said).toContain('hello');
    await passes(10_000);
    expect(authorities()).toEqual(['cora', 'cora', 'cora']);
  });

  test('[G2] [G8] has a host who was handing over ask too, before they go on with what may have been stopped', async () => {
    const { hana, bo, network, passes, authorities } = await recorded();
    network.tap(({ data }) => (JSON.parse(data).t === 'hand-over' || data.includes('"chunk"') ? 'drop' : undefined));
    void hana.session.handOver('cora');
    await passes(2000);
    hana.machine.sleeps();
    await passes(60_000);
    expect(authorities()).toEqual(['hana', 'cora', 'cora']);
    const { length } = bo.told('indicatorChanged');
    hana.machine.wakes(first);
    await passes(10_000);
    expect(authorities()).toEqual(['cora', 'cora', 'cora']);
    expect(bo.told('indicatorChanged').slice(length)).toEqual([]);
  });

  test('[G8] has a host whom nobody has replaced go on after it has asked', async () => {
    const all = meeting();
    const hana = await all.joins('hana', { role: 'host', policy: 'notice-only' });
    const bo = await all.joins('bo');
    hana.machine.sleeps();
    await all.passes(60_000);
    expect(bo.session.getSnapshot().connection).toBe('lost');
    hana.machine.wakes(first);
    await all.passes(10_000);
    expect([hana, bo].map(({ session }) => session.getSnapshot().connection)).toEqual(['connected', 'connected']);
    void hana.session.requestRecording({ storage: 'cloud' });
    await all.passes(1000);
    expect([bo.session.status('recording'), hana.adapter.recorder.holds('bo')]).toEqual(['on', true]);
  });
});
