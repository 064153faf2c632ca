import type { Person } from './people.ts';

/**
 * Whose clients have all been silent for the absence time, and were not before. Who has never said hello, and is not known
 * to be able to, is not absent: they cannot be asked.
 */
export function* newlyAbsent(people: Iterable<Person>, now: number, absenceMs: number): Generator<Person> {
  for (const person of people) {
    let heardAt = 0;
    let speaks = person.speaks;
    for (const seat of person.seats) {
      if (seat.said === 'hello') speaks = true;
      if (seat.heardAt > heardAt) heardAt = seat.heardAt;
    }
    if (speaks && !person.absent && now - heardAt > absenceMs) yield person;
  }
}
