import { type Actor, createActor } from 'xstate';
import type { NoticeId } from '../notice/notice.types.ts';
import { promptMachine } from '../notice/prompt.machine.ts';
import type { PromptEvent } from '../notice/prompt.types.ts';

/** Shows an inspector each notice of a client as a running machine. Loaded only where somebody inspects. */
export class PromptInspection {
  readonly #inspect: (event: unknown) => void;
  readonly #actors = new Map<NoticeId, Actor<typeof promptMachine>>();

  constructor(inspect: (event: unknown) => void) {
    this.#inspect = inspect;
  }

  tell(noticeId: NoticeId, event: PromptEvent | undefined): void {
    let actor = this.#actors.get(noticeId);
    if (!actor) {
      actor = createActor(promptMachine, { inspect: this.#inspect }).start();
      this.#actors.set(noticeId, actor);
    }
    if (event) actor.send(event);
    if (actor.getSnapshot().status === 'done') this.#actors.delete(noticeId);
  }
}
