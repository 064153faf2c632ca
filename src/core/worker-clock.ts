import { type Clock, systemClock } from './clock.ts';

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
 * A session in a page has such a clock by default. Make one for a page: it keeps its worker for as long as the page lives.
 */
export function workerClock(): Clock {
  /** By the handle of the page's own timer, so that this clock clears what was set before by the page's. */
  const timers = new Map<unknown, () => void>();
  let worker = workerStarted();

  function clear(handle: unknown): void {
    systemClock.clearTimeout(handle);
    if (timers.delete(handle)) worker?.postMessage({ id: handle });
  }

  worker?.addEventListener('message', ({ data }: MessageEvent<number>) => timers.get(data)?.());
  worker?.addEventListener('error', () => {
    worker = undefined;
  });

  return {
    now: systemClock.now,
    setTimeout(fn, timeoutMs) {
      const run = (): void => {
        clear(handle);
        fn();
      };
      const handle = systemClock.setTimeout(run, timeoutMs);
      timers.set(handle, run);
      worker?.postMessage({ id: handle, inMs: timeoutMs });
      return handle;
    },
    clearTimeout: clear,
  };
}

let ofPage: Clock | undefined;

/**
 * From now on the timers of `clock`, which were those of the page, are those of one worker that the whole page shares,
 * too. Those that are set already run as they would have, and may be cleared as before.
 */
export function keepAwake(clock: Clock): void {
  ofPage ??= workerClock();
  Object.assign(clock, ofPage);
}
