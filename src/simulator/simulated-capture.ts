import type { Storage } from '../participants/participants.types.ts';
import type { CaptureController, CaptureFact } from '../recording/capture.types.ts';
import type { SimulatedCapture } from './parsed.types.ts';
import type { CaptureCall } from './scenario.types.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import type { SimulatedRecorder } from './simulated-recorder.ts';

/** What one client's controller works through. */
export interface CaptureLine {
  /** The shared recorder, which outlives clients, and the client's own. */
  readonly cloud: SimulatedRecorder;
  readonly local: SimulatedRecorder;
  readonly options: SimulatedCapture;
  /** The program that calls. */
  readonly process: SimulatedProcess;
  /** `gone`: the process is no more, and its calls never end. */
  state(): 'connected' | 'disconnected' | 'gone';
}

/** One client's port to the recorders: its calls fail while it is disconnected, and as the scenario wants. */
export function simulatedCapture({ cloud, local, options, process, state }: CaptureLine): CaptureController {
  const never = (): Promise<never> => new Promise(() => {});
  const storageOf = (recordingId: string): Storage => (local.has(recordingId) ? 'local' : 'cloud');
  const recorderOf = (recordingId: string): SimulatedRecorder => (storageOf(recordingId) === 'local' ? local : cloud);

  const isCutOff = (): boolean => {
    const [from, to] = options.cutOffMs ?? [0, 0];
    const now = process.outside.now();
    return now >= from && now < to;
  };
  const taking = (name: CaptureCall): Promise<void> | undefined => {
    const ms = options.takesMs?.[name];
    return ms === undefined ? undefined : new Promise((resolve) => void process.outside.setTimeout(resolve, ms));
  };
  /** An answer reaches a program that is awake. */
  const awake = (): Promise<void> | undefined =>
    process.isAsleep ? new Promise((resolve) => process.run(resolve)) : undefined;

  /**
   * A call that hangs or takes its time may have done its work at the other end already; only a start has here, for the
   * worst of it.
   */
  async function call<T>(name: CaptureCall, storage: Storage, work: () => T | Promise<T>): Promise<T> {
    if (state() === 'gone') return never();
    if (state() === 'disconnected' || (storage === 'cloud' && isCutOff()))
      throw new Error('no connection to the recorder');
    if (options.fails.includes(name)) throw new Error(`simulated: ${name} fails`);
    const hangs = options.hangs.includes(name);
    if (name !== 'start') await taking(name);
    const result = hangs && name !== 'start' ? undefined : await work();
    if (name === 'start') await taking(name);
    await awake();
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
    snapshot: () =>
      call('snapshot', 'cloud', () => ({ captures: both.flatMap((recorder) => recorder.snapshot().captures) })),
    subscribe(listener) {
      const tell = (fact: CaptureFact): void => process.run(() => state() === 'connected' && listener(fact));
      const ends = [local.subscribe(tell), cloud.subscribe((fact) => isCutOff() || tell(fact))];
      return () => ends.forEach((end) => void end());
    },
    fence: (epoch) => call('fence', 'cloud', () => both.forEach((recorder) => void recorder.fence(epoch))),
    start: (command) =>
      call('start', command.storage, () => (command.storage === 'local' ? local : cloud).start(command)),
    renew: (id, epoch, leaseMs) => call('renew', storageOf(id), () => recorderOf(id).renew(id, epoch, leaseMs)),
    pause: (id) =>
      call('pause', storageOf(id), () => {
        if (!options.canPause) throw new Error('this recorder cannot pause');
        recorderOf(id).turn(id, 'paused');
      }),
    resume: (id) => call('resume', storageOf(id), () => recorderOf(id).turn(id, 'on')),
    stop: (id) => call('stop', storageOf(id), () => recorderOf(id).stop(id)),
    include: (id, who) => call('include', storageOf(id), () => recorderOf(id).include(id, who, true)),
    exclude: (id, who) => call('exclude', storageOf(id), () => recorderOf(id).include(id, who, false)),
  };
}
