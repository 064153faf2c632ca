import type { NoticeErrorCode } from '../core/errors.ts';
import type { Command } from '../transport/command.types.ts';
import type { CommandOutcome } from './command-outcome.types.ts';
import type { ErasureOutcome } from './records-commands.types.ts';
import type { Requests } from './requests.ts';
import type { SessionContext } from './session-context.ts';
import type { Wire } from './wire.ts';

/** What somebody is answered who may not give a command. */
export type Denied = { readonly outcome: 'denied'; readonly code: NoticeErrorCode };

/** The parts of a client that commands go through. */
interface Parts {
  readonly context: SessionContext;
  readonly wire: Wire;
  readonly requests: Requests;
}

/** Gives a person's commands, each in its turn on the client's mailbox. */
export class CommandPost {
  readonly #client: Parts;

  constructor(client: Parts) {
    this.#client = client;
  }

  /** Why this client may give no command at all, or none of a host's. */
  denial(isForEveryone = false): Denied | undefined {
    if (!this.#client.wire.isOpen) return { outcome: 'denied', code: 'session/not-joined' };
    return isForEveryone || this.#client.context.isHosting()
      ? undefined
      : { outcome: 'denied', code: 'session/not-permitted' };
  }

  /** Gives a host's command, or one that everyone may give for themselves. */
  give<Outcome extends ErasureOutcome = CommandOutcome>(command: Command, isForEveryone = false): Promise<Outcome> {
    return this.run(
      () => (this.denial(isForEveryone) ?? this.#client.requests.command(command)) as Outcome | Promise<Outcome>,
    );
  }

  run<T>(task: () => T | Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#client.context.mailbox.post(() => {
        try {
          resolve(task());
        } catch (error) {
          reject(error);
        }
      });
    });
  }
}
