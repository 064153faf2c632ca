import type { Clock } from '../core/clock.ts';

/** In a page: loads what has the timers of `clock` go on while the page is hidden. Elsewhere it loads nothing. */
export async function loadWorkerTimers(clock: Clock): Promise<void> {
  if (globalThis.document) (await import('../core/worker-clock.ts')).keepAwake(clock);
}
