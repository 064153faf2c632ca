import { times } from '../transport/times.ts';
import { newlyAbsent } from './absence.rules.ts';
import type { AuthorityContext } from './authority.types.ts';
import type { Person, Seat } from './people.ts';
import type { Recordings } from './recordings.ts';

/** Counts who is not heard: absent after the absence time, and not to be asked where no hello came in time. */
export class Absences {
  readonly #context: AuthorityContext;
  readonly #recordings: Recordings;

  constructor(context: AuthorityContext, recordings: Recordings) {
    this.#context = context;
    this.#recordings = recordings;
  }

  /** From now on a hello is waited for; without one in time, somebody cannot be asked. */
  awaitHello(seat: Seat): void {
    if (!seat.sdk) return;
    const { people, timers, now, isHandingOver } = this.#context;
    seat.joinedAt = now();
    timers.set(`hello ${seat.endpoint}`, times.helloMs, () => {
      const isAwaited = people.seat(seat.endpoint) === seat && seat.said === 'nothing';
      if (isAwaited && !isHandingOver()) this.#recordings.enter(seat.person);
    });
  }

  /** Counts those who have been silent for so long. */
  watch(now: number, absenceMs: number): void {
    for (const person of newlyAbsent(this.#context.people.all, now, absenceMs)) this.mark(person);
  }

  mark(person: Person): void {
    person.absent = true;
    this.#recordings.leave(person, false);
  }
}
