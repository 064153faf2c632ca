import type { NoticeClosed, NoticeId } from '../notice/notice.types.ts';
import type {
  Admission,
  Channel,
  Endpoint,
  ParticipantId,
  RecordingId,
  Region,
  Requester,
  Role,
} from '../participants/participants.types.ts';
import type { BotHere, HelloMessage } from '../transport/messages.types.ts';

// A meeting's state is small, however many there are: so many of them, and so much of a name.
const botsNamed = 8;
const successorsNamed = 8;
const botNameLength = 60;

/** One session of a person, as the authority knows it. */
export interface Seat {
  readonly endpoint: Endpoint;
  readonly person: Person;
  sdk: boolean;
  said: 'nothing' | 'hello';
  devices: boolean;
  /** It reaches the meeting's recorder. */
  recorder: boolean;
  /** It can tell whether the meeting is its active window. */
  focus: boolean;
  joinedAt: number;
  heardAt: number;
  /** The last personal state it has carried out. */
  got: number;
  /** The recording whose hold is on there. */
  held: string | undefined;
}

/** The notices that stand before somebody, and the last ones that do not any more. */
export interface NoticesTold {
  readonly open: readonly { readonly noticeId: NoticeId; readonly recordingId: RecordingId }[];
  readonly closed: readonly { readonly noticeId: NoticeId; readonly because: NoticeClosed }[];
}

const noNotices: NoticesTold = { open: [], closed: [] };

/** Somebody in the meeting. */
export interface Person {
  readonly id: ParticipantId;
  readonly order: number;
  role: Role;
  channel: Channel;
  name: string | undefined;
  region: Region | undefined;
  admission: Admission;
  /** Not heard for the absence time: excluded until heard again. */
  absent: boolean;
  /** Their client is known to speak this protocol: their silence is absence, not inability. */
  speaks: boolean;
  seats: readonly Seat[];
  /** The last of the meeting's own recordings that they were there for, or came to. */
  met: RecordingId | undefined;
  notices: NoticesTold;
  /** Version of the personal state, raised with each change. */
  n: number;
  /** The personal state that they were last told, as text. */
  told: string | undefined;
  /** Their row as hosts were last told it, as text, beside the name. */
  toldRow: string | undefined;
  toldName: string | undefined;
}

/** Whether a person's client can put a notice before them and answer for them. */
export type Reach = 'pending' | 'asks' | 'tells' | 'none';

/**
 * Who is here, by the transport's word. A participant may have several sessions, and has left when the last has.
 */
export class People {
  readonly #people = new Map<ParticipantId, Person>();
  readonly #seats = new Map<Endpoint, Seat>();
  readonly #bots = new Set<Person>();
  readonly #hosting = new Set<Person>();
  readonly #speaking = new Set<ParticipantId>();
  readonly #absent = new Set<ParticipantId>();
  readonly #outside = new Map<ParticipantId, Admission>();
  #order = 0;

  get all(): Iterable<Person> {
    return this.#people.values();
  }

