import type { HookLine } from '../history.types.ts';
import type { SimulationResult } from '../simulation.types.ts';

/** One JSON line a hook, as it fired, then one that closes. */
export function jsonLines({ lines, untilMs, summary }: SimulationResult): string[] {
  const hooks = lines.map(({ at, participant, hook, payload }) => JSON.stringify({ at, participant, hook, payload }));
  return [...hooks, JSON.stringify({ at: untilMs, summary })];
}

/** The same for people: time, who, what, and the gist of it. */
export function tableLines({ lines, summary, broken }: SimulationResult): string[] {
  const rows = lines.map((line) => [seconds(line.at), line.participant, line.hook, gist(line)]);
  const heads = ['time', 'who', 'hook', 'what'];
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => (row[column] ?? '').length)));
  const text = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padStart(widths[0] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  const captures = summary.captures.map(
    ({ participantId, fromMs, toMs }) => `captured: ${participantId} from ${seconds(fromMs)} to ${seconds(toMs)}`,
  );
  return [
    text(heads),
    ...rows.map(text),
    '',
    ...captures,
    `guarantees: ${summary.guarantees}${broken.length > 0 ? `, ${broken.length} broken in all` : ''}`,
  ];
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(3)} s`;

function gist({ payload }: HookLine): string {
  if (typeof payload !== 'object' || payload === null) return '';
  const told = payload as Record<string, unknown>;
  const fields = [
    'kind',
    'purpose',
    'status',
    'participantId',
    'consent',
    'captured',
    'cue',
    'because',
    'code',
    'does',
  ];
  return fields
    .filter((field) => ['string', 'number', 'boolean'].includes(typeof told[field]))
    .map((field) => `${field}: ${String(told[field])}`)
    .join(', ');
}
