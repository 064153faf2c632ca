import type { Endpoint } from '../participants/participants.types.ts';
import { times } from '../transport/times.ts';
import { newlyAbsent } from './absence.rules.ts';
import type { AuthorityContext } from './authority.types.ts';
import type { Person, Seat } from './people.ts';
import type { Recordings } from './recordings.ts';

/** Who is named and has not said hello in time, and who is not heard any more. */
export class Attendance {
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
      if (!isHandingOver() && people.seat(seat.endpoint) === seat && seat.said === 'nothing')
        this.#recordings.enter(seat.person);
    });
  }

  /** Whoever said hello until now was not heard, or could not know of it. */
  awaitHellos(): void {
    for (const seat of this.#context.people.seats) if (seat.said === 'nothing') this.awaitHello(seat);
  }

  /** Counts absences, where clients say this often that they are there. */
  watch(aliveMs: number): void {
    const { people, now } = this.#context;
    for (const person of newlyAbsent(people.all, now(), times.absenceIntervals * aliveMs)) this.#isAbsent(person);
  }

  /** Who was not heard while nobody took what was handed over: they may follow somebody else by now. */
  unheard(aliveMs: number): Iterable<Person> {
    const { people, now, isHandingOver } = this.#context;
    return isHandingOver() ? newlyAbsent(people.all, now(), aliveMs + times.repeatMs) : [];
  }

  /** Left out until they are heard again. */
  suspend(endpoint: Endpoint): void {
    const seat = this.#context.people.seat(endpoint);
    if (seat && !seat.person.absent) this.#isAbsent(seat.person);
  }

  #isAbsent(person: Person): void {
    person.absent = true;
    this.#recordings.leave(person, false);
  }
}
