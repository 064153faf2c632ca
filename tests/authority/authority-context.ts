import type { AuthorityContext, DecidingOptions } from '../../src/authority/authority.types.ts';
import { People } from '../../src/authority/people.ts';
import { Mailbox } from '../../src/core/mailbox.ts';
import { Timers } from '../../src/core/timers.ts';
import type { CaptureController } from '../../src/recording/capture.types.ts';
import { simulatedClock } from '../../src/simulator/simulated-clock.ts';
import { fakeAdapter } from '../../src/testing/fake-adapter.ts';

/** What the parts of an authority share, on a clock of its own; `told` is what they say has changed, in order. */
export function authorityContext(more: Partial<DecidingOptions> = {}) {
  const clock = simulatedClock();
  const failed: unknown[] = [];
  const mailbox = new Mailbox((error) => void failed.push(error));
  const told: string[] = [];
  const adapter = fakeAdapter({ clock });
  const context: AuthorityContext = {
    options: {
      meetingId: 'weekly',
      epoch: { number: 1, id: 'hana', incarnation: 'a' },
      send: () => {},
      roleOf: () => undefined,
      capture: adapter.capture as CaptureController,
      clock,
      mailbox,
      randomId: () => 'id',
      ask: () => void told.push('ask'),
      doubt: (code) => void told.push(code),
      ...more,
    },
    people: new People(),
    timers: new Timers(clock, mailbox),
    now: () => clock.now(),
    post: (task) => mailbox.post(task),
    changed: {
      meeting: () => void told.push('meeting'),
      person: (id) => void told.push(id),
      everyone: () => void told.push('everyone'),
      released: (id) => void told.push(`released ${id}`),
    },
  };
  return { context, clock, told, failed, recorder: adapter.recorder };
}
