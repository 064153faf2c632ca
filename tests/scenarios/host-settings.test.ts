import { expect, test } from 'vitest';
import { simulate } from '../../src/simulator/simulation.ts';

const scenario = (more: object[]) => ({
  participants: [{ id: 'hana', role: 'host' }, { id: 'bo' }],
  steps: [
    ...more,
    { at: '1s', who: 'hana', does: 'requestsRecording', storage: 'cloud' },
    { at: '5s', who: 'bo', does: 'givesConsent', purpose: 'recording' },
    { at: '9s', who: 'bo', does: 'withdrawsConsent', purpose: 'recording' },
  ],
  until: '20s',
});

test('[G7] what a participant is shown does not depend on what the host wants to be told', async () => {
  const settings = { all: 'off', doNotDisturb: true };
  const silenced = simulate(scenario([{ at: '0s', who: 'hana', does: 'setsNotifications', settings }]));
  const plain = simulate(scenario([]));
  await silenced.run();
  await plain.run();
  const shown = (simulation: typeof plain) => simulation.hooks('bo').map(({ at, hook }) => ({ at, hook }));
  expect(shown(silenced)).toEqual(shown(plain));
  expect(shown(plain).some(({ hook }) => hook === 'noticeRaised')).toBe(true);
});
