import { expect, test } from 'vitest';
import { createSession } from '../../src/session/session.ts';
import { inMemoryNetwork } from '../../src/transport/in-memory.transport.ts';

test('a host sees who joins later by the name they have, with a hook for it', async () => {
  const network = inMemoryNetwork();
  const join = async (id: string, role: 'host' | 'participant', name: string) => {
    const transport = network.connect({ participantId: id, role });
    const session = createSession({ meetingId: 'weekly', self: { id, role, name }, transport });
    await session.join();
    return session;
  };
  const host = await join('hana', 'host', 'Hana');
  const told: (string | undefined)[] = [];
  host.on('rosterChanged', ({ changed }) => told.push(...changed.map(({ name }) => name)));
  const guest = await join('bo', 'participant', 'Bo');
  await expect.poll(() => told).toContain('Bo');
  expect(host.roster().rows.map(({ participantId, name }) => [participantId, name])).toEqual([
    ['hana', 'Hana'],
    ['bo', 'Bo'],
  ]);
  await guest.leave();
  await host.leave();
});
