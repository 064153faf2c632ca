import { expect, test } from 'vitest';
import { outlineOf } from '../../src/cli/chart-outline.ts';
import { mermaid } from '../../src/cli/machine-chart.ts';
import { nested } from './charts.ts';

test('an outline names every state with its place, in the order written', () => {
  const { states } = outlineOf(nested);
  expect(states.map(({ path, parent, kind, initial }) => [path, parent, kind, initial])).toEqual([
    ['', undefined, 'compound', 'idle'],
    ['idle', '', 'atomic', undefined],
    ['talking', '', 'compound', 'talking.ringing'],
    ['talking.ringing', 'talking', 'atomic', undefined],
    ['talking.open', 'talking', 'compound', 'talking.open.speaking'],
    ['talking.open.speaking', 'talking.open', 'atomic', undefined],
    ['talking.open.muted', 'talking.open', 'final', undefined],
    ['both', '', 'parallel', undefined],
    ['both.left', 'both', 'compound', 'both.left.a'],
    ['both.left.a', 'both.left', 'atomic', undefined],
    ['both.right', 'both', 'atomic', undefined],
    ['failed', '', 'final', undefined],
  ]);
  expect(states.find(({ path }) => path === 'talking.ringing')?.tags).toEqual(['waiting']);
});

test('an outline finds targets as XState does, with times, guards and what is always so in the label', () => {
  expect(outlineOf(nested).transitions.map(({ from, label, to }) => [from, label, to])).toEqual([
    ['', 'panic', 'failed'],
    ['idle', 'call.begun', 'talking'],
    ['talking', 'call.ended', 'idle'],
    ['talking', 'noted', undefined],
    ['talking', 'call.skipped', 'talking.open'],
    ['talking.ringing', 'answered [isKnown]', 'talking.open'],
    ['talking.ringing', 'answered', 'failed'],
    ['talking.ringing', 'after 3 s', 'talking.open'],
    ['talking.ringing', 'after patience', 'failed'],
    ['talking.open', 'done', 'talking.ringing'],
    ['talking.open.speaking', 'always [isMuted]', 'talking.open.muted'],
  ]);
});

test('a Mermaid diagram nests compound states and marks where each begins and ends', () => {
  expect(mermaid(nested)).toBe(`stateDiagram-v2
  [*] --> idle
  state "talking" as talking {
    [*] --> talking_ringing
    state "ringing" as talking_ringing
    state "open" as talking_open {
      [*] --> talking_open_speaking
      state "speaking" as talking_open_speaking
      state "muted" as talking_open_muted
    }
  }
  state "both" as both {
    state "left" as both_left {
      [*] --> both_left_a
      state "a" as both_left_a
    }
    state "right" as both_right
  }
  idle --> failed: panic
  talking --> failed: panic
  both --> failed: panic
  idle --> talking: call.begun
  talking --> idle: call.ended
  talking --> talking_open: call.skipped
  talking_ringing --> talking_open: answered [isKnown]
  talking_ringing --> failed: answered
  talking_ringing --> talking_open: after 3 s
  talking_ringing --> failed: after patience
  talking_open --> talking_ringing: done
  talking_open_speaking --> talking_open_muted: always [isMuted]
  talking_open_muted --> [*]
  failed --> [*]
`);
});
