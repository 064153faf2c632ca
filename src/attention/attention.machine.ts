import { setup } from 'xstate';
import type { AttentionSetup } from './attention.types.ts';
import { attentionChart } from './attention-chart.ts';

/** Attention tracking as a machine: for pictures and tests. A client steps through the chart itself, and no inspector sees it (G4). */
export const attentionMachine = setup({ types: {} as AttentionSetup }).createMachine({
  context: {},
  ...attentionChart,
});
