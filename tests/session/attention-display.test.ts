import { expect, test } from 'vitest';
import type { HostNotification } from '../../src/notifications/notifications.types.ts';
import { simulate } from '../../src/simulator/simulation.ts';

/** A host who shares, and bo, whose window has not been the meeting for 31 s. */
async function away() {
  const simulation = simulate({
    meeting: { policy: 'notice-only' },
    participants: [{ id: 'hana', role: 'host' }, { id: 'bo' }],
    steps: [],
    until: '10m',
  });
  await simulation.as('hana').enablesAttentionTracking();
  await simulation.as('hana').startsSharing();
  await simulation.as('bo').losesFocus();
  await simulation.waits('31s');
  const hana = simulation.session('hana');
  if (!hana) throw new Error('hana is not there');
  let heard = 0;
  return {
    simulation,
    async shows(attentionDisplay: 'icons' | 'count' | 'off') {
      hana.setNotifications({ attentionDisplay });
      await simulation.waits('1s');
    },
    /** What was told by the hook since the last look, what the row of bo says, and the list. */
    seen() {
      const told = simulation.hooks('hana').filter(({ hook }) => hook === 'attentionIndicatorChanged');
      const changes = told.slice(heard).map(({ payload }) => (payload as { changes: unknown }).changes);
      heard = told.length;
      const row = hana.roster().rows.find(({ participantId }) => participantId === 'bo');
      const list: readonly HostNotification[] = hana.getSnapshot().notifications ?? [];
      return { changes, row: row?.attention, list: list.map(({ summary }) => summary) };
    },
  };
}

const on = (sinceMs: number) => [[{ participantId: 'bo', inattentive: true, sinceMs }]];
const off = [[{ participantId: 'bo', inattentive: false, sinceMs: 0 }]];

test('[G4] a host who wants no icons has those that are there taken back, by the hook and in the roster', async () => {
  const { shows, seen } = await away();
  expect(seen()).toEqual({ changes: on(30_017), row: 'inattentive', list: [] });
  await shows('off');
  expect(seen()).toEqual({ changes: off, row: undefined, list: [] });
  await shows('count');
  expect(seen()).toEqual({ changes: [], row: undefined, list: ['1 of 1 away'] });
});

test('[G4] a host who wants icons again is told of those that are on by then, and of none that has gone', async () => {
  const { simulation, shows, seen } = await away();
  await shows('off');
  seen();
  await shows('icons');
  expect(seen()).toEqual({ changes: on(32_000), row: 'inattentive', list: [] });
  await shows('count');
  await simulation.as('bo').regainsFocus();
  await simulation.waits('1s');
  seen();
  await shows('icons');
  expect(seen()).toEqual({ changes: [], row: undefined, list: [] });
  expect(simulation.guarantees()).toEqual([]);
});
