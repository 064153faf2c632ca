import { attempt } from '../core/attempt.ts';
import type { CaptureController } from './capture.types.ts';

/**
 * A recorder each of whose calls is a promise, as the port says: one that throws in place of it is rejected, one that
 * gives nothing has ended (G9). One that cannot be listened to says nothing by itself.
 */
export const steadyCapture = (capture: CaptureController): CaptureController =>
  new Proxy({} as CaptureController, {
    get(_, name: keyof CaptureController) {
      if (name === 'capabilities') return capture.capabilities;
      const call = (...given: unknown[]) => Reflect.apply(capture[name], capture, given);
      if (name === 'subscribe')
        return (...given: unknown[]) =>
          attempt(
            () => call(...given),
            () => {},
          );
      return async (...given: unknown[]) => call(...given);
    },
  });
