import { NoticeError } from '../core/errors.ts';
import type { CaptureCall, RecordingEvent } from '../recording/recording.types.ts';

/** What the machine is told when a call has succeeded. */
export function succeeded(call: CaptureCall): RecordingEvent {
  switch (call) {
    case 'start':
      // The authority puts in who stands where at that instant.
      return { type: 'capture.started', readiness: nobodyYet };
    case 'pause':
      return { type: 'capture.paused' };
    case 'resume':
      return { type: 'capture.resumed' };
    default:
      return { type: 'capture.stopped' };
  }
}

const nobodyYet = {
  counts: { clear: 0, unanswered: 0, refused: 0, late: 0, 'cannot-be-asked': 0 },
  blocked: true,
  settled: false,
  expired: 0,
} as const;

/** The code of what a recorder rejected a call with. */
export function codeOf(error: unknown): string {
  return error instanceof NoticeError ? error.code : 'capture/failed';
}
