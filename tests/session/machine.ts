import type { Clock } from '../../src/core/clock.ts';
import type { Transport } from '../../src/transport/transport.types.ts';

/** The machine that a client runs on: its lid can be closed. */
export interface Machine {
  /** From now on no timer runs and no message is taken; time goes on. */
  sleeps(): void;
  /** What was due meanwhile happens now, late: first the timers, or first the messages that waited, if they did. */
  wakes(first: 'timers' | 'messages', waiting?: 'kept' | 'last' | 'lost'): void;
}

/** A clock and a transport whose machine may sleep. */
export function machineWith(clock: Clock, transport: Transport) {
  let isAsleep = false;
  const late = { timers: new Set<() => void>(), messages: new Set<() => void>() };
  const awake = (kind: keyof typeof late, task: () => void): void => {
    if (isAsleep) late[kind].add(task);
    else task();
  };

  const machine: Machine = {
    sleeps() {
      isAsleep = true;
    },
    wakes(first, waiting = 'kept') {
      isAsleep = false;
      const lost = [...late.messages].slice(0, waiting === 'kept' ? 0 : waiting === 'last' ? -1 : undefined);
      for (const task of lost) late.messages.delete(task);
      for (const kind of first === 'timers' ? (['timers', 'messages'] as const) : (['messages', 'timers'] as const)) {
        for (const task of late[kind]) if (late[kind].delete(task)) task();
      }
    },
  };

  return {
    machine,
    clock: {
      now: () => clock.now(),
      setTimeout(fn: () => void, ms: number) {
        const timer = { run: () => fn(), handle: undefined as unknown };
        timer.handle = clock.setTimeout(() => awake('timers', timer.run), ms);
        return timer;
      },
      clearTimeout(timer: { run: () => void; handle: unknown } | undefined) {
        if (!timer) return;
        late.timers.delete(timer.run);
        clock.clearTimeout(timer.handle);
      },
    } satisfies Clock,
    transport: {
      ...transport,
      receive: (listener) =>
        transport.receive({
          ...listener,
          message: (data, from) => awake('messages', () => listener.message(data, from)),
        }),
    } satisfies Transport,
  };
}
