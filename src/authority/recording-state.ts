import type { Status } from '../participants/participants.types.ts';
import type { RecordingState } from '../transport/messages.types.ts';
import type { LiveRecording } from './live-recording.ts';
import type { OwnRecording } from './own-recording.ts';

/** A recording of the meeting's own as everyone is told of it. */
export function ownState(own: OwnRecording): RecordingState {
  const { outcome, code, started } = own.context;
  const ended = own.state === 'off' && outcome !== null;
  return {
    ...liveState(own.live, own.status),
    started,
    endsBy: own.request.storage === 'local' ? 'client' : own.request.hasLease ? 'lease' : 'platform',
    ...(ended && {
      ended: {
        outcome,
        ...(code && { code }),
        ...(outcome === 'failed' && { retryable: isRetryable(code) }),
        ...(own.live.isEndConfirmed && { confirmed: true }),
      },
    }),
  };
}

/** A capture of the platform's own as everyone is told of it. */
export function seenState(live: LiveRecording, active: boolean): RecordingState {
  return {
    ...liveState(live, active ? (live.isPaused ? 'paused' : 'on') : 'off'),
    started: true,
    seen: true,
    ...(live.controlled && { controlled: true }),
    endsBy: 'platform',
    ...(!active && { ended: { outcome: 'stopped' } }),
  };
}

/**
 * A purpose that lives without a recording, as everyone is told of it. What is done for it ends with the client that does
 * it: nobody else could say that it has.
 */
export function purposeState(live: LiveRecording): RecordingState {
  const isOn = live.purposesOn.has(live.mainPurpose);
  return { ...liveState(live, isOn ? 'on' : 'asking'), started: isOn, endsBy: 'client' };
}

function liveState(live: LiveRecording, status: Status): Omit<RecordingState, 'started' | 'endsBy'> {
  const statuses: Record<string, Status> = {};
  for (const purpose of live.purposes) {
    const own = live.statusOf(purpose, status);
    if (own !== status) statuses[purpose] = own;
  }
  return {
    recordingId: live.recordingId,
    purposes: live.purposes,
    status,
    ...(Object.keys(statuses).length > 0 && { statuses }),
    ...(live.storage && { storage: live.storage }),
    by: live.by,
    ...(live.reason && { reason: live.reason }),
    ...(live.only && { only: live.only }),
    ...(live.withoutWaiting && { withoutWaiting: live.withoutWaiting }),
    ...(live.lastBy && { lastBy: live.lastBy }),
  };
}

const isRetryable = (code: string | null): boolean => code === 'capture/failed' || code === 'capture/timed-out';
