/** One figure of the bench, in the words of its table. */
export interface Figure {
  readonly figure: string;
  readonly measured: string;
  readonly target: string;
  readonly isMet: boolean;
  readonly how: string;
  /** The decision that says why it is missed, where that is known. */
  readonly decision?: string;
}

/** How large a bench is: as its targets say, or small enough for a test. */
export type Scale = 'full' | 'quick';

/** Why all that is told of an answer, a participant's memory and the simulated hour miss their targets. */
export const whyMissed = 'decisions/0016-what-the-bench-misses.md';

export const withCommas = (value: number): string => Math.round(value).toLocaleString('en-US');

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** The processor time that something takes, in milliseconds: what else the machine does is not in it. */
export function timed(task: () => void): number {
  const before = process.cpuUsage();
  task();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const verdict = ({ isMet, decision }: Figure): string =>
  isMet ? 'met' : decision ? `missed ([why](${decision}))` : 'missed';

/** The table as Markdown, its columns in line. */
export function tableOf(figures: readonly Figure[]): string {
  const head = ['figure', 'measured', 'target', '', 'how it was taken'];
  const rows = figures.map((each) => [each.figure, each.measured, each.target, verdict(each), each.how]);
  const widths = head.map((title, place) => Math.max(3, title.length, ...rows.map((row) => row[place]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, place) => cell.padEnd(widths[place] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
