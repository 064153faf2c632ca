import type { CaptureController, CaptureFact } from '../recording/capture.types.ts';
import type { SimulatedCapture } from './parsed.types.ts';
import type { CaptureCall } from './scenario.types.ts';
import type { SimulatedRecorder } from './simulated-recorder.ts';

/** What one client's controller works through. */
export interface CaptureLine {
  /** The shared recorder, which outlives clients, and the client's own. */
  readonly cloud: SimulatedRecorder;
  readonly local: SimulatedRecorder;
  readonly options: SimulatedCapture;
  /** `gone`: the process is no more, and its calls never end. */
  state(): 'connected' | 'disconnected' | 'gone';
}

/** One client's port to the recorders: its calls fail while it is disconnected, and as the scenario wants. */
export function simulatedCapture({ cloud, local, options, state }: CaptureLine): CaptureController {
  const never = (): Promise<never> => new Promise(() => {});
  const recorderOf = (recordingId: string): SimulatedRecorder => (local.has(recordingId) ? local : cloud);

  /** A call that hangs may still have done its work at the other end; only a start does here, for the worst of it. */
  async function call<T>(name: CaptureCall, work: () => T | Promise<T>): Promise<T> {
    if (state() === 'gone') return never();
    if (state() === 'disconnected') throw new Error('no connection to the recorder');
    if (options.fails.includes(name)) throw new Error(`simulated: ${name} fails`);
    const hangs = options.hangs.includes(name);
    const result = hangs && name !== 'start' ? undefined : await work();
    return hangs || state() === 'gone' ? never() : (result as T);
  }

  const both = [cloud, local] as const;
  return {
    capabilities: {
      exclude: options.canExclude,
      pause: options.canPause,
      lease: options.lease,
      storage: ['cloud', 'local'],
    },
    snapshot: () => call('snapshot', () => ({ captures: both.flatMap((recorder) => recorder.snapshot().captures) })),
    subscribe(listener) {
      const tell = (fact: CaptureFact): void => {
        if (state() === 'connected') listener(fact);
      };
      const ends = both.map((recorder) => recorder.subscribe(tell));
      return () => ends.forEach((end) => void end());
    },
    fence: (epoch) => call('fence', () => both.forEach((recorder) => void recorder.fence(epoch))),
    start: (command) => call('start', () => (command.storage === 'local' ? local : cloud).start(command)),
    renew: (id, epoch, leaseMs) => call('renew', () => recorderOf(id).renew(id, epoch, leaseMs)),
    pause: (id) =>
      call('pause', () => {
        if (!options.canPause) throw new Error('this recorder cannot pause');
        recorderOf(id).turn(id, 'paused');
      }),
    resume: (id) => call('resume', () => recorderOf(id).turn(id, 'on')),
    stop: (id) => call('stop', () => recorderOf(id).stop(id)),
    include: (id, who) => call('include', () => recorderOf(id).include(id, who, true)),
    exclude: (id, who) => call('exclude', () => recorderOf(id).include(id, who, false)),
  };
}
