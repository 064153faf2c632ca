import { escaped } from '../../core/xml.ts';
import type { SimulationResult } from '../simulation.types.ts';
import { type Lane, lanesOf, type Sign } from './timeline-lanes.ts';

const width = 960;
const right = 28;
const laneHeight = 50;
/** Marks this near to each other are set apart; what would stand further than `apartAtMost` from its time is counted. */
const apart = 17;
const apartAtMost = 51;

const signs: Readonly<Record<Sign, { readonly label: string; readonly shape: string }>> = {
  prompt: { label: 'asked', shape: 'M-2.6,-1.6a2.6,2.6 0 1 1 3.6,2.3q-1,.5 -1,1.6M0,4.4v.4' },
  banner: { label: 'told', shape: 'M0,-4.2v.4M0,-1v5' },
  agreed: { label: 'agreed or continued', shape: 'M-3.6,.2l2.6,2.8l4.6,-5.6' },
  refused: { label: 'refused', shape: 'M-3,-3l6,6M3,-3l-6,6' },
  withdrew: { label: 'withdrew', shape: 'M-3.6,0h7.2' },
  expired: { label: 'time ran out', shape: 'M0,-3.8v4l2.6,2' },
};

const indicators = { asking: 'asking', on: 'on', paused: 'paused', unknown: 'unknown' } as const;

