import type { Message } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';
import type { Binding } from './binding.ts';
import type { Follower } from './follower.ts';
import type { SessionContext } from './session-context.ts';

type Hello = Extract<Message, { t: 'hello' }>;

/** Says hello until whoever decides has answered with a first snapshot. */
export class Introduction {
  readonly #context: SessionContext;
  readonly #follower: Follower;
  readonly #binding: Binding;
  #waiting: (() => void)[] = [];
  /** The id of the last hello: an answer names it. */
  id = '';

  constructor(context: SessionContext, follower: Follower, binding: Binding) {
    this.#context = context;
    this.#follower = follower;
    this.#binding = binding;
  }

  say(): void {
    const { self, devices } = this.#binding;
    this.id = this.#context.randomId();
    this.#repeat({
      t: 'hello',
      id: this.id,
      devices: devices !== undefined,
      ...(self.name !== undefined && { name: self.name }),
      ...(self.region !== undefined && { region: self.region }),
      ...(self.channel !== undefined && { channel: self.channel }),
      ...(this.#follower.highest && { highest: this.#follower.highest }),
    });
  }

  /** Runs `task` at the first snapshot. */
  whenAnswered(task: () => void): void {
    if (this.#follower.isWelcome) task();
    else this.#waiting.push(task);
  }

  answered(): void {
    this.#context.timers.clear('hello');
    for (const task of this.#waiting.splice(0)) task();
  }

  #repeat(hello: Hello): void {
    if (!this.#context.tellAuthority(hello)) this.#context.tellAll(hello);
    this.#context.timers.set('hello', times.repeatMs, () => {
      if (!this.#follower.isWelcome && this.id === hello.id) this.#repeat(hello);
    });
  }
}
