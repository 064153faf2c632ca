import { escaped } from '../core/xml.ts';
import { type Chart, type OutlinedState, outlineOf } from './chart-outline.ts';
import { type PlacedArrow, type PlacedState, placed } from './picture-layout.ts';
import { planOf } from './picture-plan.ts';
import type { Box, Point } from './picture-ways.ts';
import { indent, type Lines, letterWidth, lineHeight } from './picture-words.ts';

const titleHeight = 50;
const footHeight = 24;
const cornerRadius = 9;

/**
 * A statechart as an SVG: states as boxes (compound ones as frames around theirs), transitions as labelled arrows.
 * The same chart gives the same bytes. Light and dark follow the reader's setting; no fonts are loaded.
 */
export function machinePicture(chart: Chart, about: string): string {
  const outline = outlineOf(chart);
  const plan = planOf(outline);
  const { width, height, states, arrows } = placed(outline, plan);
  const anywhere = plan.rows.get('') ?? [];
  const isInBoxes = plan.rows.size > (anywhere.length > 0 ? 1 : 0);
  const foot = [
    ...anywhere.map((row) => `From anywhere: ${row}`),
    ...(isInBoxes ? ['In a box: further ways out, and where they lead.'] : []),
  ];
  const fullWidth = Math.ceil(Math.max(width, ...[about, ...foot].map((text) => text.length * 8.6 + 32)));
  const top = Math.min(
    ...states.map(({ box: { y, height } }) => y - height / 2),
    ...arrows.flatMap(({ points }) => points.map(({ y }) => y - 10)),
  );
  const footTop = Math.ceil(titleHeight + height - top);
  const fullHeight = footTop + foot.length * footHeight;
  const move = `translate(${round((fullWidth - width) / 2)} ${round(titleHeight - top)})`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${fullWidth} ${fullHeight}" width="${fullWidth}" height="${fullHeight}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escaped(`${about} (the ${outline.name} machine)`)}</title>`,
    `<desc id="desc">${escaped(described(outline))}</desc>`,
    `<style>${style}</style>`,
    '<defs><marker id="head" viewBox="0 0 8 8" refX="7.4" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0,0.6L7.6,4L0,7.4z"/></marker></defs>',
    '<rect class="paper" width="100%" height="100%"/>',
    `<text class="title" x="16" y="29">${escaped(about)}</text>`,
    `<g transform="${move}">`,
    ...states.filter(({ state }) => isFrame(state.kind)).map(frame),
    ...arrows.map(line),
    ...states.filter(({ state }) => !isFrame(state.kind)).map(box),
    ...arrows.flatMap(labelOf),
    '</g>',
    ...foot.map(
      (text, place) => `<text class="foot" x="16" y="${footTop + 14 + place * footHeight}">${escaped(text)}</text>`,
    ),
    '</svg>',
    '',
  ].join('\n');
}

const style = [
  ':root{color-scheme:light dark}',
  'text{font:11px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#1f2328}',
  '.title{font:600 15px system-ui,sans-serif}.foot{font:11.5px system-ui,sans-serif}.name{font-size:13px;font-weight:600}',
  '.paper{fill:#fff}.state{fill:#eef3fb;stroke:#4a6a9d;stroke-width:1.2}.frame{fill:none;stroke:#4a6a9d;stroke-width:1.2}',
  '.region{stroke-dasharray:5 4}.inner,.line{fill:none}.inner{stroke:#4a6a9d}.rule{stroke:#4a6a9d;stroke-opacity:.35}',
  '.line{stroke:#66707c;stroke-width:1.2}.head,.dot{fill:#66707c}.halo{fill:#fff;fill-opacity:.92}.tags,.foot{fill:#59636e}',
  '@media(prefers-color-scheme:dark){text{fill:#e6edf3}.paper{fill:#0d1117}.state{fill:#17233a;stroke:#7fa3dc}',
  '.frame{stroke:#7fa3dc}.inner,.rule{stroke:#7fa3dc}.line{stroke:#9aa4af}.head,.dot{fill:#9aa4af}',
  '.halo{fill:#0d1117}.tags,.foot{fill:#9aa4af}}',
].join('');

const isFrame = (kind: string): boolean => kind === 'compound' || kind === 'parallel';

function box({ state, box: place, rows }: PlacedState): string {
  const inner = state.kind === 'final' ? rectangle('inner', grown(place, -6), 6) : '';
  return `<g>${rectangle('state', place, 8)}${inner}${words(state, place, rows)}</g>`;
}

function frame({ state, box: place, rows }: PlacedState): string {
  const kind = state.kind === 'parallel' ? 'frame region' : 'frame';
  return `<g>${rectangle(kind, place, 10)}${words(state, place, rows)}</g>`;
}

/** At the top of the box: the name, the tags, a rule, and a line for each transition that has no arrow. */
function words({ name, tags }: OutlinedState, { x, y, width, height }: Box, rows: readonly Lines[]): string {
  const [left, top] = [x - width / 2, y - height / 2];
  const middle = (kind: string, text: string, height: number) =>
    `<text class="${kind}" text-anchor="middle" x="${round(x)}" y="${round(height)}">${escaped(text)}</text>`;
  const parts = [middle('name', name, top + 21)];
  if (tags.length > 0) parts.push(middle('tags', tags.join(' · '), top + 21 + lineHeight.label));
  if (rows.length > 0) {
    const rule = top + 29 + (tags.length > 0 ? lineHeight.label : 0);
    const indented = left + 12 + indent.length * letterWidth.label;
    parts.push(`<path class="rule" d="M${round(left)},${round(rule)}h${round(width)}"/>`);
    parts.push(...texts(rows, rule + lineHeight.label, (place) => (place === 0 ? left + 12 : indented)));
  }
  return parts.join('');
}

function line({ points, isInitial }: PlacedArrow): string {
  const start = points[0];
  const dot = isInitial && start ? `<circle class="dot" cx="${round(start.x)}" cy="${round(start.y - 5)}" r="5"/>` : '';
  return `${dot}<path class="line" d="${wayThrough(points)}" marker-end="url(#head)"/>`;
}

/** Straight from point to point, each corner rounded. */
function wayThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const steps = rest.map((point, place) => {
    const before = points[place] as Point;
    const next = rest[place + 1];
    if (!next) return `L${at(point)}`;
    return `L${at(towards(point, before))}Q${at(point)} ${at(towards(point, next))}`;
  });
  return `M${at(first)}${steps.join('')}`;
}

function towards(from: Point, to: Point): Point {
  const far = Math.hypot(to.x - from.x, to.y - from.y);
  const part = far === 0 ? 0 : Math.min(cornerRadius / far, 0.5);
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

function labelOf({ label, labels }: PlacedArrow): string[] {
  if (!label || labels.length === 0) return [];
  const top = label.y - label.height / 2;
  const lines = texts(labels, top + 12.5, () => label.x, ' text-anchor="middle"');
  return [`<g>${rectangle('halo', label, 3)}${lines.join('')}</g>`];
}

/** One below the other, the first at `top`; `left` is where each line of a text begins. */
function texts(all: readonly Lines[], top: number, left: (place: number) => number, attributes = ''): string[] {
  let y = top - lineHeight.label;
  return all.map((lines) => {
    const spans = lines.map((line, place) => {
      y += lineHeight.label;
      return `<tspan x="${round(left(place))}" y="${round(y)}">${escaped(line)}</tspan>`;
    });
    return `<text${attributes}>${spans.join('')}</text>`;
  });
}

function rectangle(kind: string, { x, y, width, height }: Box, radius: number): string {
  const [left, top] = [x - width / 2, y - height / 2];
  return `<rect class="${kind}" x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" rx="${radius}"/>`;
}

const grown = ({ x, y, width, height }: Box, by: number): Box => ({ x, y, width: width + by, height: height + by });
const at = ({ x, y }: Point): string => `${round(x)},${round(y)}`;
const round = (value: number): string => String(Math.round(value * 10) / 10);

/** For who cannot see it: every state, then every transition in words. */
function described({ states, transitions }: ReturnType<typeof outlineOf>): string {
  const names = states.filter(({ path }) => path !== '').map(({ path }) => path);
  const ways = transitions.map(({ from, to, label }) => `${from || 'anywhere'}, ${label}: ${to ?? 'stays'}`);
  return `States: ${names.join(', ')}. Begins in ${states[0]?.initial ?? 'all of them'}. Transitions: ${ways.join('; ')}.`;
}
