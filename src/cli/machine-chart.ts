import { attentionChart } from '../attention/attention-chart.ts';
import { consentMachine } from '../consent/consent.machine.ts';
import { promptChart } from '../notice/prompt-chart.ts';
import { recordingMachine } from '../recording/recording.machine.ts';
import { transcriptChart } from '../transcript/transcript-chart.ts';
import { type Chart, outlineOf } from './chart-outline.ts';

export interface NamedChart {
  /** What it is, in one sentence. */
  readonly about: string;
  readonly chart: Chart;
}

/** The statecharts of the library by name. */
export const charts: Readonly<Record<string, NamedChart>> = {
  attention: {
    about: 'Attention tracking on a participant’s own client, from enabled to inattentive',
    chart: attentionChart as Chart,
  },
  consent: { about: 'One consent: one participant, one purpose, one recording', chart: consentMachine.config as Chart },
  prompt: { about: 'One notice on one client, from raised to closed', chart: promptChart as Chart },
  recording: { about: 'One recording, from request to end', chart: recordingMachine.config as Chart },
  transcript: {
    about: 'One transcript of a recording, from its request to what becomes of it',
    chart: transcriptChart as Chart,
  },
};

/** A chart as a Mermaid state diagram, its compound states nested. */
export function mermaid(chart: Chart): string {
  const { states, transitions } = outlineOf(chart);
  const inside = (path: string, indent: string): string[] =>
    states
      .filter(({ parent }) => parent === path)
      .flatMap((state) => {
        const inner = block(state.path, `${indent}  `);
        const head = `${indent}state ${JSON.stringify(state.name)} as ${name(state.path)}`;
        if (inner.length > 0) return [`${head} {`, ...inner, `${indent}}`];
        // A plain name needs no line of its own: its arrows name it.
        return name(state.path) === state.name ? [] : [head];
      });
  const block = (path: string, indent: string): string[] => {
    const initial = states.find((state) => state.path === path)?.initial;
    return [...(initial === undefined ? [] : [`${indent}[*] --> ${name(initial)}`]), ...inside(path, indent)];
  };
  const outermost = states.filter(({ parent }) => parent === '').map(({ path }) => path);
  const arrows = transitions.flatMap(({ from, to, label }) => {
    if (to === undefined) return [];
    // The diagram has no place for the chart itself: what it does, each of its states does.
    const sources = from === '' ? outermost.filter((path) => path !== to) : [from];
    return sources.map((source) => `  ${name(source)} --> ${name(to)}: ${label}`);
  });
  const ends = states.filter(({ kind }) => kind === 'final').map(({ path }) => `  ${name(path)} --> [*]`);
  return ['stateDiagram-v2', ...block('', '  '), ...arrows, ...ends, ''].join('\n');
}

const name = (path: string): string => path.replaceAll(/[^a-zA-Z0-9]/g, '_');
