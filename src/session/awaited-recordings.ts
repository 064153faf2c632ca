import type { NoticeErrorCode } from '../core/errors.ts';
import type { Purpose, RecordingId } from '../participants/participants.types.ts';
import type { Command } from '../transport/command.types.ts';
import type { MeetingState, RecordingState } from '../transport/messages.types.ts';
import { overMs, times } from '../transport/times.ts';
import type { Requests } from './requests.ts';
import type { RequestOutcome } from './session.types.ts';
import type { SessionContext } from './session-context.ts';

interface Asked {
  readonly purposes: readonly Purpose[];
  readonly resolve: (outcome: RequestOutcome) => void;
}

interface AwaitedOptions {
  /** Whether this client decides. */
  readonly decides: () => boolean;
  readonly tellIndicators: () => void;
}

/**
 * What a host has asked for: requests for a recording until it has started or ended. Each ends, whatever happens (G9).
 * Whoever asks consents, and may be captured before the meeting's state is here: their indicator says `asking` from the
 * request on. Where it fails before they have heard, it does so until contact is lost too, or the authority that is gone has
 * left them out (G2).
 */
export class AwaitedRecordings {
  readonly #context: SessionContext;
  readonly #requests: Requests;
  readonly #options: AwaitedOptions;
  readonly #unacknowledged = new Set<Asked>();
  /** What failed, and may have begun without a word of it here. */
  readonly #unheard = new Set<Asked>();
  #unheardUntilMs = 0;
  readonly #awaited = new Map<RecordingId, Asked>();

  constructor(context: SessionContext, requests: Requests, options: AwaitedOptions) {
    this.#context = context;
    this.#requests = requests;
    this.#options = options;
    requests.awaited = this;
  }

  get purposes(): readonly Purpose[] {
    const unheard = [...this.#awaited].filter(([recordingId]) => !this.#heardOf(recordingId)).map(([, asked]) => asked);
    return [...this.#unacknowledged, ...unheard, ...this.#unheard].flatMap(({ purposes }) => purposes);
  }

  /** `accepted` hears of the recording as soon as it has an id, and of when the request has ended. */
  request(
    command: Extract<Command, { do: 'requestRecording' }>,
    accepted: (recordingId: RecordingId, ended: Promise<unknown>) => void,
  ): Promise<RequestOutcome> {
    const outcome = new Promise<RequestOutcome>((resolve) => {
      const asked: Asked = { purposes: command.transcript ? ['recording', 'transcription'] : ['recording'], resolve };
      this.#unacknowledged.add(asked);
      this.#requests.send(command, (told) => {
        this.#unacknowledged.delete(asked);
        if (told.outcome === 'denied') {
          resolve({ outcome: 'denied', code: told.code as NoticeErrorCode });
        } else if (told.outcome === 'accepted' && told.recordingId !== undefined) {
          this.#awaited.set(told.recordingId, asked);
          accepted(told.recordingId, outcome);
          this.meetingChanged(this.#context.meeting());
        } else {
          const code = (told.outcome === 'failed' ? told.code : 'authority/unreachable') as NoticeErrorCode;
          this.#mayHaveBegun(asked, code);
          resolve({ outcome: 'failed', recordingId: '', code, retryable: true });
        }
        this.#options.tellIndicators();
      });
      // Who decides has the meeting's state before anything is captured.
      if (!this.#options.decides()) this.#options.tellIndicators();
    });
    return outcome;
  }

  /** A recording that somebody waits for may have started or ended. */
  meetingChanged(meeting: MeetingState | undefined): void {
    for (const [recordingId, { resolve }] of this.#awaited) {
      const recording = meeting?.recordings.find((each) => each.recordingId === recordingId);
      const outcome = recording && outcomeOf(recording);
      if (!outcome) continue;
      this.#awaited.delete(recordingId);
      resolve(outcome);
    }
  }

  /** Contact is lost, another decides, or the session ends. */
  fail(code: NoticeErrorCode): void {
    for (const [recordingId, asked] of this.#awaited) {
      const heard = this.#heardOf(recordingId);
      if (!heard) this.#mayHaveBegun(asked, code);
      // Whoever leaves while they ask has cancelled.
      const isCancelled = code === 'session/left' && heard?.status === 'asking';
      asked.resolve(
        isCancelled ? { outcome: 'cancelled', recordingId } : { outcome: 'failed', recordingId, code, retryable: true },
      );
    }
    this.#awaited.clear();
    if (code === 'session/left') this.#unheard.clear();
  }

  #mayHaveBegun(asked: Asked, code: NoticeErrorCode): void {
    const now = this.#context.clock.now();
    const inMs = code === 'authority/changed' ? overMs(times.aliveMs) : times.unknownMs;
    this.#unheard.add(asked);
    this.#unheardUntilMs = Math.max(this.#unheardUntilMs, now + inMs);
    this.#context.timers.set('unheard', this.#unheardUntilMs - now, () => {
      this.#unheard.clear();
      this.#options.tellIndicators();
    });
  }

  #heardOf(recordingId: RecordingId): RecordingState | undefined {
    return this.#context.meeting()?.recordings.find((each) => each.recordingId === recordingId);
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
