import type { HookMap } from '../../hooks/hooks.types.ts';
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
  const told = toldOf(payload);
  return fields
    .map((field) => [field, plain(told[field])] as const)
    .filter(([, value]) => value !== '')
    .map(([field, value]) => `${field}: ${value}`)
    .join(', ');
}

/** What a row is made from: of a segment who said what, of a receipt what was answered. */
function toldOf(payload: object): Readonly<Record<string, unknown>> {
  const { segment, receipt } = payload as Partial<HookMap['transcriptSegment'] & HookMap['recordIssued']>;
  if (segment) return { participantId: segment.speaker, text: segment.text };
  if (!receipt) return payload as Readonly<Record<string, unknown>>;
  const { fact, ...about } = receipt.record.fact;
  return { ...about, consent: fact, text: undefined };
}

/** What is worth a place in a row, the most telling first. */
const fields = [
  'kind',
  'purpose',
  'status',
  'connection',
  'admission',
  'participantId',
  'consent',
  'text',
  'captured',
  'enabled',
  'active',
  'changes',
  'held',
  'devices',
  'cue',
  'storage',
  'by',
  'because',
  'reason',
  'code',
  'does',
  'authorityId',
  'leaveInMs',
  'counts',
  'summary',
  'segment',
];

/** A word, or somebody who is away or is back. */
function inList(value: unknown): string {
  if (typeof value === 'string') return value;
  const { participantId, inattentive } = Object(value) as Record<string, unknown>;
  return inattentive === undefined ? '' : `${participantId} ${inattentive ? 'away' : 'back'}`;
}

/** A value in a few letters: a person by name, a list of words, numbers by their names, what somebody said. */
function plain(value: unknown): string {
  if (['string', 'number', 'boolean'].includes(typeof value)) return String(value);
  if (Array.isArray(value)) return value.map(inList).filter(Boolean).join(' ');
  if (typeof value !== 'object' || value === null) return '';
  const { participantId, name, present, captured, speaker, text } = value as Record<string, unknown>;
  if (text !== undefined) return `${speaker ?? 'somebody'} said ${JSON.stringify(text)}`;
  if (participantId !== undefined) return String(name ?? participantId);
  return present === undefined ? '' : `${present} present, ${captured} captured`;
}
