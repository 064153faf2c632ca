import type { NoticeErrorCode } from '../core/errors.ts';
import type { Purpose } from '../participants/participants.types.ts';
import type { Command } from '../transport/command.types.ts';
import type { AcknowledgedOutcome, MeetingState } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';
import type { ErasureOutcome } from './records-commands.types.ts';
import type { SessionContext } from './session-context.ts';

interface Pending {
  readonly id: string;
  readonly command: Command;
  readonly since: number;
  readonly done: (outcome: AcknowledgedOutcome) => void;
}

/** What ends otherwise than by an acknowledgement. */
interface Awaited {
  /** Purposes asked for, of which the meeting's state does not know yet. */
  readonly purposes: readonly Purpose[];
  meetingChanged(meeting: MeetingState | undefined): void;
  fail(code: NoticeErrorCode): void;
}

/** The commands that a client has given and that are not acknowledged yet. Each ends, whatever happens (G9). */
export class Requests {
  readonly #context: SessionContext;
  readonly #pending = new Map<string, Pending>();
  /** A host's: what waits for a recording to start or end. */
  awaited: Awaited | undefined;

  constructor(context: SessionContext) {
    this.#context = context;
  }

  command(command: Command): Promise<ErasureOutcome> {
    return new Promise((resolve) => {
      this.send(command, (outcome) => {
        if ('code' in outcome) resolve({ outcome: outcome.outcome, code: outcome.code as NoticeErrorCode });
        else resolve({ outcome: 'done' });
      });
    });
  }

  acknowledged(id: string, outcome: AcknowledgedOutcome): boolean {
    const pending = this.#pending.get(id);
    if (!pending) return false;
    this.#pending.delete(id);
    pending.done(outcome);
    return true;
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

  /** Where this person is has been said, and nobody has confirmed it. */
  get isDeclaring(): boolean {
    return [...this.#pending.values()].some(({ command }) => command.do === 'declareRegion');
  }

  /** Another authority decides now. Without an orderly hand-over nothing is replayed to it. */
  authorityChanged(orderly: boolean): void {
    for (const pending of [...this.#pending.values()]) {
      if (orderly || !this.#sentTo.has(pending.id)) this.#transmit(pending);
      else this.#fail(pending, 'authority/changed');
    }
    if (!orderly) this.awaited?.fail('authority/changed');
  }

  /** Contact is lost, or the session ends. */
  failAll(code: NoticeErrorCode): void {
    for (const pending of [...this.#pending.values()]) this.#fail(pending, code);
    this.awaited?.fail(code);
  }

  readonly #sentTo = new Set<string>();

  send(command: Command, done: Pending['done']): void {
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
}
