import type { CaptureController } from './capture.types.ts';

type Call = Exclude<keyof CaptureController, 'capabilities' | 'subscribe'>;

/**
 * A recorder each of whose calls is a promise, as the port says: one that throws in place of it is rejected, one that
 * gives nothing has ended (G9).
 */
export function steadyCapture(capture: CaptureController): CaptureController {
  const steady = <C extends Call>(name: C): CaptureController[C] => {
    const call = async (...given: unknown[]) =>
      (capture[name] as (...given: unknown[]) => Promise<unknown>).apply(capture, given);
    return call as unknown as CaptureController[C];
  };
  return {
    get capabilities() {
      return capture.capabilities;
    },
    subscribe(listener) {
      try {
        const end: unknown = capture.subscribe(listener);
        return typeof end === 'function' ? () => void end() : () => {};
      } catch {
        // It says nothing by itself; what it is told to do is answered all the same.
        return () => {};
      }
    },
    snapshot: steady('snapshot'),
    fence: steady('fence'),
    start: steady('start'),
    renew: steady('renew'),
    pause: steady('pause'),
    resume: steady('resume'),
    stop: steady('stop'),
    include: steady('include'),
    exclude: steady('exclude'),
  };
}
