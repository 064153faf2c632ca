import type { Endpoint } from '../participants/participants.types.ts';
import type { AcknowledgedOutcome, ClientMessage } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';
import type { AuthorityContext } from './authority.types.ts';
import { type Modules, modulesFor } from './modules.ts';
import { notLoaded } from './outcomes.ts';
import { isHosting, type Seat } from './people.ts';

type CommandMessage = Extract<ClientMessage, { t: 'command' }>;

/** The one that needs what is loaded, and those behind it. */
type Held = [CommandMessage, ...CommandMessage[]];

interface AwaitedCommandsOptions {
  readonly context: AuthorityContext;
  readonly modules: Modules;
  /** Takes a command that was put aside as if it came now. */
  readonly receive: (message: CommandMessage, from: Endpoint) => void;
  readonly acknowledge: (seat: Seat, id: string, outcome: AcknowledgedOutcome) => void;
}

/**
 * Commands that wait until what they need is loaded, and those of the same client behind them: each client's are taken in
 * the order in which it gave them. Nothing else waits, least of all an answer; and no command waits for long (G9).
 */
export class AwaitedCommands {
  readonly #its: AwaitedCommandsOptions;
  readonly #waiting = new Map<Endpoint, Held>();

  constructor(options: AwaitedCommandsOptions) {
    this.#its = options;
  }

  /** Puts a command aside that cannot be taken yet; `false` for one that can. */
  putsAside(seat: Seat, message: CommandMessage): boolean {
    const { context, modules } = this.#its;
    const { endpoint } = seat;
    const waiting = this.#waiting.get(endpoint);
    if (waiting) {
      // It is repeated until it is acknowledged.
      if (!waiting.some(({ id }) => id === message.id)) waiting.push(message);
      return true;
    }
    const loading = isHosting(seat.person) ? modules.need(modulesFor(message.command)) : undefined;
    if (!loading) return false;
    const held: Held = [message];
    this.#waiting.set(endpoint, held);
    const end = (isLoaded: boolean) => {
      if (this.#waiting.get(endpoint) === held) this.#end(seat, held, isLoaded);
    };
    context.timers.set(`load ${endpoint}`, times.loadMs, () => end(false));
    loading.then(
      () => context.post(() => end(true)),
      () => context.post(() => end(false)),
    );
    return true;
  }

  #end(seat: Seat, [first, ...behind]: Held, isLoaded: boolean): void {
    const { context, receive, acknowledge } = this.#its;
    context.timers.clear(`load ${seat.endpoint}`);
    this.#waiting.delete(seat.endpoint);
    if (isLoaded) receive(first, seat.endpoint);
    else acknowledge(seat, first.id, notLoaded);
    for (const message of behind) receive(message, seat.endpoint);
  }
}
