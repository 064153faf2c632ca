import { describe, expect, it } from 'vitest';
import { type FlatChart, hasTag, stateAfter } from '../../src/core/chart.ts';

const door: FlatChart<'open' | 'shut' | 'gone', 'pushed' | 'pulled' | 'removed'> = {
  id: 'door',
  initial: 'shut',
  states: {
    open: { tags: ['draughty', 'passable'], on: { pushed: 'shut', removed: 'gone' } },
    shut: { on: { pulled: 'open', pushed: 'shut' } },
    gone: { tags: ['passable'], type: 'final' },
  },
};

const states = ['open', 'shut', 'gone'] as const;

describe('a flat chart', () => {
  it('leads each state by each event where it says, and leaves it where it says nothing', () => {
    const ledBy = (event: 'pushed' | 'pulled' | 'removed') => states.map((state) => stateAfter(door, state, event));
    expect({ pushed: ledBy('pushed'), pulled: ledBy('pulled'), removed: ledBy('removed') }).toEqual({
      pushed: ['shut', 'shut', 'gone'],
      pulled: ['open', 'open', 'gone'],
      removed: ['gone', 'shut', 'gone'],
    });
  });

  it('has the tags of a state, and none where there are none', () => {
    const tagged = (tag: string) => states.filter((state) => hasTag(door, state, tag));
    expect({ passable: tagged('passable'), draughty: tagged('draughty'), locked: tagged('locked') }).toEqual({
      passable: ['open', 'gone'],
      draughty: ['open'],
      locked: [],
    });
  });
});
