import type { Endpoint, Epoch, ParticipantId } from '../participants/participants.types.ts';
import type { Policy } from '../policy/policy.types.ts';
import type { RosterRow } from '../recording/recording.types.ts';
import type { LedgerHead } from '../records/ledger.types.ts';
import type { ClientMessage, MeetingState, Message, PersonalState } from '../transport/messages.types.ts';
import { aliveEveryMs, times } from '../transport/times.ts';
import type { DecidingOptions } from './authority.types.ts';
import { OneCopy } from './one-copy.ts';
import { isHosting, type People, type Person, type Seat } from './people.ts';

/** The largest part of a roster message, in UTF-16 units of its rows: each part is good by itself. */
const partLimit = 3000;

interface PublisherOptions {
  readonly options: DecidingOptions;
  readonly people: People;
  readonly now: () => number;
  readonly meeting: () => MeetingState;
  readonly personal: (id: ParticipantId) => PersonalState | undefined;
  readonly row: (id: ParticipantId) => RosterRow | undefined;
  readonly ledgerHead?: () => LedgerHead | undefined;
}

/**
 * Tells clients what the authority knows: the meeting to everyone and the roster to hosts, as two numbered streams; to
 * each person their own state, singly acknowledged. What changed in one task is told once, at its end.
 */
export class Publisher {
  readonly #its: PublisherOptions;
  #seq = 0;
  #hostSeq = 0;
  #n = 0;
  #meetingChanged = false;
  #meetingTold = '';
  #policyTold: Policy | undefined;
  readonly #changed = new Set<ParticipantId>();
  readonly #unconfirmed = new Map<Seat, number>();
  readonly #texts = new OneCopy<string>();
  /** Of whom hosts were told, and must be told that they have left. */
  readonly #removed = new Set<ParticipantId>();
  #headTold: number | undefined;
  #beaconAt = 0;
  #hostBeaconAt = 0;

  constructor(its: PublisherOptions) {
    this.#its = its;
  }

  get seq(): number {
    return this.#seq;
  }

  meetingChanged(): void {
    this.#meetingChanged = true;
  }

  personChanged(id: ParticipantId): void {
    this.#changed.add(id);
  }

