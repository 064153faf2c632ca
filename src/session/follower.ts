import { keepIdentity } from '../core/identity.ts';
import { compareEpochs, highestEpoch, isPlausibleEpoch, sameEpoch } from '../participants/epoch.rules.ts';
import type { Endpoint, Epoch, Purpose, RecordingId } from '../participants/participants.types.ts';
import type { LedgerHead } from '../records/ledger.types.ts';
import type { AuthorityMessage, MeetingState, PersonalState } from '../transport/messages.types.ts';
import { overMs, times } from '../transport/times.ts';
import { CarryOver } from './carry-over.ts';
import { Orphans } from './orphans.ts';
import type { Followed, SessionContext } from './session-context.ts';

/** What a host's client makes of what hosts are told. */
interface HostStreams {
  readonly roster: {
    take(message: Extract<AuthorityMessage, { t: 'roster' }>): void;
    /** The stream has come to this number. */
    named(seq: number): void;
    /** What is known is told anew, from the beginning. */
    forgetNumbers(): void;
  };
  /** Whether this client's own recorder has not yet ended what it captured when this client decided. */
  readonly governing: { runsHere(recordingId: RecordingId): boolean };
}

interface FollowerEvents {
  /** A new epoch is followed; `orderly` when the old authority named it. */
  followed(orderly: boolean): void;
  meeting(before: MeetingState | undefined, now: MeetingState): void;
  personal(before: PersonalState | undefined, now: PersonalState): void;
  /** What only a host's client has. */
  host(): HostStreams | undefined;
  acknowledged(message: Extract<AuthorityMessage, { t: 'ack' }>): void;
  handedOver(message: Extract<AuthorityMessage, { t: 'hand-over' }>): void;
  /** Both streams of the first snapshot are in. */
  welcomed(): void;
  doubt(code: string, from: Endpoint): void;
}

/**
 * Follows the authority of the highest epoch: takes its numbered states, asks again for what was lost, and answers a
 * lower epoch with the highest.
 */
export class Follower {
  readonly #context: SessionContext;
  readonly #events: FollowerEvents;
  followed: Followed | undefined;
  /** The highest epoch heard of from a host, co-host or server. */
  highest: Epoch | undefined;
  meeting: MeetingState | undefined;
  personal: PersonalState | undefined;
  /** How far the authority's ledger has come, where one is kept. */
  ledgerHead: LedgerHead | undefined;
  heardAt = 0;
  aliveMs: number = times.aliveMs;
  /** When this client last said anything to the authority it follows. */
  saidAt = 0;
  #seq = -1;
  /** The highest number of the meeting's state that was named. */
  #due = -1;
  #n = -1;
  readonly #carryOver = new CarryOver();
  readonly #orphans: Orphans;
  /** What the authority says of the meeting. */
  #told: MeetingState | undefined;
  /** What the authority says of this person. */
  #said: PersonalState | undefined;
  #isWelcome = false;

  constructor(context: SessionContext, events: FollowerEvents) {
    this.#context = context;
    this.#events = events;
    this.#orphans = new Orphans((recordingId) => events.host()?.governing.runsHere(recordingId) ?? false);
  }

  get n(): number {
    return this.#n;
  }

