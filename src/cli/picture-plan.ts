import type { ChartOutline, OutlinedState, OutlinedTransition } from './chart-outline.ts';

/** An arrow of a picture; several transitions between the same two states share one. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly labels: readonly string[];
}

/** What is drawn as an arrow, and what is written into the box of its state instead. */
export interface PicturePlan {
  readonly arrows: readonly Arrow[];
  readonly rows: ReadonlyMap<string, readonly string[]>;
}

const sharedBy = 3;
const drawnOfShared = 2;

/**
 * A picture of every transition as an arrow is a tangle where many states share their ways out. So of a transition
 * that three states or more share, the first two that lead on are arrows, and the others stand in the boxes. Nothing
 * is left out.
 */
export function planOf({ states, transitions }: ChartOutline): PicturePlan {
  const order = new Map(states.map(({ path }, place) => [path, place]));
  const first = firstWaysTo(states, transitions);
  const drawn = new Map<string, number>();
  const arrows = new Map<string, { from: string; to: string; labels: string[] }>();
  const rows = new Map<string, string[]>();

  for (const transition of transitions) {
    const { from, label } = transition;
    const to = arrowEndOf(transition);
    if (to === undefined) {
      const row = transition.to === undefined ? label : `${label} → ${shortName(transition.to)}`;
      rows.set(from, [...(rows.get(from) ?? []), row]);
      continue;
    }
    const key = `${from}\n${to}`;
    const arrow = arrows.get(key) ?? { from, to, labels: [] };
    arrow.labels.push(label);
    arrows.set(key, arrow);
  }
  return { arrows: [...arrows.values()], rows };

  /** Where the arrow of a transition ends, if it is one. */
  function arrowEndOf({ from, to, label }: OutlinedTransition): string | undefined {
    if (to === undefined || !order.has(to) || isInside(from, to) || isInside(to, from)) return undefined;
    const count = drawn.get(`${label}\n${to}`) ?? 0;
    drawn.set(`${label}\n${to}`, count + 1);
    if (first.has(`${from}\n${to}`)) return to;
    const sharers = transitions.filter((other) => other.to === to && other.label === label).length;
    if (sharers < sharedBy) return to;
    const leadsOn = (order.get(from) ?? 0) < (order.get(to) ?? 0);
    return leadsOn && count < drawnOfShared ? to : undefined;
  }
}

const shortName = (path: string): string => path.split('.').at(-1) ?? path;

/** Whether the second is the first, or in it. */
const isInside = (outer: string, path: string): boolean =>
  outer === '' || path === outer || path.startsWith(`${outer}.`);

/** For each state the way on which it is first reached: these are always arrows, so that no state hangs in the air. */
function firstWaysTo(states: readonly OutlinedState[], transitions: readonly OutlinedTransition[]): Set<string> {
  const initialOf = new Map(states.map(({ path, initial }) => [path, initial]));
  const seen = new Set<string>();
  const ways = new Set<string>();
  const queue: string[] = [];
  const enter = (path: string): void => {
    for (const each of ancestry(path)) {
      if (seen.has(each)) continue;
      seen.add(each);
      queue.push(each);
    }
    const initial = initialOf.get(path);
    if (initial !== undefined && !seen.has(initial)) enter(initial);
  };
  enter('');
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const { from, to } of transitions) {
      if (from !== next || to === undefined || seen.has(to)) continue;
      ways.add(`${from}\n${to}`);
      enter(to);
    }
  }
  return ways;
}

/** The state and all it is in, outermost first. */
function ancestry(path: string): string[] {
  const parts = path === '' ? [] : path.split('.');
  return ['', ...parts.map((_, place) => parts.slice(0, place + 1).join('.'))];
}