  /** How often each client says that it is there. */
  get aliveMs(): number {
    return aliveEveryMs(this.#its.people.seatCount);
  }

  /** Tells what has changed since the last time. */
  flush(): void {
    if (this.#meetingChanged) {
      this.#meetingChanged = false;
      this.#tellMeeting();
    }
    if (this.#changed.size === 0) return;
    const changed = [...this.#changed];
    this.#changed.clear();
    const rows: RosterRow[] = [];
    for (const id of changed) {
      const person = this.#its.people.person(id);
      if (!person) continue;
      this.#tellPerson(person);
      const row = this.#its.row(id);
      if (row && this.#isNewToHosts(person, row)) rows.push(row);
    }
    const removed = [...this.#removed].filter((id) => !this.#its.people.person(id));
    this.#removed.clear();
    this.#tellHosts(rows, removed);
  }

  /** Answers a `hello`: all that this client must know. */
  welcome(seat: Seat, helloId: string): void {
    this.meetingTo([seat.endpoint]);
    const personal = this.#its.personal(seat.person.id);
    if (!personal) return;
    if (seat.person.n === 0) seat.person.n = ++this.#n;
    const text = textOf(personal);
    seat.person.told = this.#texts.of(text, text);
    this.#unconfirmed.set(seat, this.#its.now());
    this.#sendPersonal(seat, personal, helloId);
    if (isHosting(seat.person)) this.rosterTo([seat.endpoint]);
  }

  meetingTo(to: 'all' | readonly Endpoint[]): void {
    const { aliveMs } = this;
    const meeting = this.#its.meeting();
    this.#send({ t: 'meeting', epoch: this.#epoch, seq: this.#seq, meeting, aliveMs, ...this.#after }, to);
  }

  personalTo(seat: Seat, personal = this.#its.personal(seat.person.id)): void {
    if (personal) this.#sendPersonal(seat, personal);
  }

  /** A client says up to which state it knows the meeting, misses a state, or wants a sign of life. */
  asked(seat: Seat, message: Extract<ClientMessage, { t: 'alive' | 'again' | 'there?' }>): void {
    const to = [seat.endpoint];
    if (message.t === 'there?') this.#beacon(to);
    else if (message.t === 'alive') {
      if (message.seq < this.#seq) this.meetingTo(to);
    } else if (message.stream === 'meeting') this.meetingTo(to);
    else if (isHosting(seat.person)) this.rosterTo(to);
  }

  rosterTo(to: readonly Endpoint[]): void {
    const rows: RosterRow[] = [];
    for (const person of this.#its.people.all) {
      const row = this.#its.row(person.id);
      if (row) rows.push(row);
    }
    this.#sendRoster(rows, [], true, to);
  }

  /** A client has carried out a personal state. */
  confirmed(seat: Seat, n: number, held: string | undefined): void {
    seat.got = Math.max(seat.got, n);
    if (n === seat.person.n) {
      // A recorder that cannot leave anybody out has whoever is not held.
      if (seat.held !== held) this.#changed.add(seat.person.id);
      seat.held = held;
      this.#unconfirmed.delete(seat);
    }
  }

  /** Somebody's last session has ended. */
  forget(seat: Seat): void {
    if (seat.person.toldRow !== undefined) this.#removed.add(seat.person.id);
    this.#unconfirmed.delete(seat);
  }

  /** Beacons, and repeats of what was not confirmed: every second for ten, then with each beacon. */
  tick(now: number): void {
    const beacon = now - this.#beaconAt >= times.beaconToAllMs;
    if (beacon) {
      this.#beaconAt = now;
      this.#hostBeaconAt = now;
      this.#beacon('all');
      this.#tellUnheard();
    } else if (now - this.#hostBeaconAt >= times.beaconToHostsMs) {
      this.#hostBeaconAt = now;
      const hosts = this.#hosts();
      if (hosts.length > 0) this.#beacon(hosts);
    }
    for (const [seat, since] of this.#unconfirmed) {
      if (!seat.person.seats.includes(seat)) this.#unconfirmed.delete(seat);
      else if (!seat.person.absent && now > since && (now - since <= times.giveUpMs || beacon)) this.personalTo(seat);
    }
  }

  /** Who is not heard may still hear, and cannot ask for what was lost: the meeting is told to them with each beacon (G7). */
  #tellUnheard(): void {
    const seats = [...this.#its.people.seats].filter(
      ({ said, sdk, person }) => sdk && (said === 'nothing' || person.absent),
    );
    if (seats.length > 0) this.meetingTo(seats.map(({ endpoint }) => endpoint));
  }

  #sendPersonal({ person, endpoint }: Seat, personal: PersonalState, re?: string): void {
    const { n } = person;
    const message = { t: 'personal', epoch: this.#epoch, seq: this.#seq, n, personal } as const;
    this.#send(re === undefined ? message : { ...message, re }, [endpoint]);
  }

  /** Tells hosts how far the ledger has come, if they have not been told. */
  tellHead(): void {
    const hosts = this.#hosts();
    if (this.#its.ledgerHead?.()?.n !== this.#headTold && hosts.length > 0) this.#beacon(hosts);
  }

  #beacon(to: 'all' | readonly Endpoint[]): void {
    const { aliveMs } = this;
    const hostSeq = this.#hostSeq;
    const ledger = this.#its.ledgerHead?.();
    this.#headTold = ledger?.n;
    this.#send(
      { t: 'beacon', epoch: this.#epoch, seq: this.#seq, hostSeq, aliveMs, ...(ledger && { ledger }), ...this.#after },
      to,
    );
  }

  /** Whoever hears of this authority first by any of these knows that it was handed over to in order. */
  get #after(): { readonly after?: Epoch } {
    const { before } = this.#its.options;
    return before?.how === 'hand-over' ? { after: before.from } : {};
  }

  #tellMeeting(): void {
    const { policy, ...more } = this.#its.meeting();
    const text = JSON.stringify(more);
    if (text === this.#meetingTold && policy === this.#policyTold) return;
    this.#meetingTold = text;
    this.#policyTold = policy;
    this.#seq += 1;
    this.#beaconAt = this.#its.now();
    this.meetingTo('all');
  }

  #isNewToHosts(person: Person, { participantId: _, name, ...more }: RosterRow): boolean {
    const text = JSON.stringify(more);
    if (person.toldRow === text && person.toldName === name) return false;
    person.toldRow = this.#texts.of(text, text);
    person.toldName = name;
    return true;
  }

  #tellPerson(person: Person): void {
    const personal = this.#its.personal(person.id);
    // Who is absent goes on as they were: their hold does not end with a word they may still hear.
    if (!personal || person.absent) return;
    const seats = person.seats.filter((seat) => seat.said === 'hello');
    if (seats.length === 0) return;
    const text = textOf(personal);
    if (person.told === text) return;
    person.told = this.#texts.of(text, text);
    person.n = ++this.#n;
    for (const seat of seats) {
      this.#unconfirmed.set(seat, this.#its.now());
      this.personalTo(seat, personal);
    }
  }

  #tellHosts(rows: RosterRow[], removed: ParticipantId[]): void {
    const hosts = this.#hosts();
    if (rows.length + removed.length === 0) return;
    this.#hostSeq += 1;
    if (hosts.length > 0) this.#sendRoster(rows, removed, false, hosts);
  }

  #sendRoster(rows: RosterRow[], removed: readonly ParticipantId[], whole: boolean, to: readonly Endpoint[]): void {
    const parts: RosterRow[][] = [[]];
    let length = 0;
    for (const row of rows) {
      length += JSON.stringify(row).length;
      if (length > partLimit) {
        parts.push([]);
        length = JSON.stringify(row).length;
      }
      parts.at(-1)?.push(row);
    }
    parts.forEach((part, place) => {
      this.#send(
        {
          t: 'roster',
          epoch: this.#epoch,
          seq: this.#hostSeq,
          part: place,
          parts: parts.length,
          whole,
          rows: part,
          removed: place === 0 ? removed : [],
        },
        to,
      );
    });
  }

  #hosts(): Endpoint[] {
    const hosts: Endpoint[] = [];
    for (const { seats } of this.#its.people.hosting) {
      for (const seat of seats) if (seat.said === 'hello') hosts.push(seat.endpoint);
    }
    return hosts;
  }

  get #epoch() {
    return this.#its.options.epoch;
  }

  #send(message: Message, to: 'all' | readonly Endpoint[]): void {
    this.#its.options.send(message, to);
  }
}

/** A personal state without what is left of its times, which run by themselves: that is no change to tell. */
function textOf({ notices, hold, ...more }: PersonalState): string {
  return JSON.stringify({
    ...more,
    notices: notices.map((notice) => ({ ...notice, answerInMs: undefined })),
    hold: hold && { ...hold, endsInMs: undefined },
  });
}
