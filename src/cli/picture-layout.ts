import { type Edge, type EdgeLabel, Graph, layout, type NodeLabel } from '@dagrejs/dagre';
import type { ChartOutline, OutlinedState } from './chart-outline.ts';
import type { Arrow, PicturePlan } from './picture-plan.ts';
import { type Box, type Point, type Way, waysThrough } from './picture-ways.ts';
import { indent, type Lines, letterWidth, lineHeight, lineLetters, linesOf, widthOf } from './picture-words.ts';

/** A state with its place (the middle of its box), and what is written in it. */
export interface PlacedState {
  readonly state: OutlinedState;
  readonly box: Box;
  readonly rows: readonly Lines[];
}

export interface PlacedArrow {
  readonly points: readonly Point[];
  readonly labels: readonly Lines[];
  /** The middle of the label. */
  readonly label: Box | undefined;
  readonly isInitial: boolean;
}

export interface PlacedChart {
  readonly width: number;
  readonly height: number;
  readonly states: readonly PlacedState[];
  readonly arrows: readonly PlacedArrow[];
}

const dot = 12;
const beginning = 26;

/** The id of what stands for a state in the layout: a compound one has a head, where its arrows end. */
const nodeOf = (state: OutlinedState): string => (isFrame(state) ? `${state.path} head` : state.path);
const isFrame = ({ kind }: OutlinedState): boolean => kind === 'compound' || kind === 'parallel';

/** Places states and arrows in ranks from the top to the bottom. */
export function placed({ states }: ChartOutline, plan: PicturePlan): PlacedChart {
  const graph = new Graph<{ width?: number; height?: number }, NodeLabel, EdgeLabel>({
    multigraph: true,
    compound: true,
  });
  graph.setGraph({ rankdir: 'TB', ranksep: 56, nodesep: 12, edgesep: 14, marginx: 16, marginy: 16 });
  const inner = states.filter(({ path }) => path !== '');
  const byPath = new Map(states.map((state) => [state.path, state]));
  const rowsOf = (path: string): readonly Lines[] =>
    (plan.rows.get(path) ?? []).map((row) => linesOf(row, lineLetters.row));
  const labelsOf = (arrow: Arrow | undefined): readonly Lines[] =>
    (arrow?.labels ?? []).map((label) => linesOf(label, lineLetters.arrow));

  for (const state of inner) {
    const ends = plan.arrows.filter(({ from, to }) => from === state.path || to === state.path).length;
    const size = sizeOf(state, rowsOf(state.path), ends);
    if (isFrame(state)) graph.setNode(state.path, {});
    graph.setNode(nodeOf(state), size);
    if (isFrame(state)) graph.setParent(nodeOf(state), state.path);
    if (state.parent) graph.setParent(state.path, state.parent);
  }
  const starts = states.flatMap(({ path, initial }) => {
    const first = initial === undefined ? undefined : byPath.get(initial);
    return first ? [{ path, first }] : [];
  });
  for (const { path, first } of starts) {
    const start = path === '' ? 'start' : `${path} head`;
    if (path === '') graph.setNode(start, { width: dot, height: dot });
    graph.setEdge(start, nodeOf(first), { width: 0, height: 0, weight: 4 }, 'initial');
  }
  for (const { path, parent } of inner) {
    if (parent && byPath.get(parent)?.kind === 'parallel') {
      const region = byPath.get(path);
      if (region) graph.setEdge(`${parent} head`, nodeOf(region), { width: 0, height: 0 }, 'unseen');
    }
  }
  for (const [place, arrow] of plan.arrows.entries()) {
    const [source, target] = [byPath.get(arrow.from), byPath.get(arrow.to)];
    if (!source || !target) continue;
    const lines = labelsOf(arrow).flat();
    const size = { width: widthOf(lines) + 10, height: lines.length * lineHeight.label + 4, labelpos: 'c' as const };
    graph.setEdge(nodeOf(source), nodeOf(target), size, `arrow ${place}`);
  }
  layout(graph);
  const boxOf = (id: string): Box => {
    const { x = 0, y = 0, width = 0, height = 0 } = graph.node(id) as Partial<Box>;
    return { x, y, width, height };
  };
  const edges: Edge[] = graph.edges();
  const ways = edges.flatMap((edge): DrawnWay[] => {
    if (edge.name === 'unseen') return [];
    const { points = [], ...label } = graph.edge(edge) as EdgeLabel & Box;
    const arrow = plan.arrows[Number(edge.name?.replace('arrow ', ''))];
    return [{ from: edge.v, to: edge.w, bends: points.slice(1, -1), label: arrow && label, arrow }];
  });
  const ids: string[] = graph.nodes();
  const leaves = ids.filter((id) => graph.children(id).length === 0);
  const nodes = new Map(leaves.map((id) => [id, boxOf(id)]));
  const frameOf = (path: string | undefined): Box | undefined => {
    const state = path === undefined ? undefined : byPath.get(path);
    return state && isFrame(state) ? boxOf(state.path) : undefined;
  };
  const { width = 0, height = 0 } = graph.graph() ?? {};
  return {
    width,
    height,
    arrows: waysThrough(ways, nodes).map(({ points, way: { arrow, label } }) => ({
      points: arrow ? clipped(points, frameOf(arrow.from), frameOf(arrow.to)) : begun(points),
      labels: labelsOf(arrow),
      label,
      isInitial: arrow === undefined,
    })),
    states: inner.map((state) => ({ state, box: boxOf(state.path), rows: rowsOf(state.path) })),
  };
}

interface DrawnWay extends Way {
  /** Without one, it is where a compound state begins. */
  readonly arrow: Arrow | undefined;
}

function sizeOf(state: OutlinedState, rows: readonly Lines[], arrowEnds: number): { width: number; height: number } {
  const tags = state.tags.join(' · ');
  const indented = rows.flatMap(([first = '', ...more]) => [first, ...more.map((line) => `${indent}${line}`)]);
  const lines = indented.length + (tags === '' ? 0 : 1);
  return {
    width: Math.ceil(
      Math.max(64, arrowEnds * 16, state.name.length * letterWidth.name, widthOf([...indented, tags])) + 24,
    ),
    height: lineHeight.name + 14 + lines * lineHeight.label + (rows.length > 0 ? 6 : 0),
  };
}

/** Only its end: a short arrow onto the state where it begins. */
function begun(points: readonly Point[]): readonly Point[] {
  const end = points.at(-1);
  return end ? [{ x: end.x, y: end.y - beginning }, end] : [];
}

/** The way without what is inside the frames of the compound states that it leads from and to. */
function clipped(points: readonly Point[], from: Box | undefined, to: Box | undefined): readonly Point[] {
  const start = from ? cut(points, from) : points;
  return to ? cut([...start].reverse(), to).reverse() : start;
}

function cut(points: readonly Point[], frame: Box): Point[] {
  const leaving = points.findIndex((point) => !contains(frame, point));
  const [inside, outside] = [points[leaving - 1], points[leaving]];
  if (!inside || !outside) return [...points];
  let [low, high] = [0, 1];
  for (let step = 0; step < 30; step += 1) {
    const middle = (low + high) / 2;
    if (contains(frame, between(inside, outside, middle))) low = middle;
    else high = middle;
  }
  return [between(inside, outside, high), ...points.slice(leaving)];
}

const between = (a: Point, b: Point, part: number): Point => ({
  x: a.x + (b.x - a.x) * part,
  y: a.y + (b.y - a.y) * part,
});

const contains = ({ x, y, width, height }: Box, point: Point): boolean =>
  Math.abs(point.x - x) <= width / 2 && Math.abs(point.y - y) <= height / 2;
