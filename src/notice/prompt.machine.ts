import { setup } from 'xstate';
import type { PromptSetup } from './prompt.types.ts';
import { promptChart } from './prompt-chart.ts';

/** The chart of a notice as a machine: for inspectors, pictures and tests. A client steps through the chart itself. */
export const promptMachine = setup({ types: {} as PromptSetup }).createMachine({ context: {}, ...promptChart });