  /** The number of the meeting's state that is known here. */
  get seq(): number {
    return Math.max(0, this.#seq);
  }

  /** Purposes of recordings that this person was told of, while the meeting's state that names them is missing. */
  get unheard(): readonly Purpose[] {
    if (!this.#isMissing || !this.#said) return [];
    const known = new Set(this.meeting?.recordings.map(({ recordingId }) => recordingId));
    const { notices, consents } = this.#said;
    return [
      ...notices.filter(({ recordingId }) => !known.has(recordingId)).flatMap(({ purposes }) => purposes),
      ...consents.filter(({ recordingId }) => !known.has(recordingId)).map(({ purpose }) => purpose),
    ];
  }

  get isWelcome(): boolean {
    return this.#isWelcome;
  }

  forget(): void {
    this.#carryOver.forget();
    this.#orphans.forget();
    this.#said = undefined;
    this.followed = undefined;
    this.meeting = undefined;
    this.personal = undefined;
    this.forgetNumbers();
  }

  /** Contact is back: what is known counts only once the authority has said it anew. */
  forgetNumbers(): void {
    this.#seq = -1;
    this.#n = -1;
    this.#due = -1;
    this.#events.host()?.roster.forgetNumbers();
    this.#isWelcome = false;
  }

  /** Takes a message of an authority whom the transport vouches for. */
  receive(message: AuthorityMessage, from: Endpoint): void {
    if (!this.#follow(message, from)) return;
    this.heardAt = this.#context.clock.now();
    switch (message.t) {
      case 'beacon':
        this.#beacon(message);
        break;
      case 'meeting':
        this.#takeMeeting(message);
        break;
      case 'personal':
        this.#takePersonal(message);
        break;
      case 'roster':
        this.#events.host()?.roster.take(message);
        break;
      case 'ack':
        this.#events.acknowledged(message);
        break;
      case 'hand-over':
        this.#events.handedOver(message);
        break;
    }
  }

  #follow(message: AuthorityMessage, from: Endpoint): boolean {
    const { epoch } = message;
    const order = compareEpochs(epoch, this.followed?.epoch);
    if (order === 0) return from === this.followed?.endpoint;
    if (order < 0 || compareEpochs(epoch, this.highest) < 0) {
      this.#context.tell({ t: 'highest', epoch: this.highest ?? null }, [from]);
      return false;
    }
    if (!isPlausibleEpoch(epoch, this.highest)) {
      this.#events.doubt('protocol/implausible-epoch', from);
      return false;
    }
    const before = this.followed?.epoch;
    this.highest = highestEpoch(epoch, this.highest);
    this.followed = { epoch, endpoint: from };
    const lastWordAt = this.saidAt;
    this.saidAt = this.#context.clock.now();
    this.forgetNumbers();
    this.#said = undefined;
    this.#told = undefined;
    const orderly = 'after' in message && message.after !== undefined && sameEpoch(message.after, before);
    if (!orderly) this.#authorityIsGone(lastWordAt);
    this.#events.followed(orderly);
    return true;
  }

  #beacon(message: Extract<AuthorityMessage, { t: 'beacon' }>): void {
    this.aliveMs = message.aliveMs;
    if (message.ledger) this.ledgerHead = message.ledger;
    if (!this.#isWelcome) return;
    this.#named(message.seq);
    if (this.#isMissing) this.#again();
    if (message.hostSeq !== undefined) this.#events.host()?.roster.named(message.hostSeq);
  }

  #named(seq: number): void {
    this.#due = Math.max(this.#due, seq);
  }

  get #isMissing(): boolean {
    return this.#due > this.#seq;
  }

  /** Asks for a state that is missing, until it is here. */
  #again(): void {
    const { followed } = this;
    if (!followed) return;
    this.#context.tellAuthority({ t: 'again', epoch: followed.epoch, stream: 'meeting' });
    this.#againLater();
  }

  #againLater(): void {
    this.#context.timers.set('again meeting', times.repeatMs, () => {
      if (this.#isMissing) this.#again();
    });
  }

  #takeMeeting(message: Extract<AuthorityMessage, { t: 'meeting' }>): void {
    if (message.seq <= this.#seq) return;
    this.aliveMs = message.aliveMs;
    this.#seq = message.seq;
    this.#told = message.meeting;
    this.#tellMeeting();
    this.#welcomeWhenComplete();
  }

  #authorityIsGone(lastWordAt: number): void {
    const { meeting, personal } = this;
    this.#carryOver.authorityIsGone(personal);
    this.#orphans.add(meeting?.recordings ?? [], personal?.captured ?? [], lastWordAt + overMs(this.aliveMs));
  }

  #tellMeeting(): void {
    const told = this.#told;
    if (!told) return;
    const before = this.meeting;
    const now = this.#orphans.over(told, this.#context.clock.now());
    this.meeting = keepIdentity(before, now);
    this.#events.meeting(before, this.meeting);
    this.#tellPersonal();
    const inMs = this.#orphans.nextMs - this.#context.clock.now();
    if (Number.isFinite(inMs)) this.#context.timers.set('orphans', inMs, () => this.#tellMeeting());
  }

  #takePersonal(message: Extract<AuthorityMessage, { t: 'personal' }>): void {
    this.#named(message.seq);
    // It may only have been overtaken.
    if (this.#isMissing) this.#againLater();
    if (message.n < this.#n) return;
    this.#n = message.n;
    this.#said = message.personal;
    this.#tellPersonal(true);
    this.#welcomeWhenComplete();
  }

  /** What the authority says of this person, with what stays over from the one before: each time it is said, else if changed. */
  #tellPersonal(isSaidNow = false): void {
    if (!this.#said) return;
    const before = this.personal;
    const now = this.#carryOver.over(this.#said, this.#seq < 0 ? undefined : this.meeting);
    this.personal = keepIdentity(before, now);
    if (isSaidNow || this.personal !== before) this.#events.personal(before, this.personal);
  }

  #welcomeWhenComplete(): void {
    if (this.#isWelcome || this.#n < 0 || this.#seq < 0) return;
    this.#isWelcome = true;
    this.#events.welcomed();
  }
}
