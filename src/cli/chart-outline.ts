/** A statechart as it is given to XState, as far as a picture shows it. */
export interface Chart {
  readonly id?: string;
  readonly type?: string;
  readonly tags?: unknown;
  readonly initial?: unknown;
  readonly states?: Readonly<Record<string, Chart>>;
  readonly on?: unknown;
  readonly after?: unknown;
  readonly always?: unknown;
  readonly onDone?: unknown;
  readonly invoke?: unknown;
}

/** One state; `path` names it within its chart (`on.held`), the chart itself is `''`. */
export interface OutlinedState {
  readonly path: string;
  readonly name: string;
  readonly parent: string | undefined;
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final';
  readonly initial: string | undefined;
  readonly tags: readonly string[];
}

export interface OutlinedTransition {
  readonly from: string;
  /** Without one, it stays where it is. */
  readonly to: string | undefined;
  /** The event, `after …` and a time, or `always`; then the guard in brackets. */
  readonly label: string;
}

export interface ChartOutline {
  readonly name: string;
  /** Each after the state that it is in, in the order written; the chart itself is the first. */
  readonly states: readonly OutlinedState[];
  readonly transitions: readonly OutlinedTransition[];
}

/** What a picture of the chart must show: its states as they are nested, and every transition. */
export function outlineOf(chart: Chart): ChartOutline {
  const places = placesIn(chart, '', undefined);
  const byId = new Map(places.flatMap(({ path, node }) => (node.id === undefined ? [] : [[node.id, path] as const])));
  return {
    name: chart.id ?? 'machine',
    states: places.map(({ path, parent, node }) => ({
      path,
      name: path === '' ? (chart.id ?? 'machine') : (path.split('.').at(-1) ?? path),
      parent,
      kind: kindOf(node),
      initial: initialOf(node, path),
      tags: [node.tags ?? []].flat() as string[],
    })),
    transitions: places.flatMap(({ path, parent, node }) =>
      tablesOf(node).flatMap(([label, entry]) => transitionsIn(label, entry, path, parent, byId)),
    ),
  };
}

interface Place {
  readonly path: string;
  readonly parent: string | undefined;
  readonly node: Chart;
}

function placesIn(node: Chart, path: string, parent: string | undefined): Place[] {
  const inner = Object.entries(node.states ?? {}).flatMap(([name, child]) => placesIn(child, under(path, name), path));
  return [{ path, parent, node }, ...inner];
}

const under = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

function kindOf({ type, states }: Chart): OutlinedState['kind'] {
  if (type === 'final' || type === 'parallel') return type;
  return states && Object.keys(states).length > 0 ? 'compound' : 'atomic';
}

function initialOf({ initial }: Chart, path: string): string | undefined {
  const name = typeof initial === 'object' && initial !== null ? (initial as { target?: unknown }).target : initial;
  return typeof name === 'string' ? under(path, name) : undefined;
}

/** Every entry that may hold transitions, with what it waits for. */
function tablesOf({ on, after, always, onDone, invoke }: Chart): (readonly [string, unknown])[] {
  const table = (entries: unknown): [string, unknown][] => Object.entries((entries ?? {}) as Record<string, unknown>);
  return [
    ...table(on).map(([event, entry]) => [event === '*' ? 'any event' : event, entry] as const),
    ...table(after).map(
      ([delay, entry]) => [`after ${/^\d+$/.test(delay) ? time(Number(delay)) : delay}`, entry] as const,
    ),
    ['always', always],
    ['done', onDone],
    ...[invoke ?? []].flat().flatMap((actor: { src?: unknown; onDone?: unknown; onError?: unknown }) => {
      const source = typeof actor.src === 'string' ? actor.src : 'actor';
      return [[`${source} done`, actor.onDone] as const, [`${source} failed`, actor.onError] as const];
    }),
  ];
}

const time = (ms: number): string => (ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`);

function transitionsIn(
  label: string,
  entry: unknown,
  from: string,
  parent: string | undefined,
  byId: ReadonlyMap<string, string>,
): OutlinedTransition[] {
  if (entry === undefined || entry === null) return [];
  return [entry].flat().flatMap((each: unknown) => {
    const { target, guard } = (typeof each === 'string' ? { target: each } : each) as {
      target?: unknown;
      guard?: unknown;
    };
    const to = [target ?? []].flat()[0];
    return [
      {
        from,
        to: typeof to === 'string' ? pathOf(to, from, parent, byId) : undefined,
        label: guard === undefined ? label : `${label} [${guardName(guard)}]`,
      },
    ];
  });
}

function guardName(guard: unknown): string {
  if (typeof guard === 'string') return guard;
  const { type } = (guard ?? {}) as { type?: unknown };
  return typeof type === 'string' ? type : 'guard';
}

/** A target as XState reads it: `#id`, `.child`, or a sibling, each with a path below it. */
function pathOf(target: string, from: string, parent: string | undefined, byId: ReadonlyMap<string, string>): string {
  if (target.startsWith('.')) return under(from, target.slice(1));
  if (!target.startsWith('#')) return under(parent ?? '', target);
  const [id = '', ...rest] = target.slice(1).split('.');
  return [byId.get(id) ?? id, ...rest].filter((part) => part !== '').join('.');
}
