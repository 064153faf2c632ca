import type { AuthorityContext } from './authority.types.ts';

/** After this long a pause that is not confirmed keeps nobody out: those it is for have their devices held instead. */
const lateMs = 1000;
/** In which states of its recording a recorder can be on, and not be paused. */
const unpausable = ['starting', 'stopping', 'unstopped'];

/** Whether a recorder that was told to pause has, or is late with it. */
export class PauseWatch {
  readonly #context: AuthorityContext;
  #state = 'off';
  #pausingSince = 0;

  constructor(context: AuthorityContext) {
    this.#context = context;
  }

  /** The recorder was told to pause, and has not for a while; or it could not, and is being stopped; or it cannot yet. */
  get isLate(): boolean {
    if (unpausable.includes(this.#state)) return true;
    return this.#state === 'pausing' && this.#context.now() - this.#pausingSince >= lateMs;
  }

  /** The recording is in another state; `true` where a resume has come to nothing. */
  moved(state: string): boolean {
    const hasFailed = state === 'pausing' && this.#state === 'resuming';
    this.#state = state;
    if (state === 'pausing') {
      this.#pausingSince = this.#context.now();
      this.#context.timers.set('pause is late', lateMs, () => this.#context.changed.everyone());
    }
    return hasFailed;
  }
}
