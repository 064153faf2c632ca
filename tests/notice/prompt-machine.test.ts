import { expect, test } from 'vitest';
import { initialTransition, transition } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { promptMachine } from '../../src/notice/prompt.machine.ts';
import type { PromptEvent } from '../../src/notice/prompt.types.ts';

const types: readonly PromptEvent['type'][] = [
  'notice.shown',
  'answer.sent',
  'answer.acknowledged',
  'answer.denied',
  'notice.closed',
];
const events: PromptEvent[] = types.map((type) => ({ type }));
const paths = getShortestPaths(promptMachine, { events });

test('every state of a notice is reached, and each path ends where it says', () => {
  expect(paths.map(({ state }) => state.value).sort()).toEqual(Object.keys(promptMachine.config.states ?? {}).sort());
  for (const { state, steps } of paths) {
    let walked = initialTransition(promptMachine)[0];
    for (const { event } of steps) [walked] = transition(promptMachine, walked, event as PromptEvent);
    expect(walked.value).toBe(state.value);
  }
});

test('[G9] only the authority closes a notice, and from wherever it is', () => {
  for (const { state } of paths) {
    for (const event of events) {
      const closes = transition(promptMachine, state, event)[0].value === 'closed' && state.value !== 'closed';
      expect([state.value, event.type, closes]).toEqual([
        state.value,
        event.type,
        event.type === 'notice.closed' && state.value !== 'closed',
      ]);
    }
  }
});

test('[G1] what was shown stays shown, whatever becomes of an answer', () => {
  for (const { state } of paths) {
    if (!state.hasTag('shown')) continue;
    for (const event of events) {
      const next = transition(promptMachine, state, event)[0];
      expect([state.value, event.type, next.hasTag('shown') || next.value === 'closed']).toEqual([
        state.value,
        event.type,
        true,
      ]);
    }
  }
});
