import { expect, test } from 'vitest';
import { initialTransition, transition } from 'xstate';
import { hasTag, stateAfter } from '../../src/core/chart.ts';
import { promptMachine } from '../../src/notice/prompt.machine.ts';
import type { PromptEvent, PromptState } from '../../src/notice/prompt.types.ts';
import { promptChart } from '../../src/notice/prompt-chart.ts';

const states = Object.keys(promptChart.states) as PromptState[];
const events: readonly PromptEvent['type'][] = [
  'notice.shown',
  'answer.sent',
  'answer.acknowledged',
  'answer.denied',
  'notice.closed',
];

test('a client that steps through the chart is where XState would be, from every state and for every event', () => {
  expect(promptChart.initial).toBe(initialTransition(promptMachine)[0].value);
  for (const state of states) {
    for (const type of events) {
      const [next] = transition(promptMachine, promptMachine.resolveState({ value: state, context: {} }), { type });
      const own = stateAfter<PromptState, PromptEvent['type']>(promptChart, state, type);
      expect([state, type, own]).toEqual([state, type, next.value]);
    }
  }
});

test('a state has the tags that XState finds on it', () => {
  for (const state of states) {
    const snapshot = promptMachine.resolveState({ value: state, context: {} });
    for (const tag of ['open', 'shown', 'sending']) {
      expect([state, tag, hasTag(promptChart, state, tag)]).toEqual([state, tag, snapshot.hasTag(tag)]);
    }
  }
});
