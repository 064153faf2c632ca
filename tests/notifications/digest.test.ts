import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NotificationKind } from '../../src/notice/notice.types.ts';
import { Digest, type Items } from '../../src/notifications/digest.ts';

const windowMs = 10_000;
const items = (...ids: string[]): Items => new Map(ids.map((participantId) => [participantId, { participantId }]));
const ids = (told: Items | undefined) => told && [...told.keys()];

describe('a digest', () => {
  test('tells the first of a kind at once, and what follows in the window as one at its end', () => {
    const digest = new Digest();
    expect(ids(digest.take('refused', items('bo'), 1000, windowMs))).toEqual(['bo']);
    expect(digest.nextAt(windowMs)).toBeUndefined();
    expect(digest.take('refused', items('cy'), 2000, windowMs)).toBeUndefined();
    expect(digest.take('refused', items('di', 'cy'), 10_999, windowMs)).toBeUndefined();
    expect(digest.nextAt(windowMs)).toBe(11_000);
    expect(digest.due(10_999, windowMs)).toEqual([]);
    expect(digest.due(11_000, windowMs)).toEqual([['refused', items('cy', 'di')]]);
    expect(digest.take('refused', items('ed'), 20_999, windowMs)).toBeUndefined();
    expect(digest.due(21_000, windowMs)).toEqual([['refused', items('ed')]]);
    expect(ids(digest.take('refused', items('flo'), 31_000, windowMs))).toEqual(['flo']);
  });

  test('what no longer holds is not told', () => {
    const digest = new Digest();
    digest.take('refused', items('bo'), 0, windowMs);
    digest.take('refused', items('cy'), 1, windowMs);
    digest.drop('refused', 'cy');
    expect([digest.nextAt(windowMs), digest.due(windowMs, windowMs)]).toEqual([undefined, []]);
  });

  test('a window that is made shorter ends sooner', () => {
    const digest = new Digest();
    digest.take('refused', items('bo'), 0, 3_600_000);
    digest.take('refused', items('cy'), 1000, 3_600_000);
    expect([digest.nextAt(5000), digest.due(5000, 5000)]).toEqual([5000, [['refused', items('cy')]]]);
  });

  test('over random news: everything is told once, no kind more often than once a window, none later than its end', () => {
    const kinds: readonly NotificationKind[] = ['refused', 'withdrawn', 'late-joiner'];
    const news = fc.array(fc.record({ kind: fc.constantFrom(...kinds), afterMs: fc.nat(6000) }), { maxLength: 60 });
    fc.assert(
      fc.property(news, (all) => {
        const digest = new Digest();
        const told: { kind: NotificationKind; at: number; ids: string[] }[] = [];
        const raisedAt = new Map<string, number>();
        const runTo = (end: number) => {
          for (let at = digest.nextAt(windowMs); at !== undefined && at <= end; at = digest.nextAt(windowMs)) {
            for (const [kind, due] of digest.due(at, windowMs)) told.push({ kind, at, ids: [...due.keys()] });
          }
        };
        let now = 0;
        for (const [place, { kind, afterMs }] of all.entries()) {
          now += afterMs;
          runTo(now);
          raisedAt.set(`p${place}`, now);
          const first = digest.take(kind, items(`p${place}`), now, windowMs);
          if (first) told.push({ kind, at: now, ids: [...first.keys()] });
        }
        runTo(Infinity);
        expect(told.flatMap((each) => each.ids).sort()).toEqual([...raisedAt.keys()].sort());
        for (const each of told) {
          for (const id of each.ids) expect(each.at - (raisedAt.get(id) ?? 0)).toBeLessThanOrEqual(windowMs);
        }
        for (const kind of kinds) {
          const times = told.filter((each) => each.kind === kind).map(({ at }) => at);
          for (const [place, at] of times.entries()) {
            if (place > 0) expect(at - (times[place - 1] ?? 0)).toBeGreaterThanOrEqual(windowMs);
          }
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
