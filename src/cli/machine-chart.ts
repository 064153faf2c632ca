import { consentMachine } from '../consent/consent.machine.ts';
import { promptChart } from '../notice/prompt-chart.ts';
import { recordingMachine } from '../recording/recording.machine.ts';

interface Chart {
  readonly id?: string;
  readonly initial?: unknown;
  readonly states?: Readonly<
    Record<string, { readonly on?: unknown; readonly after?: unknown; readonly type?: string }>
  >;
}

/** The statecharts of the library by name. */
export const charts: Readonly<Record<string, Chart>> = {
  consent: consentMachine.config as Chart,
  prompt: promptChart as Chart,
  recording: recordingMachine.config as Chart,
};

export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/** Every transition of a chart, in the order it is written. */
export function arrowsOf(chart: Chart): Arrow[] {
  return Object.entries(chart.states ?? {}).flatMap(([from, state]) => [
    ...arrowsIn(from, state.on, ''),
    ...arrowsIn(from, state.after, 'after '),
  ]);
}

function arrowsIn(from: string, table: unknown, prefix: string): Arrow[] {
  return Object.entries((table ?? {}) as Record<string, unknown>).flatMap(([event, transitions]) =>
    [transitions].flat().flatMap((each) => {
      const to = typeof each === 'string' ? each : (each as { target?: string }).target;
      const guard = typeof each === 'object' ? (each as { guard?: string }).guard : undefined;
      return to === undefined ? [] : [{ from, to, label: `${prefix}${event}${guard ? ` [${guard}]` : ''}` }];
    }),
  );
}

/** A chart as a Mermaid state diagram. */
export function mermaid(chart: Chart): string {
  const arrows = arrowsOf(chart).map(({ from, to, label }) => `  ${name(from)} --> ${name(to)}: ${label}`);
  return ['stateDiagram-v2', `  [*] --> ${name(String(chart.initial))}`, ...arrows, ''].join('\n');
}

const name = (state: string): string => state.replaceAll('-', '_');
