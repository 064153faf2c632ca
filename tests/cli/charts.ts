import type { Chart } from '../../src/cli/chart-outline.ts';

/** A chart with everything in it that a picture must show, made for tests. */
export const nested: Chart = {
  id: 'call',
  initial: 'idle',
  on: { panic: '#broken' },
  states: {
    idle: { on: { 'call.begun': 'talking' } },
    talking: {
      initial: 'ringing',
      on: { 'call.ended': 'idle', noted: { actions: 'note' }, 'call.skipped': '.open' },
      states: {
        ringing: {
          tags: ['waiting'],
          after: { 3000: 'open', patience: '#broken' },
          on: { answered: [{ target: 'open', guard: 'isKnown' }, { target: '#broken' }] },
        },
        open: {
          initial: 'speaking',
          onDone: 'ringing',
          states: {
            speaking: { always: { guard: { type: 'isMuted' }, target: 'muted' } },
            muted: { type: 'final' },
          },
        },
      },
    },
    both: { type: 'parallel', states: { left: { initial: 'a', states: { a: {} } }, right: {} } },
    failed: { id: 'broken', type: 'final' },
  },
};
