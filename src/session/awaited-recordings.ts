import type { NoticeErrorCode } from '../core/errors.ts';
import type { RecordingId } from '../participants/participants.types.ts';
import type { Command, MeetingState, RecordingState } from '../transport/messages.types.ts';
import type { Requests } from './requests.ts';
import type { RequestOutcome } from './session.types.ts';
import type { SessionContext } from './session-context.ts';

/** What a host has asked for: requests for a recording until it has started or ended. Each ends, whatever happens (G9). */
export class AwaitedRecordings {
  readonly #context: SessionContext;
  readonly #requests: Requests;
  readonly #awaited = new Map<RecordingId, (outcome: RequestOutcome) => void>();

  constructor(context: SessionContext, requests: Requests) {
    this.#context = context;
    this.#requests = requests;
    requests.awaited = this;
  }

  /** `accepted` hears of the recording as soon as it has an id, and of when the request has ended. */
  request(
    command: Extract<Command, { do: 'requestRecording' }>,
    accepted: (recordingId: RecordingId, ended: Promise<unknown>) => void,
  ): Promise<RequestOutcome> {
    const outcome = new Promise<RequestOutcome>((resolve) => {
      this.#requests.send(command, (told) => {
        if (told.outcome === 'denied') {
          resolve({ outcome: 'denied', code: told.code as NoticeErrorCode });
        } else if (told.outcome === 'accepted' && told.recordingId !== undefined) {
          this.#awaited.set(told.recordingId, resolve);
          accepted(told.recordingId, outcome);
          this.meetingChanged(this.#context.meeting());
        } else {
          const code = (told.outcome === 'failed' ? told.code : 'authority/unreachable') as NoticeErrorCode;
          resolve({ outcome: 'failed', recordingId: '', code, retryable: true });
        }
      });
    });
    return outcome;
  }

  /** A recording that somebody waits for may have started or ended. */
  meetingChanged(meeting: MeetingState | undefined): void {
    for (const [recordingId, resolve] of this.#awaited) {
      const recording = meeting?.recordings.find((each) => each.recordingId === recordingId);
      const outcome = recording && outcomeOf(recording);
      if (!outcome) continue;
      this.#awaited.delete(recordingId);
      resolve(outcome);
    }
  }

  /** Contact is lost, another decides, or the session ends. */
  fail(code: NoticeErrorCode): void {
    for (const [recordingId, resolve] of this.#awaited) {
      const recording = this.#context.meeting()?.recordings.find((each) => each.recordingId === recordingId);
      // Whoever leaves while they ask has cancelled.
      const isCancelled = code === 'session/left' && recording?.status === 'asking';
      resolve(
        isCancelled ? { outcome: 'cancelled', recordingId } : { outcome: 'failed', recordingId, code, retryable: true },
      );
    }
    this.#awaited.clear();
  }
}

function outcomeOf({ recordingId, status, started, ended }: RecordingState): RequestOutcome | undefined {
  // It came to nothing, and could not be stopped: when that ends, nobody can say (G9).
  if (status === 'unknown' && !started && !ended) {
    return { outcome: 'failed', recordingId, code: 'capture/failed', retryable: false };
  }
  if (ended && !started) {
    if (ended.outcome === 'failed') {
      const code = (ended.code ?? 'capture/failed') as NoticeErrorCode;
      return { outcome: 'failed', recordingId, code, retryable: ended.retryable ?? false };
    }
    return { outcome: ended.outcome === 'stopped' ? 'cancelled' : ended.outcome, recordingId };
  }
  return started ? { outcome: 'started', recordingId } : undefined;
}
