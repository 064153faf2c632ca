import { expect, test } from 'vitest';
import { newsOf } from '../../src/notifications/host-news.rules.ts';

const itemsOf = (...ids: readonly (string | undefined)[]) =>
  new Map(ids.map((participantId, place) => [`${place}`, participantId === undefined ? {} : { participantId }]));
const nameOf = (id: string) => (id === 'nameless' ? undefined : id.toUpperCase());
const facts = { nameOf, unanswered: 2 };

test('[G7] a summary names the first three who have a name, and counts all the others', () => {
  expect(newsOf('late-joiner', itemsOf('a', 'nameless', undefined, 'b', 'c', 'd'), facts)).toEqual({
    kind: 'late-joiner',
    names: ['A', 'B', 'C'],
    others: 3,
  });
  expect(newsOf('late-joiner', itemsOf(), facts)).toEqual({ kind: 'late-joiner', names: [], others: 0 });
});

test('[G7] of an answer a summary says how many have not answered, if any; of nothing else', () => {
  const unansweredOf = (kind: Parameters<typeof newsOf>[0], unanswered: number) =>
    newsOf(kind, itemsOf('a'), { nameOf, unanswered });
  const told = { names: ['A'], others: 0 };
  for (const kind of ['refused', 'withdrawn', 'expired'] as const) {
    expect([unansweredOf(kind, 1), unansweredOf(kind, 0)]).toEqual([
      { kind, ...told, unanswered: 1 },
      { kind, ...told },
    ]);
  }
  expect(unansweredOf('pending', 1)).toEqual({ kind: 'pending', ...told });
});

test('[G7] a failure says its code', () => {
  expect(newsOf('recording-failed', itemsOf(undefined), { ...facts, code: 'capture/failed' })).toEqual({
    kind: 'recording-failed',
    names: [],
    others: 1,
    code: 'capture/failed',
  });
});
