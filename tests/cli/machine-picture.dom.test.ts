import { describe, expect, test } from 'vitest';
import { charts } from '../../src/cli/machine-chart.ts';
import { machinePicture } from '../../src/cli/machine-picture.ts';
import { nested } from './charts.ts';

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

type Point = readonly [number, number];

const all = { ...charts, nested: { about: 'A <call> & more', chart: nested } };

function read(text: string) {
  const page = new DOMParser().parseFromString(text, 'image/svg+xml');
  const found = (selector: string) => [...page.querySelectorAll(selector)];
  const size = (page.documentElement.getAttribute('viewBox') ?? '').split(' ').map(Number);
  return {
    page,
    width: size[2] ?? 0,
    height: size[3] ?? 0,
    boxes: found('rect.state').map(rectangle),
    frames: found('rect.frame').map(rectangle),
    labels: found('rect.halo').map(rectangle),
    lines: found('path.line').map(pointsOf),
    texts: found('text').map((text) => text.textContent ?? ''),
  };
}

function rectangle(element: Element): Rectangle {
  const [x = 0, y = 0, width = 0, height = 0] = ['x', 'y', 'width', 'height'].map((name) =>
    Number(element.getAttribute(name)),
  );
  return { left: x, top: y, right: x + width, bottom: y + height };
}

const pointsOf = (path: Element): Point[] =>
  [...(path.getAttribute('d') ?? '').matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);

const meet = (a: Rectangle, b: Rectangle): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Whether a line passes through the inside of a rectangle, looked at every pixel; its border does not count. */
function passes(line: readonly Point[], { left, top, right, bottom }: Rectangle): boolean {
  return line.some(([x, y], place) => {
    const [nextX, nextY] = line[place + 1] ?? [x, y];
    const steps = Math.max(1, Math.ceil(Math.hypot(nextX - x, nextY - y)));
    return Array.from({ length: steps + 1 }, (_, step) => step / steps).some((part) => {
      const [atX, atY] = [x + (nextX - x) * part, y + (nextY - y) * part];
      return atX > left + 1 && atX < right - 1 && atY > top + 1 && atY < bottom - 1;
    });
  });
}

const pairs = <T>(list: readonly T[]): [T, T][] =>
  list.flatMap((one, place) => list.slice(place + 1).map((other): [T, T] => [one, other]));

describe.each(Object.entries(all))('the picture of %s', (_name, { about, chart }) => {
  const picture = read(machinePicture(chart, about));

  test('is well-formed, and says what it shows to who cannot see it', () => {
    expect(picture.page.querySelector('parsererror')).toBeNull();
    expect(picture.page.documentElement.getAttribute('aria-labelledby')).toBe('title desc');
    expect(picture.page.querySelector('title#title')?.textContent).toBe(`${about} (the ${chart.id} machine)`);
    expect(picture.page.querySelector('desc#desc')?.textContent).toMatch(/^States: .+ Begins in .+ Transitions: .+\.$/);
  });

  test('holds every label once: on an arrow, or in the box of its state with where it leads', () => {
    const transitions = (picture.page.querySelector('desc#desc')?.textContent ?? '')
      .replace(/.*Transitions: /, '')
      .replace(/\.$/, '')
      .split('; ')
      .map((line) => /^.+?, (.+): (.+)$/.exec(line)?.slice(1) ?? []);
    const shown = picture.texts.map((text) => text.replace('From anywhere: ', '').replace(/ → .*/, ''));
    const labels = transitions.flatMap(([label]) => label ?? []);
    expect(labels.length).toBeGreaterThan(10);
    const times = (list: readonly string[], label: string) => list.filter((each) => each === label).length;
    expect(labels.map((label) => [label, times(shown, label)])).toEqual(
      labels.map((label) => [label, times(labels, label)]),
    );
  });

  test('has nothing on top of anything else', () => {
    expect(pairs([...picture.boxes, ...picture.labels]).filter(([one, other]) => meet(one, other))).toEqual([]);
    expect(picture.lines.filter((line) => picture.boxes.some((box) => passes(line, box)))).toEqual([]);
    const crossed = picture.labels.map((label) => picture.lines.filter((line) => passes(line, label)).length);
    expect(crossed).toEqual(picture.labels.map(() => 1));
  });

  test('keeps every text within its box or its label', () => {
    const groups = [...picture.page.querySelectorAll('g:has(> rect.state), g:has(> rect.halo)')];
    const outside = groups.flatMap((group) => {
      const box = rectangle(group.querySelector('rect') as Element);
      return [...group.querySelectorAll('text:not(:has(tspan)), tspan')].filter((line) => {
        const [x, y] = [Number(line.getAttribute('x')), Number(line.getAttribute('y'))];
        // A letter of the fonts named is about 0.6 of its size wide; names are 13 pixels, all else 11.
        const long = (line.textContent ?? '').trimEnd().length * (line.getAttribute('class') === 'name' ? 7.8 : 6.6);
        const left = line.closest('text')?.getAttribute('text-anchor') === 'middle' ? x - long / 2 : x;
        return left < box.left || left + long > box.right || y - 9 < box.top || y + 2 > box.bottom;
      });
    });
    expect(groups.length).toBeGreaterThan(8);
    expect(outside.map(({ textContent }) => textContent)).toEqual([]);
  });

  test('cuts nothing off', () => {
    const paper = { left: 0, top: 0, right: picture.width, bottom: picture.height };
    const move = /translate\(([\d.]+) ([\d.-]+)\)/.exec(
      picture.page.querySelector('svg > g')?.getAttribute('transform') ?? '',
    );
    const [moveX, moveY] = [Number(move?.[1]), Number(move?.[2])];
    const outside = [...picture.boxes, ...picture.frames, ...picture.labels].filter(
      ({ left, top, right, bottom }) =>
        left + moveX < paper.left || right + moveX > paper.right || top + moveY < 40 || bottom + moveY > paper.bottom,
    );
    expect(outside).toEqual([]);
  });

  test('is the same to the byte each time', () => {
    expect(machinePicture(chart, about)).toBe(machinePicture(chart, about));
  });
});

test('no machine is so wide that a page of 880 pixels shows its words much smaller than they are', () => {
  const widths = Object.values(charts).map(({ about, chart }) => read(machinePicture(chart, about)).width);
  expect(widths.length).toBeGreaterThan(2);
  expect(Math.max(...widths)).toBeLessThan(880 / 0.85);
});

test('a compound state is a frame around its own, with where it begins', () => {
  const { boxes, frames, page } = read(machinePicture(nested, 'Nested'));
  const insideOf = (frame: Rectangle) =>
    boxes.filter(
      (box) => box.left > frame.left && box.right < frame.right && box.top > frame.top && box.bottom < frame.bottom,
    );
  // talking (ringing, speaking, muted), open (speaking, muted), both (a, right), left (a)
  expect(frames.map((frame) => insideOf(frame).length)).toEqual([3, 2, 2, 1]);
  // call, talking, open, left
  expect(page.querySelectorAll('circle.dot')).toHaveLength(4);
});

test('each further way of leaving that three states share stands in its box', () => {
  const { texts } = read(machinePicture(charts['recording']?.chart ?? {}, 'Recording'));
  expect(texts.filter((text) => text === 'capture.ended → off')).toHaveLength(8);
  expect(texts).toContain('after holdWait [canExclude]');
});

test('a picture loads nothing and follows the reader’s light or dark', () => {
  const text = machinePicture(nested, 'Nested');
  expect(text).not.toMatch(/@import|@font-face|href|url\((?!#head\))/);
  expect(text).toContain('@media(prefers-color-scheme:dark)');
});
