import { type Clock, systemClock } from '../core/clock.ts';

/** What the worker runs: sets the timer of a number, or clears it where no time is given, and says which number is due. */
const timekeeper = `const timers = new Map();
onmessage = ({ data: { id, inMs } }) => {
  clearTimeout(timers.get(id));
  timers.delete(id);
  if (inMs === undefined) return;
  timers.set(id, setTimeout(() => {
    timers.delete(id);
    postMessage(id);
  }, inMs));
};`;

function workerStarted(): Worker | undefined {
  try {
    return new Worker(URL.createObjectURL(new Blob([timekeeper], { type: 'text/javascript' })));
  } catch {
    return undefined;
  }
}

/**
 * The clock of this machine, with timers that do not sleep in a hidden tab: each is set in a worker too, which browsers
 * do not slow down, and whichever is due first runs it. Where there can be no worker (in Node, or under a content
 * security policy without `worker-src blob:`, of which the browser then complains) it is the clock of the page alone.
 * Make one for a page: it keeps its worker for as long as the page lives.
 */
export function workerClock(): Clock {
  const timers = new Map<number, { readonly run: () => void; readonly onPage: unknown }>();
  let lastId = 0;
  let worker = workerStarted();

  /** Whether it was still set. */
  function clear(id: number): boolean {
    const timer = timers.get(id);
    if (!timer) return false;
    timers.delete(id);
    systemClock.clearTimeout(timer.onPage);
    worker?.postMessage({ id });
    return true;
  }

  worker?.addEventListener('message', ({ data }: MessageEvent<number>) => timers.get(data)?.run());
  worker?.addEventListener('error', () => {
    worker = undefined;
  });

  return {
    now: systemClock.now,
    setTimeout(fn, timeoutMs) {
      lastId += 1;
      const id = lastId;
      const run = (): void => {
        if (clear(id)) fn();
      };
      timers.set(id, { run, onPage: systemClock.setTimeout(run, timeoutMs) });
      worker?.postMessage({ id, inMs: timeoutMs });
      return id;
    },
    clearTimeout(id) {
      clear(id);
    },
  };
}
