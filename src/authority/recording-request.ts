import type { CaptureCapabilities } from '../recording/capture.types.ts';
import type { RecordingRequest } from '../recording/recording.types.ts';
import { times } from '../transport/times.ts';
import type { LiveRecording } from './live-recording.ts';

/** A time of grace is seen to be over before the wait for holds is, whichever timer runs first. */
const leewayMs = 100;

/** What the machine of a recording must know of a request, and of the recorder that is to take it. */
export function recordingRequest(
  live: LiveRecording,
  can: Pick<CaptureCapabilities, 'exclude' | 'lease'>,
): RecordingRequest {
  const { graceMs, captureTimeoutMs } = live.mainPolicy;
  return {
    recordingId: live.recordingId,
    storage: live.storage,
    by: live.by,
    captureTimeoutMs,
    holdWaitMs: Math.max(times.holdWaitMs, graceMs + leewayMs),
    leaseMs: times.leaseMs,
    stopAgainMs: times.stopAgainMs,
    isReachable: true,
    canExclude: can.exclude,
    hasLease: can.lease,
  };
}
