import type { Endpoint } from '../participants/participants.types.ts';
import type { Policy } from '../policy/policy.types.ts';
import { times } from '../transport/times.ts';
import type { SegmentsQuery } from '../transport/transcript-messages.types.ts';
import type { AuthorityContext } from './authority.types.ts';
import type { OwnTranscript, Taken } from './own-transcript.ts';
import { isHosting, type Person, type Seat } from './people.ts';

/** How many segments one message carries at most. */
const segmentsAtOnce = 32;

/**
 * Tells those whom the policy lets read what is kept of a transcript, as one numbered stream to each: from the point at
 * which they came, and nothing from before (docs/decisions/0014).
 */
export class TranscriptReaders {
  readonly #context: AuthorityContext;
  readonly #policy: () => Policy;
  /** How far the transcript had come when each reader came. */
  readonly #since = new Map<string, Map<Endpoint, number>>();
  #toldAt = Number.NEGATIVE_INFINITY;
  #headAt = Number.NEGATIVE_INFINITY;

  constructor(context: AuthorityContext, policy: () => Policy) {
    this.#context = context;
    this.#policy = policy;
  }

  /** Whoever is here now reads it from here on. */
  begin(transcript: OwnTranscript): void {
    for (const endpoint of this.#endpoints()) this.#sinceOf(transcript, endpoint);
  }

  tell(transcript: OwnTranscript, { kept, interim }: Taken): void {
    if (kept.length + interim.length === 0) return;
    const known = transcript.head - kept.length;
    const to = this.#endpoints();
    for (const endpoint of to) this.#sinceOf(transcript, endpoint, known);
    this.#toldAt = this.#context.now();
    this.#send(transcript, known, kept, to, interim.length > 0 ? { interim } : {});
  }

  /** Somebody misses what was told from a number on; `false` for whom the policy does not let read. */
  asked(seat: Seat, transcript: OwnTranscript, { from }: SegmentsQuery): boolean {
    if (!this.#isReader(seat.person)) return false;
    // Who is outside reads nothing yet, and asks again.
    if (!this.#mayRead(seat)) return true;
    const known = Math.max(from - 1, this.#sinceOf(transcript, seat.endpoint));
    this.#send(transcript, known, transcript.toldAfter(known, segmentsAtOnce), [seat.endpoint], { re: from });
    return true;
  }

  /** Says again for a while how far it has come, so that a last segment that was lost is missed. */
  tick(transcript: OwnTranscript): void {
    const now = this.#context.now();
    if (now - this.#toldAt > times.giveUpMs || now - this.#headAt < times.beaconToHostsMs) return;
    this.#headAt = now;
    this.#send(transcript, transcript.head, [], this.#endpoints());
  }

  left(endpoint: Endpoint): void {
    for (const since of this.#since.values()) since.delete(endpoint);
  }

  #sinceOf({ transcriptId, head }: OwnTranscript, endpoint: Endpoint, known = head): number {
    const since = this.#since.get(transcriptId) ?? new Map<Endpoint, number>();
    this.#since.set(transcriptId, since);
    const before = since.get(endpoint);
    if (before === undefined) since.set(endpoint, known);
    return before ?? known;
  }

  #endpoints(): Endpoint[] {
    const { people } = this.#context;
    const seats = this.#policy().transcription.readers === 'everyone' ? people.seats : hostSeats(people.hosting);
    return [...seats].filter((seat) => this.#mayRead(seat)).map(({ endpoint }) => endpoint);
  }

  #mayRead({ said, person }: Seat): boolean {
    return said === 'hello' && person.admission === 'admitted' && this.#isReader(person);
  }

  #isReader(person: Person): boolean {
    return isHosting(person) || this.#policy().transcription.readers === 'everyone';
  }

  #send(
    { transcriptId, recordingId }: OwnTranscript,
    known: number,
    kept: Taken['kept'],
    to: readonly Endpoint[],
    more: { readonly interim?: Taken['interim']; readonly re?: number } = {},
  ): void {
    if (to.length === 0) return;
    const { epoch, send } = this.#context.options;
    send({ t: 'segments', epoch, transcriptId, recordingId, from: known + 1, kept, ...more }, to);
  }
}

function* hostSeats(hosting: Iterable<{ readonly seats: readonly Seat[] }>): Generator<Seat> {
  for (const { seats } of hosting) yield* seats;
}
