import type { AuthorityContext } from './authority.types.ts';
import type { LiveRecording } from './live-recording.ts';
import type { Person } from './people.ts';

/** Somebody is here while a recording of the meeting's own lives: from now on they are not kept outside of it. */
export function meets(person: Person, live: LiveRecording): void {
  if (!live.seen && !live.isAlone) person.met = live.recordingId;
}

/** Whoever is here was there for what runs, as far as the authority before knew of them; who is not is a newcomer. */
export function meetAll({ options: { before }, people }: AuthorityContext, live: LiveRecording | undefined): void {
  for (const person of people.all) {
    if (live && (before?.how !== 'crash' || before.knew(person.id))) meets(person, live);
  }
}

/** Holds a late joiner outside until they have answered, where the policy says so (R9). */
export function keepInLobby(person: Person, live: LiveRecording): void {
  // Nobody waits outside for what only names a purpose: they are left out of it.
  if (live.seen || live.isAlone || live.mainPolicy.onLateJoin !== 'lobby' || live.main.standingOf(person.id) !== 'late')
    return;
  person.admission = 'waiting';
}

/** Ends the waiting of somebody who has answered, or whose time is up: in, or not in at all under `leave`. */
export function leaveLobby(person: Person, live: LiveRecording): void {
  if (person.admission !== 'waiting' || live.isAlone) return;
  const standing = live.main.standingOf(person.id);
  if (standing === 'clear') person.admission = 'admitted';
  if (standing === 'refused') person.admission = live.mainPolicy.onRefusal === 'leave' ? 'denied' : 'admitted';
}
