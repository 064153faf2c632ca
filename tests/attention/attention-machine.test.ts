import { describe, expect, test } from 'vitest';
import { initialTransition, transition } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { attentionMachine } from '../../src/attention/attention.machine.ts';
import type { AttentionEvent, AttentionState } from '../../src/attention/attention.types.ts';
import { attentionChart } from '../../src/attention/attention-chart.ts';
import { hasTag, stateAfter } from '../../src/core/chart.ts';

const types = [
  'tracking.enabled',
  'tracking.disabled',
  'notice.effective',
  'notice.revoked',
  'share.started',
  'share.stopped',
  'focus.gained',
  'focus.lost',
  'focus.unknown',
  'threshold.passed',
] as const satisfies readonly AttentionEvent['type'][];
const events: AttentionEvent[] = types.map((type) => ({ type }));
const states = Object.keys(attentionChart.states) as AttentionState[];
const paths = getShortestPaths(attentionMachine, { events });
const stateThen = (state: AttentionState, ...then: AttentionEvent['type'][]) =>
  then.reduce<AttentionState>((now, type) => stateAfter(attentionChart, now, type), state);

describe('the machine of attention tracking', () => {
  test('every state is reached, and each path ends where it says', () => {
    expect(paths.map(({ state }) => state.value).sort()).toEqual([...states].sort());
    for (const { state, steps } of paths) {
      let walked = initialTransition(attentionMachine)[0];
      for (const { event } of steps) [walked] = transition(attentionMachine, walked, event as AttentionEvent);
      expect(walked.value).toBe(state.value);
    }
  });

  test('a client that steps through the chart is where XState would be, with the same tags', () => {
    for (const state of states) {
      const snapshot = attentionMachine.resolveState({ value: state, context: {} });
      for (const type of types) {
        const [next] = transition(attentionMachine, snapshot, { type });
        expect([state, type, stateThen(state, type)]).toEqual([state, type, next.value]);
      }
      for (const tag of ['enabled', 'effective', 'watching', 'flagged']) {
        expect([state, tag, hasTag(attentionChart, state, tag)]).toEqual([state, tag, snapshot.hasTag(tag)]);
      }
    }
  });

  test('[G4] nobody is inattentive but by the way of being told, a share, and a window that was lost', () => {
    for (const { state, steps } of paths) {
      if (state.value !== 'inattentive') continue;
      expect(steps.map(({ event }) => event.type as string).filter((type) => type !== 'xstate.init')).toEqual([
        'tracking.enabled',
        'notice.effective',
        'share.started',
        'focus.lost',
        'threshold.passed',
      ]);
    }
    const into = states.flatMap((state) =>
      types
        .filter((type) => stateThen(state, type) === 'inattentive' && state !== 'inattentive')
        .map((type) => [state, type]),
    );
    expect(into).toEqual([['lost', 'threshold.passed']]);
  });

  test('[G4] each exit clears: focus, a client that cannot tell, the end of the share, of the consent, of the tracking', () => {
    const exits = ['focus.gained', 'focus.unknown', 'share.stopped', 'notice.revoked', 'tracking.disabled'] as const;
    expect(exits.map((type) => [type, hasTag(attentionChart, stateThen('inattentive', type), 'flagged')])).toEqual(
      exits.map((type) => [type, false]),
    );
  });

  test('[G4] after any exit the whole time is waited for again', () => {
    for (const exit of ['focus.gained', 'focus.unknown', 'share.stopped', 'notice.revoked'] as const) {
      const again = stateThen('inattentive', exit, 'threshold.passed');
      expect([exit, again === 'inattentive']).toEqual([exit, false]);
    }
  });

  test('[G4] from wherever it is, turning it off ends it', () => {
    for (const state of states) expect([state, stateThen(state, 'tracking.disabled')]).toEqual([state, 'off']);
  });
});
