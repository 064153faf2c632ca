import { attempt } from '../core/attempt.ts';
import { longestText } from '../core/misuse.ts';
import type { Region } from '../participants/participants.types.ts';
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
  /** Where this person has said that they are: whoever comes to decide is told. */
  region: Region | undefined;
  /** This client can tell whether the meeting is its active window; it is known again to be unable only where that is said. */
  canTell = false;
  /** This person shares their screen: whoever comes to decide is told. */
  isSharing = false;

  constructor(context: SessionContext, follower: Follower, binding: Binding) {
    this.#context = context;
    this.#follower = follower;
    this.#binding = binding;
    this.region = binding.self.region;
  }

  say(): void {
    const hello = this.hello();
    this.id = hello.id;
    this.#repeat(hello, 0);
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

  /** What this client says of itself: whoever hears it answers with the highest epoch they have heard of. */
  hello(): Hello {
    const { self, devices, capture, focus } = this.#binding;
    const canTell = () => focus !== undefined && focus.state() !== 'cannot-tell';
    this.canTell ||= attempt(canTell, this.#context.failed) === true;
    return {
      t: 'hello',
      id: this.#context.randomId(),
      devices: devices !== undefined,
      ...(capture && { recorder: true }),
      ...(this.canTell && { focus: true }),
      ...(this.isSharing && { sharing: true }),
      // Nobody would take a longer one, nor the hello that it came in.
      ...(self.name !== undefined && { name: self.name.slice(0, longestText) }),
      ...(this.region && { region: this.region }),
      ...(self.channel !== undefined && { channel: self.channel }),
      ...(this.#follower.highest && { highest: this.#follower.highest }),
    };
  }

  /**
   * A thousand who join need not tell each other: it goes to those who may decide, of whom the transport names. A host's goes to
   * everyone, who answer with the highest epoch; so does anybody's that has had no answer twice.
   */
  #repeat(hello: Hello, tries: number): void {
    this.#context.timers.set('hello', times.repeatMs, () => {
      if (!this.#follower.isWelcome && this.id === hello.id) this.#repeat(hello, tries + 1);
    });
    if (this.#context.tellAuthority(hello)) return;
    const named =
      tries > 1 || this.#context.isHosting() ? [] : this.#binding.transport.present()?.filter(this.#context.mayDecide);
    this.#context.tell(hello, named?.length ? named : 'all');
  }
}
