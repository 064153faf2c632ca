import { expect, test } from 'vitest';
import { createSession } from '../../src/session/session.ts';
import { inMemoryNetwork } from '../../src/transport/in-memory.transport.ts';

/** Somebody's client on one network. */
async function joined(
  network: ReturnType<typeof inMemoryNetwork>,
  self: { id: string; role: 'host' | 'participant'; name: string },
) {
  const transport = network.connect({ participantId: self.id, role: self.role });
  const session = createSession({ meetingId: 'weekly', self, transport });
  await session.join();
  return session;
}

test('a host sees who joins later by the name they have, with a hook for it', async () => {
  const network = inMemoryNetwork();
  const host = await joined(network, { id: 'hana', role: 'host', name: 'Hana' });
  const told: (string | undefined)[] = [];
  host.on('rosterChanged', ({ changed }) => told.push(...changed.map(({ name }) => name)));
  const guest = await joined(network, { id: 'bo', role: 'participant', name: 'Bo' });
  await expect.poll(() => told).toContain('Bo');
  expect(host.roster().rows.map(({ participantId, name }) => [participantId, name])).toEqual([
    ['hana', 'Hana'],
    ['bo', 'Bo'],
  ]);
  await guest.leave();
  await host.leave();
});

test('a host no longer sees who has left, and sees them again when they come back', async () => {
  const network = inMemoryNetwork();
  const host = await joined(network, { id: 'hana', role: 'host', name: 'Hana' });
  const removed: string[] = [];
  host.on('rosterChanged', (change) => removed.push(...change.removed));
  const here = () => host.roster().rows.map(({ participantId }) => participantId);
  const bo = { id: 'bo', role: 'participant', name: 'Bo' } as const;
  const before = await joined(network, bo);
  await expect.poll(here).toEqual(['hana', 'bo']);
  await before.leave();
  await expect.poll(here).toEqual(['hana']);
  await expect.poll(() => removed).toEqual(['bo']);
  const after = await joined(network, bo);
  await expect.poll(here).toEqual(['hana', 'bo']);
  await after.leave();
  await host.leave();
});
