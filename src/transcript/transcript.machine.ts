import { setup } from 'xstate';
import type { TranscriptSetup } from './transcript.types.ts';
import { transcriptChart } from './transcript-chart.ts';

/** The chart of a transcript as a machine: for inspectors, pictures and tests. Whoever decides steps through the chart itself. */
export const transcriptMachine = setup({ types: {} as TranscriptSetup }).createMachine({
  context: {},
  ...transcriptChart,
});
