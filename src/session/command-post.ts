import type { NoticeErrorCode } from '../core/errors.ts';
import type { Command } from '../transport/command.types.ts';
import type { Requests } from './requests.ts';
import type { CommandOutcome } from './session.types.ts';
import type { SessionContext } from './session-context.ts';
import type { Wire } from './wire.ts';

/** What somebody is answered who may not give a command. */
export type Denied = { readonly outcome: 'denied'; readonly code: NoticeErrorCode };

/** Gives a person's commands, each in its turn on the client's mailbox. */
export class CommandPost {
  readonly #context: SessionContext;
  readonly #wire: Wire;
  readonly #requests: Requests;

  constructor(context: SessionContext, wire: Wire, requests: Requests) {
    this.#context = context;
    this.#wire = wire;
    this.#requests = requests;
  }

  /** Why this client may give no command at all, or none of a host's. */
  denial(isForEveryone = false): Denied | undefined {
    if (!this.#wire.isOpen) return { outcome: 'denied', code: 'session/not-joined' };
    return isForEveryone || this.#context.isHosting()
      ? undefined
      : { outcome: 'denied', code: 'session/not-permitted' };
  }

  /** Gives a host's command, or one that everyone may give for themselves. */
  give(command: Command, isForEveryone = false): Promise<CommandOutcome> {
    const { mailbox } = this.#context;
    let outcome: Promise<CommandOutcome> | undefined;
    mailbox.post(() => {
      const denial = this.denial(isForEveryone);
      outcome = denial ? Promise.resolve(denial) : this.#requests.command(command);
    });
    // Called from within a hook: it waits its turn, as every task does.
    return outcome ?? new Promise((resolve) => mailbox.post(() => resolve(outcome as Promise<CommandOutcome>)));
  }

  run<T>(task: () => T | Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#context.mailbox.post(() => {
        try {
          resolve(task());
        } catch (error) {
          reject(error);
        }
      });
    });
  }
}