  get ids(): ParticipantId[] {
    return [...this.#people.keys()];
  }

  get size(): number {
    return this.#people.size;
  }

  get seatCount(): number {
    return this.#seats.size;
  }

  /** Software that is in the meeting, in join order: shown to all, never asked, never counted (G1). */
  get bots(): BotHere[] {
    return [...this.#bots].slice(0, botsNamed).map(({ id, name }) => ({
      participantId: id,
      ...(name !== undefined && { name: name.slice(0, botNameLength) }),
    }));
  }

  /** Hosts and co-hosts. */
  get hosting(): Iterable<Person> {
    return this.#hosting;
  }

  person(id: ParticipantId): Person | undefined {
    return this.#people.get(id);
  }

  seat(endpoint: Endpoint): Seat | undefined {
    return this.#seats.get(endpoint);
  }

  get seats(): Iterable<Seat> {
    return this.#seats.values();
  }

  /** Adds a session; the person too, if it is their first. */
  enter(
    endpoint: Endpoint,
    id: ParticipantId,
    facts: { role: Role; channel: Channel | undefined; sdk: boolean; at: number },
  ): { seat: Seat; isNew: boolean } {
    const known = this.#seats.get(endpoint);
    if (known) {
      if (facts.channel) known.person.channel = facts.channel;
      this.#sort(known.person);
      return { seat: known, isNew: false };
    }
    let person = this.#people.get(id);
    const isNew = !person;
    if (!person) {
      person = {
        id,
        order: this.#order++,
        role: facts.role,
        channel: facts.channel ?? 'app',
        name: undefined,
        region: undefined,
        admission: this.#outside.get(id) ?? 'admitted',
        absent: this.#absent.delete(id),
        speaks: this.#speaking.has(id),
        seats: [],
        met: undefined,
        notices: noNotices,
        n: 0,
        told: undefined,
        toldRow: undefined,
        toldName: undefined,
      };
      this.#outside.delete(id);
      this.#people.set(id, person);
      if (isHosting(person)) this.#hosting.add(person);
      this.#sort(person);
    }
    const seat: Seat = {
      endpoint,
      person,
      sdk: facts.sdk,
      said: 'nothing',
      devices: false,
      recorder: false,
      focus: false,
      joinedAt: facts.at,
      heardAt: facts.at,
      got: 0,
      held: undefined,
    };
    person.seats = person.seats.concat(seat);
    this.#seats.set(endpoint, seat);
    return { seat, isNew };
  }

  hello(seat: Seat, said: HelloMessage): void {
    seat.said = 'hello';
    seat.sdk = true;
    seat.devices = said.devices;
    seat.recorder = said.recorder ?? false;
    seat.focus = said.focus ?? false;
    const { person } = seat;
    person.speaks = true;
    if (said.name !== undefined) person.name = said.name;
    if (said.region !== undefined) person.region = said.region;
    if (said.channel !== undefined && person.channel === 'app') person.channel = said.channel;
    this.#sort(person);
  }

  /** Takes the transport's word of a role, which may change at any time; `true` if it is another now. */
  takeRole(person: Person, role: Role): boolean {
    if (person.role === role) return false;
    person.role = role;
    if (isHosting(person)) this.#hosting.add(person);
    else this.#hosting.delete(person);
    return true;
  }

  /** Whose client has said hello, to this authority or to the one before. */
  get speaking(): readonly ParticipantId[] {
    return [...this.#people.values()].filter(({ speaks }) => speaks).map(({ id }) => id);
  }

  get absent(): readonly ParticipantId[] {
    return [...this.#people.values()].filter(({ absent }) => absent).map(({ id }) => id);
  }

  /** Whoever is not admitted. */
  get outside(): readonly (readonly [ParticipantId, Admission])[] {
    return [...this.#people.values()]
      .filter(({ admission }) => admission !== 'admitted')
      .map(({ id, admission }) => [id, admission] as const);
  }

  /** Takes from the authority before who speaks this protocol, who was not heard, and who was outside. */
  take({ speaking, absent, outside }: Pick<People, 'speaking' | 'absent' | 'outside'>): void {
    for (const id of speaking) this.#speaking.add(id);
    for (const id of absent) this.#absent.add(id);
    for (const [id, admission] of outside) this.#outside.set(id, admission);
  }

  /** The person, if this was their last session. */
  leave(endpoint: Endpoint): { seat: Seat; gone: boolean } | undefined {
    const seat = this.#seats.get(endpoint);
    if (!seat) return undefined;
    this.#seats.delete(endpoint);
    const { person } = seat;
    person.seats = person.seats.filter((each) => each !== seat);
    const gone = person.seats.length === 0;
    if (gone) {
      this.#people.delete(person.id);
      this.#bots.delete(person);
      this.#hosting.delete(person);
    }
    return { seat, gone };
  }

  #sort(person: Person): void {
    if (person.channel === 'bot') this.#bots.add(person);
    else this.#bots.delete(person);
  }

  /** The first of the hosts, then of the co-hosts, each in join order: who takes over. */
  succession(): Person[] {
    const rank = { host: 0, 'co-host': 1, participant: 2 } as const;
    return [...this.#hosting]
      .filter((person) => reachOf(person, Number.POSITIVE_INFINITY, 0) !== 'none')
      .sort((a, b) => rank[a.role] - rank[b.role] || a.order - b.order)
      .slice(0, successorsNamed);
  }
}

/**
 * What can be done through somebody's clients: `pending` for as long as a `hello` may still come, `asks` where a notice
 * can be shown and answered, `tells` where several people sit behind one endpoint, `none` where nothing can be shown.
 */
export function reachOf(person: Person, now: number, helloMs: number): Reach {
  let pending = false;
  for (const seat of person.seats) {
    if (seat.said === 'hello') return person.channel === 'room-system' ? 'tells' : 'asks';
    if (seat.sdk && (person.speaks || now < seat.joinedAt + helloMs)) pending = true;
  }
  return pending ? 'pending' : 'none';
}

/** A server that decides counts as a host; whoever has no role is a participant. */
export const roleAmongPeople = (role: Role | 'authority' | undefined): Role =>
  role === 'authority' ? 'host' : (role ?? 'participant');

export const isHosting = (person: Person): boolean => person.role !== 'participant';

export const requesterOf = ({ id, name }: Person): Requester => ({
  participantId: id,
  ...(name !== undefined && { name }),
});
