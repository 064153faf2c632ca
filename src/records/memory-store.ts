import type { LedgerStore } from './ledger.types.ts';

/** A store that lasts as long as this process: for tests, and for meetings of which nothing is to be kept. */
export function memoryStore(): LedgerStore {
  const meetings = new Map<string, string[]>();

  return {
    async append(meetingId, lines) {
      if (lines.length === 0) return;
      const kept = meetings.get(meetingId) ?? [];
      kept.push(...lines);
      meetings.set(meetingId, kept);
    },
    read: (meetingId) => ({
      async *[Symbol.asyncIterator]() {
        const kept = meetings.get(meetingId) ?? [];
        yield* kept.slice();
      },
    }),
    async *meetings() {
      yield* [...meetings.keys()];
    },
  };
}
