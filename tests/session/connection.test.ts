import { expect, test } from 'vitest';
import { simulate } from '../../src/simulator/simulation.ts';

test('[G8] a host who decides and loses the network reads lost until it is back, though it still hears itself', async () => {
  const simulation = simulate({
    participants: [{ id: 'hana', role: 'host' }, { id: 'bo' }],
    steps: [],
    until: '1s',
  });
  const connections = () =>
    simulation
      .hooks('hana')
      .filter(({ hook }) => hook === 'connectionChanged')
      .map(({ payload }) => (payload as { connection: string }).connection);
  await simulation.waits('1s');
  await simulation.as('hana').losesConnection();
  await simulation.waits('30s');
  expect(connections()).toEqual(['joining', 'connected', 'lost']);
  await simulation.as('hana').reconnects();
  await simulation.waits('10s');
  expect(connections()).toEqual(['joining', 'connected', 'lost', 'connected']);
});

test('[G2] a recording whose authority is gone is unknown until it can no longer run, then off and shown no more', async () => {
  const simulation = simulate({
    participants: [{ id: 'hana', role: 'host' }, { id: 'bo' }],
    meeting: { policy: 'gdpr' },
    steps: [],
    until: '1s',
  });
  const shown = () => {
    const snapshot = simulation.session('bo')?.getSnapshot();
    return [snapshot?.indicators['recording'], snapshot?.recordings.map(({ status }) => status)];
  };
  await simulation.as('hana').requestsRecording('cloud');
  await simulation.waits('1s');
  await simulation.as('hana').crashes();
  await simulation.waits('20s');
  expect(shown()).toEqual(['unknown', ['unknown']]);
  await simulation.waits('40s');
  expect(shown()).toEqual(['off', []]);
});
