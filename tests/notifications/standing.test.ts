import { expect, test } from 'vitest';
import { Standing } from '../../src/notifications/standing.ts';

const windowMs = 10_000;
const of = (...ids: string[]) => new Set(ids);

test('what holds is told aloud at once or after a window, and again only when somebody else joins it, a window later', () => {
  for (const waitsFirst of [false, true]) {
    const standing = new Standing({ waitsFirst });
    standing.take(of('bo', 'cy'), 1000);
    const first = waitsFirst ? 11_000 : 1000;
    expect([standing.isShown, standing.nextAt(windowMs)]).toEqual([true, first]);
    standing.told(first);
    standing.take(of('bo'), first + 1000);
    expect([standing.isShown, standing.nextAt(windowMs)]).toEqual([true, undefined]);
    standing.take(of('bo', 'di'), first + 2000);
    expect(standing.nextAt(windowMs)).toBe(first + windowMs);
  }
});

test('[G4] whoever it was not about for a while is somebody else: nothing of them was kept', () => {
  const standing = new Standing({ waitsFirst: false });
  standing.take(of('bo', 'cy'), 0);
  standing.told(0);
  standing.take(of('cy'), 1000);
  standing.take(of('bo', 'cy'), 2000);
  expect(standing.nextAt(windowMs)).toBe(windowMs);
});

test('it goes when it no longer holds, and one that was dismissed comes back when it is about somebody else as well', () => {
  const standing = new Standing({ waitsFirst: false });
  standing.take(of('bo'), 0);
  standing.told(0);
  standing.dismiss();
  standing.take(of('bo'), 1000);
  expect([standing.isShown, standing.nextAt(windowMs)]).toEqual([false, undefined]);
  standing.take(of('bo', 'cy'), 2000);
  expect([standing.isShown, standing.nextAt(windowMs)]).toEqual([true, windowMs]);
  standing.take(of(), 3000);
  expect([standing.isShown, standing.nextAt(windowMs)]).toEqual([false, undefined]);
});