/** A picture of a simulation: one lane a participant, captures as bars, notices and answers as marks. */
export function timeline(result: SimulationResult): string {
  const { scenario, untilMs } = result;
  const lanes = lanesOf(result);
  const title = scenario.about || scenario.meeting.id;
  const titleLines = wrapped(title, 104, 3);
  const top = 24 + titleLines.length * 20 + 28;
  const bottom = top + lanes.length * laneHeight;
  const keys = legend(lanes, bottom + 30);
  const height = bottom + 30 + keys.rows * 24;
  const names = lanes.map(({ participant }) => shortened(participant.id, 180));
  const left = Math.max(110, ...names.map((name) => lengthOf(name) + 34));
  const x = (at: number): number => left + (Math.min(at, untilMs) / Math.max(1, untilMs)) * (width - left - right);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="t d">`,
    `<title id="t">${escaped(title)}</title>`,
    `<desc id="d">${escaped(described(result))}</desc>`,
    `<style>${style}</style>`,
    '<rect class="paper" width="100%" height="100%"/>',
    ...titleLines.map((line, place) => `<text class="about" x="16" y="${30 + place * 20}">${escaped(line)}</text>`),
    ...lanes.flatMap((lane, place) => presenceIn(lane, top + place * laneHeight, x)),
    ...axis(untilMs, x, top, bottom),
    ...lanes.flatMap((lane, place) => drawn(lane, names[place] ?? '', top + place * laneHeight, x)),
    ...keys.parts,
    '</svg>',
  ].join('\n');
}

const style = [
  ':root{color-scheme:light dark}text{font:13px system-ui,sans-serif;fill:#1f2328}.about{font-weight:600;font-size:15px}',
  '.small{font-size:11px;fill:#59636e}.paper{fill:#fff}.rule{stroke:#d1d9e0}.here{fill:#eff2f5}.away{fill:none;stroke:#d1d9e0;stroke-dasharray:3 3}',
  '.bar{fill:#cf222e}.line{fill:none;stroke-width:3}.asking{stroke:#9a6700;stroke-dasharray:2 3}.on{stroke:#cf222e}',
  '.paused{stroke:#cf222e;stroke-dasharray:9 4}.unknown{stroke:#59636e;stroke-dasharray:3 5}',
  '.mark{stroke:#fff;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round;fill:none}.disc{stroke:#fff;stroke-width:1.5}',
  '.prompt{fill:#0969da}.banner{fill:#57606a}.agreed{fill:#1a7f37}.refused,.withdrew{fill:#1f2328}.expired{fill:#9a6700}',
  '@media(prefers-color-scheme:dark){text{fill:#e6edf3}.small{fill:#9aa4af}.paper{fill:#0d1117}.rule,.away{stroke:#343b44}.here{fill:#1b222b}',
  '.bar{fill:#f85149}.on,.paused{stroke:#f85149}.asking{stroke:#d29922}.unknown{stroke:#9aa4af}.disc,.mark{stroke:#0d1117}',
  '.prompt{fill:#58a6ff}.banner{fill:#9aa4af}.agreed{fill:#3fb950}.refused,.withdrew{fill:#e6edf3}.expired{fill:#d29922}}',
].join('');

type Across = (at: number) => number;

/** Where a stretch of time begins, and how wide it is. */
function span({ fromMs, toMs }: { fromMs: number; toMs: number }, x: Across): { from: string; wide: string } {
  return { from: fixed(x(fromMs)), wide: fixed(Math.max(1.5, x(toMs) - x(fromMs))) };
}

function presenceIn({ present }: Lane, y: number, x: Across): string[] {
  return present.map((stretch) => {
    const { from, wide } = span(stretch, x);
    const kind = stretch.what === 'connected' ? 'here' : 'away';
    return `<rect class="${kind}" x="${from}" y="${y + 3}" width="${wide}" height="${laneHeight - 6}" rx="3"/>`;
  });
}

function drawn(lane: Lane, name: string, y: number, x: Across): string[] {
  const { id, role, channel } = lane.participant;
  const what = [role === 'participant' ? '' : role, channel === 'app' ? '' : channel].filter(Boolean).join(', ');
  return [
    `<g><title>${escaped(id)}</title><text x="16" y="${y + (what ? 22 : 29)}">${escaped(name)}</text></g>`,
    ...(what ? [`<text class="small" x="16" y="${y + 37}">${escaped(what)}</text>`] : []),
    ...lane.captures.map((stretch) => {
      const { from, wide } = span(stretch, x);
      const told = escaped(`${id}: captured from ${clock(stretch.fromMs)} to ${clock(stretch.toMs)}`);
      return `<rect class="bar" x="${from}" y="${y + 25}" width="${wide}" height="11" rx="2"><title>${told}</title></rect>`;
    }),
    ...lane.indicator.map((stretch) => {
      const { from, wide } = span(stretch, x);
      return `<path class="line ${stretch.what}" d="M${from},${y + 41}h${wide}"/>`;
    }),
    ...marksOf(lane, y + 14, x),
  ];
}

/** The marks of a lane from left to right, apart from each other; where too many fall together, how many more. */
function marksOf(lane: Lane, y: number, x: Across): string[] {
  const parts: string[] = [];
  let last = Number.NEGATIVE_INFINITY;
  let more = 0;
  const tellMore = (): void => {
    if (more > 0) parts.push(`<text class="small" x="${fixed(last + 11)}" y="${y + 4}">+${more}</text>`);
    if (more > 0) last += 14;
    more = 0;
  };
  for (const { sign, at } of lane.signs) {
    const wanted = Math.max(x(0) + 9, x(at));
    const place = Math.min(Math.max(wanted, last + apart), width - 10);
    if (place - wanted > apartAtMost || place < last + apart - 0.1) {
      more += 1;
      continue;
    }
    tellMore();
    last = Math.max(place, last + apart);
    parts.push(mark(sign, Math.min(last, width - 10), y, `${clock(at)}: ${lane.participant.id}, ${signs[sign].label}`));
  }
  tellMore();
  return parts;
}

function mark(sign: Sign, x: number, y: number, told = ''): string {
  const title = told ? `<title>${escaped(told)}</title>` : '';
  return `<g transform="translate(${fixed(x)} ${y})">${title}<circle class="disc ${sign}" r="8"/><path class="mark" d="${signs[sign].shape}"/></g>`;
}

function axis(untilMs: number, x: Across, from: number, to: number): string[] {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];
  const stepMs = (steps.find((step) => untilMs / (step * 1000) <= 12) ?? 864_000) * 1000;
  const ticks = Array.from({ length: Math.floor(untilMs / stepMs) + 1 }, (_, place) => place * stepMs);
  return ticks.map((at) => {
    const place = fixed(x(at));
    const line = `<path class="rule" d="M${place},${from}V${to}"/>`;
    return `${line}<text class="small" x="${place}" y="${from - 8}" text-anchor="middle">${clock(at)}</text>`;
  });
}

/** Only what this picture holds, in as many rows as it needs. */
function legend(lanes: readonly Lane[], y: number): { parts: string[]; rows: number } {
  const used = (sign: string): boolean => lanes.some((lane) => lane.signs.some((each) => each.sign === sign));
  const shown = (status: string): boolean => lanes.some((lane) => lane.indicator.some(({ what }) => what === status));
  const entries: { label: string; wide: number; draw: (x: number, y: number) => string }[] = [];
  if (lanes.some(({ captures }) => captures.length > 0)) {
    const draw = (x: number, at: number) => `<rect class="bar" x="${x}" y="${at - 6}" width="24" height="11" rx="2"/>`;
    entries.push({ label: 'captured', wide: 30, draw });
  }
  for (const status of Object.values(indicators).filter(shown)) {
    const draw = (x: number, at: number) => `<path class="line ${status}" d="M${x},${at}h26"/>`;
    entries.push({ label: `their client says ${status}`, wide: 32, draw });
  }
  for (const sign of (Object.keys(signs) as Sign[]).filter(used)) {
    entries.push({ label: signs[sign].label, wide: 22, draw: (x, at) => mark(sign, x + 8, at) });
  }
  let [x, row] = [16, 0];
  const parts = entries.map(({ label, wide, draw }) => {
    const needed = wide + label.length * 6.6 + 22;
    if (x + needed > width) [x, row] = [16, row + 1];
    const at = y + row * 24;
    const part = `${draw(x, at)}<text class="small" x="${fixed(x + wide)}" y="${at + 4}">${label}</text>`;
    x += needed;
    return part;
  });
  if (entries.length === 0)
    parts.push(`<text class="small" x="16" y="${y + 4}">Nobody was asked, told or captured.</text>`);
  return { parts, rows: row + 1 };
}

function described({ summary, scenario, untilMs }: SimulationResult): string {
  const spans = summary.captures.map(
    ({ participantId, fromMs, toMs }) => `${participantId} is captured from ${clock(fromMs)} to ${clock(toMs)}`,
  );
  const count = scenario.participants.length;
  const people = count === 1 ? '1 participant' : `${count} participants`;
  return `${people}, ${clock(untilMs)}. ${spans.join('; ') || 'Nobody is captured'}.`;
}

/** `3.5 s` under two minutes, else `m:ss` or `h:mm:ss`. */
function clock(ms: number): string {
  if (ms < 120_000) return `${Math.round(ms / 100) / 10} s`;
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = Math.round(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** About how wide a text is: there is no browser here to ask. */
const lengthOf = (text: string): number =>
  [...text].reduce((sum, letter) => {
    if ((letter.codePointAt(0) ?? 0) > 0x2e7f) return sum + 14;
    return sum + (/[A-Zmw@]/.test(letter) ? 11 : 7.2);
  }, 0);

/** Without its middle, where it is too long: names differ at their ends. */
function shortened(text: string, room: number): string {
  const letters = [...text];
  for (let cut = 0; cut < letters.length; cut += 1) {
    const half = Math.ceil((letters.length - cut) / 2);
    const name = cut === 0 ? text : `${letters.slice(0, half).join('')}…${letters.slice(half + cut).join('')}`;
    if (lengthOf(name) <= room) return name;
  }
  return '…';
}

function wrapped(text: string, most: number, lines: number): string[] {
  const rows = [''];
  for (const word of text.split(/\s+/).flatMap((each) => each.match(new RegExp(`.{1,${most}}`, 'gu')) ?? [])) {
    const row = rows.at(-1) ?? '';
    if (row === '' || row.length + word.length < most) rows[rows.length - 1] = row === '' ? word : `${row} ${word}`;
    else rows.push(word);
  }
  if (rows.length <= lines) return rows;
  return [...rows.slice(0, lines - 1), `${(rows[lines - 1] ?? '').slice(0, most - 1)}…`];
}

const fixed = (value: number): string => String(Math.round(value * 10) / 10);
