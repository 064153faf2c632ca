import type { BrowserCapture } from 'meeting-notice/browser';

type Recorder = Pick<
  BrowserCapture,
  | 'capabilities'
  | 'snapshot'
  | 'subscribe'
  | 'fence'
  | 'start'
  | 'renew'
  | 'pause'
  | 'resume'
  | 'stop'
  | 'include'
  | 'exclude'
>;

/**
 * The recorder as the demo's sessions know it. There is no provider here: what is to be kept in the cloud, which alone can
 * have a transcript, is kept by this browser in its place, and ends with its host’s page. `started` is told at once when a
 * start resolves.
 */
export function withCloud(capture: BrowserCapture, started: (recordingId: string) => void): Recorder {
  return {
    capabilities: { ...capture.capabilities, storage: ['local', 'cloud'] },
    snapshot: () => capture.snapshot(),
    subscribe: (listener) => capture.subscribe(listener),
    fence: (epoch) => capture.fence(epoch),
    async start(command) {
      await capture.start({ ...command, storage: 'local' });
      started(command.recordingId);
    },
    renew: (recordingId, epoch, leaseMs) => capture.renew(recordingId, epoch, leaseMs),
    pause: (recordingId) => capture.pause(recordingId),
    resume: (recordingId) => capture.resume(recordingId),
    stop: (recordingId) => capture.stop(recordingId),
    include: (recordingId, who) => capture.include(recordingId, who),
    exclude: (recordingId, who) => capture.exclude(recordingId, who),
  };
}
