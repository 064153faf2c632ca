import type { NoticeErrorCode } from '../core/errors.ts';
import type { RecordingId } from '../participants/participants.types.ts';
import type { AcknowledgedOutcome, Command, MeetingState, RecordingState } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';
import type { CommandOutcome, RequestOutcome } from './session.types.ts';
import type { SessionContext } from './session-context.ts';

interface Pending {
  readonly id: string;
  readonly command: Command;
  readonly since: number;
  readonly done: (outcome: AcknowledgedOutcome) => void;
}

/**
 * What a client has asked of the authority and not yet heard the end of: commands until they are acknowledged, and
 * requests for a recording until it has started or ended. Each ends, whatever happens (G9).
 */
export class Requests {
  readonly #context: SessionContext;
  readonly #pending = new Map<string, Pending>();
  readonly #awaited = new Map<RecordingId, (outcome: RequestOutcome) => void>();

  constructor(context: SessionContext) {
    this.#context = context;
  }

  command(command: Command): Promise<CommandOutcome> {
    return new Promise((resolve) => {
      this.#send(command, (outcome) => {
        if (outcome.outcome === 'denied' || outcome.outcome === 'failed') {
          resolve({ outcome: outcome.outcome, code: outcome.code as NoticeErrorCode });
        } else resolve({ outcome: 'done' });
      });
    });
  }

  /** `accepted` hears of the recording as soon as it has an id, and of when the request has ended. */
  request(
    command: Extract<Command, { do: 'requestRecording' }>,
    accepted: (recordingId: RecordingId, ended: Promise<unknown>) => void,
  ): Promise<RequestOutcome> {
    const outcome = new Promise<RequestOutcome>((resolve) => {
      this.#send(command, (told) => {
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

  acknowledged(id: string, outcome: AcknowledgedOutcome): boolean {
    const pending = this.#pending.get(id);
    if (!pending) return false;
    this.#pending.delete(id);
    pending.done(outcome);
    return true;
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

  /** Repeats what is not acknowledged, and gives up what was not for ten seconds. */
  tick(now: number): void {
    for (const pending of [...this.#pending.values()]) {
      if (now - pending.since >= times.giveUpMs) this.#fail(pending, 'authority/unreachable');
      else this.#transmit(pending);
    }
  }

  get isWaiting(): boolean {
    return this.#pending.size > 0;
  }

  /** Another authority decides now. Without an orderly hand-over nothing is replayed to it. */
  authorityChanged(orderly: boolean): void {
    for (const pending of [...this.#pending.values()]) {
      if (orderly || !this.#sentTo.has(pending.id)) this.#transmit(pending);
      else this.#fail(pending, 'authority/changed');
    }
    if (!orderly) this.#failAwaited('authority/changed');
  }

  /** Contact is lost, or the session ends. */
  failAll(code: NoticeErrorCode): void {
    for (const pending of [...this.#pending.values()]) this.#fail(pending, code);
    this.#failAwaited(code);
  }

  readonly #sentTo = new Set<string>();

  #send(command: Command, done: Pending['done']): void {
    const pending = { id: this.#context.randomId(), command, since: this.#context.clock.now(), done };
    this.#pending.set(pending.id, pending);
    this.#transmit(pending);
  }

  #transmit({ id, command }: Pending): void {
    const followed = this.#context.followed();
    if (!followed) return;
    if (this.#context.tellAuthority({ t: 'command', id, epoch: followed.epoch, command })) this.#sentTo.add(id);
  }

  #fail(pending: Pending, code: NoticeErrorCode): void {
    this.#pending.delete(pending.id);
    this.#sentTo.delete(pending.id);
    pending.done({ outcome: 'failed', code });
  }

  #failAwaited(code: NoticeErrorCode): void {
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
