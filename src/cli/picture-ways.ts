export interface Point {
  readonly x: number;
  readonly y: number;
}

/** `x` and `y` are its middle. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** An arrow between two boxes, as the layout has it: where it passes the ranks between them. */
export interface Way {
  readonly from: string;
  readonly to: string;
  readonly bends: readonly Point[];
  readonly label: Box | undefined;
}

const doorGap = 16;
const doorMargin = 14;
/** How far an arrow goes straight before and after a box or a label. */
const stub = 9;

/**
 * Leads each arrow out of the bottom or the top of its box, straight through the ranks, and aslant only between them:
 * so no arrow runs through a box or another one's label, however high the boxes of a rank are.
 */
export function waysThrough<W extends Way>(
  ways: readonly W[],
  boxes: ReadonlyMap<string, Box>,
): { readonly way: W; readonly points: readonly Point[] }[] {
  const ranks = ranksOf([...boxes.values(), ...ways.flatMap(({ label }) => label ?? [])]);
  const doors = doorsOf(ways, boxes);
  return ways.flatMap((way) => {
    const [source, target, door] = [boxes.get(way.from), boxes.get(way.to), doors.get(way)];
    if (!source || !target || !door) return [];
    const down = target.y > source.y ? 1 : -1;
    const near = (y: number): number => y - (down * (ranks.get(key(y)) ?? 0)) / 2;
    const far = (y: number): number => y + (down * (ranks.get(key(y)) ?? 0)) / 2;
    const points = [
      { x: door.out, y: source.y + (down * source.height) / 2 },
      { x: door.out, y: far(source.y) },
      ...way.bends.flatMap(({ x, y }) => [
        { x, y: near(y) },
        { x, y: far(y) },
      ]),
      { x: door.in, y: near(target.y) },
      { x: door.in, y: target.y - (down * target.height) / 2 },
    ];
    return [{ way, points: withoutRepeats(points) }];
  });
}

const key = (y: number): number => Math.round(y);

/** How high each rank is, by the height of its middle. */
function ranksOf(boxes: readonly Box[]): Map<number, number> {
  const ranks = new Map<number, number>();
  for (const { y, height } of boxes) ranks.set(key(y), Math.max(ranks.get(key(y)) ?? 0, height + 2 * stub));
  return ranks;
}

/** Where each arrow leaves and enters: as near to straight on as the others on that side allow. */
function doorsOf<W extends Way>(
  ways: readonly W[],
  boxes: ReadonlyMap<string, Box>,
): Map<W, { in: number; out: number }> {
  const doors = new Map<W, { in: number; out: number }>();
  const sides = new Map<string, { box: Box; ends: { way: W; end: 'in' | 'out'; wanted: number }[] }>();
  for (const way of ways) {
    const [source, target] = [boxes.get(way.from), boxes.get(way.to)];
    if (!source || !target) continue;
    const down = target.y > source.y;
    doors.set(way, { in: target.x, out: source.x });
    const add = (id: string, box: Box, side: string, end: 'in' | 'out', wanted: number): void => {
      const found = sides.get(`${id} ${side}`) ?? { box, ends: [] };
      found.ends.push({ way, end, wanted });
      sides.set(`${id} ${side}`, found);
    };
    add(way.from, source, down ? 'bottom' : 'top', 'out', way.bends[0]?.x ?? target.x);
    add(way.to, target, down ? 'top' : 'bottom', 'in', way.bends.at(-1)?.x ?? source.x);
  }
  for (const { box, ends } of sides.values()) {
    ends.sort((a, b) => a.wanted - b.wanted);
    const places = spread(
      ends.map(({ wanted }) => wanted),
      box,
    );
    for (const [place, { way, end }] of ends.entries()) {
      const door = doors.get(way);
      if (door) door[end] = places[place] ?? box.x;
    }
  }
  return doors;
}

/** The wanted places, in order, kept within the box and apart from each other. */
function spread(wanted: readonly number[], { x, width }: Box): number[] {
  const reach = Math.max(0, width / 2 - doorMargin);
  const [low, high] = [x - reach, x + reach];
  const gap = Math.min(doorGap, (high - low) / Math.max(1, wanted.length - 1));
  const places = wanted.map((each) => Math.min(high, Math.max(low, each)));
  for (let i = 1; i < places.length; i += 1) places[i] = Math.max(places[i] ?? 0, (places[i - 1] ?? 0) + gap);
  let limit = high;
  for (let i = places.length - 1; i >= 0; i -= 1) {
    places[i] = Math.min(places[i] ?? 0, limit);
    limit = (places[i] ?? 0) - gap;
  }
  return places;
}

function withoutRepeats(points: readonly Point[]): Point[] {
  return points.filter((point, place) => {
    const before = points[place - 1];
    return !before || Math.abs(before.x - point.x) > 0.05 || Math.abs(before.y - point.y) > 0.05;
  });
}
