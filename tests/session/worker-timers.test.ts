import { afterEach, expect, test, vi } from 'vitest';
import { type Clock, systemClock } from '../../src/core/clock.ts';
import { keepAwake } from '../../src/core/worker-clock.ts';
import { createSession, inMemoryNetwork } from '../../src/index.ts';

afterEach(() => vi.unstubAllGlobals());

/** Stands for the worker that a page starts; it notes which timers it is told to set, and runs none. */
class NotingWorker {
  static readonly all: NotingWorker[] = [];
  readonly timesMs: (number | undefined)[] = [];

  constructor() {
    NotingWorker.all.push(this);
  }

  addEventListener(): void {}

  postMessage({ inMs }: { readonly inMs?: number }): void {
    this.timesMs.push(inMs);
  }
}

const network = inMemoryNetwork();

function participant(id: string, clock?: Clock) {
  const self = { id, role: 'participant' } as const;
  const transport = network.connect({ participantId: id, role: 'participant' });
  return createSession({ meetingId: 'weekly', self, transport, ...(clock && { clock }) });
}

test('[G8] in a page the timers of its sessions are those of one worker, from when they join on', async () => {
  vi.stubGlobal('Worker', NotingWorker);
  const host = createSession({
    meetingId: 'weekly',
    self: { id: 'hana', role: 'host' },
    transport: network.connect({ participantId: 'hana', role: 'host' }),
  });
  await host.join();
  expect(NotingWorker.all).toEqual([]);

  vi.stubGlobal('document', {});
  const own = participant('ari', { ...systemClock });
  const [bo, cy] = [participant('bo'), participant('cy')];
  await own.join();
  expect(NotingWorker.all).toEqual([]);

  await Promise.all([bo.join(), cy.join()]);
  await vi.waitFor(() => expect(NotingWorker.all).toHaveLength(1));
  await vi.waitFor(() => expect(NotingWorker.all[0]?.timesMs).toContain(1000));
  for (const session of [bo, cy, own, host]) await session.leave();
  expect(NotingWorker.all).toHaveLength(1);
});

test('[G9] a timer that was set before its clock is kept awake is cleared by it all the same', async () => {
  const clock = { ...systemClock };
  const ran: string[] = [];
  const before = clock.setTimeout(() => ran.push('before'), 5);
  keepAwake(clock);
  const after = clock.setTimeout(() => ran.push('after'), 5);
  for (const handle of [before, after]) clock.clearTimeout(handle);
  await new Promise<void>((resolve) => void clock.setTimeout(resolve, 20));
  expect(ran).toEqual([]);
});
