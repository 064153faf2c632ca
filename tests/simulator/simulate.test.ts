import { expect, test } from 'vitest';
import { simulate } from '../../src/simulator/simulation.ts';
import { verbNames } from '../../src/simulator/verbs.ts';

const small = { participants: [{ id: 'hana', role: 'host' }, { id: 'bo' }], steps: [], until: '1m' };

test('a meeting is run by hand: people act, time goes on, and what they were told is there to look at', async () => {
  const simulation = simulate(small);
  expect(simulation.session('bo')).toBeUndefined();
  await simulation.as('hana').requestsRecording({ storage: 'cloud', reason: 'minutes' });
  expect(simulation.session('bo')?.getSnapshot().prompt?.reason).toBe('minutes');
  await simulation.waits('2s');
  await simulation.as('bo').givesConsent('recording');
  await simulation.waits('1500ms');
  expect(simulation.session('bo')?.status('recording')).toBe('on');
  expect(simulation.hooks('bo').find(({ hook }) => hook === 'recordingStarted')?.at).toBe(2000);
  expect(simulation.hooks().length).toBeGreaterThan(simulation.hooks('bo').length);
  expect(simulation.guarantees()).toEqual([]);
});

test('every verb is a method, whose arguments are its fields in order or one object of them', async () => {
  const simulation = simulate({ ...small, participants: [...small.participants, { id: 'cy' }] });
  const bo = simulation.as('bo');
  expect(verbNames.filter((verb) => typeof bo[verb] !== 'function')).toEqual([]);
  await simulation.as('hana').moderatorLocks('microphone', 'cy');
  await simulation.as('hana').moderatorUnlocks({ device: 'microphone', whom: 'cy' });
  await simulation.as('network').partitions([['hana'], ['bo', 'cy']]);
  await simulation.as('platform').startsRecording();
  expect(simulation.session('cy')?.status('recording')).toBe('on');
  expect(() => bo.leaves('at once')).toThrow(/leaves: takes nothing/);
});

test('a step by hand that cannot be meant is refused by its pointer; one that the session denies is told', async () => {
  const simulation = simulate(small);
  await expect(simulation.as('zoe').leaves()).rejects.toThrow(/nobody here is called "zoe"/);
  await expect(simulation.as('bo').switchesOn('kettle')).rejects.toThrow(/expected one of "microphone"/);
  await expect(simulation.waits('soon')).rejects.toThrow(/waits: expected a time such as "31s", not "soon"/);
  await simulation.as('bo').stopsRecording();
  expect(simulation.hooks('bo').at(-1)).toEqual({
    at: 0,
    participant: 'bo',
    hook: 'stepDenied',
    payload: { does: 'stopsRecording', code: 'session/not-permitted' },
  });
});

test('[G8] the same seed gives the same meeting, another seed another', async () => {
  const scenario = (seed: number) => ({
    ...small,
    network: { latencyMs: [5, 500], loss: 0.2, duplicate: 0.2, reorder: true, seed },
    steps: [{ at: '1s', who: 'hana', does: 'requestsRecording', storage: 'cloud' }],
  });
  const [one, same, other] = [
    await simulate(scenario(7)).run(),
    await simulate(scenario(7)).run(),
    await simulate(scenario(8)).run(),
  ];
  expect([same.lines, same.summary]).toEqual([one.lines, one.summary]);
  expect(other.lines).not.toEqual(one.lines);
});

test('those who are there from the start have all joined before the first step, whatever the network is like', async () => {
  const simulation = simulate({ ...small, network: { latencyMs: [900, 1000], loss: 0.9, seed: 1 } });
  await simulation.waits('0s');
  expect(['hana', 'bo'].map((id) => simulation.session(id)?.getSnapshot().connection)).toEqual([
    'connected',
    'connected',
  ]);
  expect(simulation.session('bo')?.getSnapshot().authorityId).toBe('hana');
});

test('a scenario that makes no sense is refused where a time never comes, and a field is there by another name', () => {
  const said = (scenario: object): string => {
    try {
      return typeof simulate(scenario);
    } catch (error) {
      return (error as Error).message;
    }
  };
  const late = { at: '61s', who: 'bo', does: 'leaves' };
  const { steps, ...unstepped } = small;
  expect([
    said({ ...small, steps: [{ ...late, at: '1m' }, late] }),
    said({ ...small, participants: [{ id: 'bo', joins: '2m' }] }),
    said({ ...small, expect: [{ participant: 'bo', hook: 'noticeRaised', from: '2m' }] }),
    said({ ...small, expect: [{ participant: 'bo', purpose: 'recording', status: 'off', at: '2m' }] }),
    said({ ...unstepped, stps: steps }),
    said({ ...small, participants: [{ name: 'bo', ids: 'bo' }] }),
    said({ ...small, steps: [{ at: '1s', who: 'bo', does: 'moderatorLocks', device: 'camera' }] }),
    said(unstepped),
  ]).toEqual([
    '/steps/1/at: is 1000 ms after "until", when the scenario ends',
    '/participants/0/joins: is 60000 ms after "until", when the scenario ends',
    '/expect/0/from: is 60000 ms after "until", when the scenario ends',
    '/expect/0/at: is 60000 ms after "until", when the scenario ends',
    '/steps: is missing; is it "stps"?',
    '/participants/0/id: is missing; is it "ids"?',
    '/steps/0/whom: is missing',
    '/steps: is missing',
  ]);
});
