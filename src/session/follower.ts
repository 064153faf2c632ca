import { keepIdentity } from '../core/identity.ts';
import { compareEpochs, highestEpoch, isPlausibleEpoch, sameEpoch } from '../participants/epoch.rules.ts';
import type { Endpoint, Epoch } from '../participants/participants.types.ts';
import type { RosterRow } from '../recording/recording.types.ts';
import type { AuthorityMessage, MeetingState, PersonalState } from '../transport/messages.types.ts';
import { overMs, times } from '../transport/times.ts';
import { CarryOver } from './carry-over.ts';
import { Orphans } from './orphans.ts';
import type { Followed, SessionContext } from './session-context.ts';

interface FollowerEvents {
  /** A new epoch is followed; `orderly` when the old authority named it. */
  followed(orderly: boolean): void;
  meeting(before: MeetingState | undefined, now: MeetingState): void;
  personal(before: PersonalState | undefined, now: PersonalState): void;
  roster(rows: readonly RosterRow[], removed: readonly string[], whole: boolean): void;
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
  heardAt = 0;
  aliveMs: number = times.aliveMs;
  /** When this client last said anything to the authority it follows. */
  saidAt = 0;
  #seq = -1;
  #hostSeq = -1;
  /** The highest number of each stream that was named. */
  #due = { meeting: -1, hosts: -1 };
  #n = -1;
  readonly #carryOver = new CarryOver();
  readonly #orphans = new Orphans();
  /** What the authority says of the meeting. */
  #told: MeetingState | undefined;
  /** What the authority says of this person. */
  #said: PersonalState | undefined;
  #parts: { seq: number; rows: RosterRow[]; removed: string[]; got: Set<number> } | undefined;
  #isWelcome = false;

  constructor(context: SessionContext, events: FollowerEvents) {
    this.#context = context;
    this.#events = events;
  }

  get n(): number {
    return this.#n;
  }

  /** The number of the meeting's state that is known here. */
  get seq(): number {
    return Math.max(0, this.#seq);
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
    this.#hostSeq = -1;
    this.#n = -1;
    this.#due = { meeting: -1, hosts: -1 };
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
        this.#takeRoster(message);
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
    if (!this.#isWelcome) return;
    this.#named('meeting', message.seq);
    if (this.#isMissing('meeting')) this.#again('meeting');
    if (!this.#context.isHosting() || message.hostSeq === undefined) return;
    this.#named('hosts', message.hostSeq);
    if (this.#isMissing('hosts')) this.#again('hosts');
  }

  #named(stream: 'meeting' | 'hosts', seq: number): void {
    this.#due[stream] = Math.max(this.#due[stream], seq);
  }

  #isMissing(stream: 'meeting' | 'hosts'): boolean {
    return this.#due[stream] > (stream === 'meeting' ? this.#seq : this.#hostSeq);
  }

  /** Asks for a state that is missing, until it is here. */
  #again(stream: 'meeting' | 'hosts'): void {
    const { followed } = this;
    if (!followed) return;
    this.#context.tellAuthority({ t: 'again', epoch: followed.epoch, stream });
    this.#againLater(stream);
  }

  #againLater(stream: 'meeting' | 'hosts'): void {
    this.#context.timers.set(`again ${stream}`, times.repeatMs, () => {
      if (this.#isMissing(stream)) this.#again(stream);
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
    this.#carryOver.authorityIsGone(this.personal);
    if (this.meeting && !this.meeting.closed) this.#orphans.add(this.meeting, lastWordAt + overMs(this.aliveMs));
  }

  #tellMeeting(): void {
    const told = this.#told;
    if (!told) return;
    const before = this.meeting;
    const now = this.#orphans.over(told, this.#context.clock.now());
    this.meeting = before ? keepIdentity(before, now) : now;
    this.#events.meeting(before, this.meeting);
    const personal = this.#carriedOver();
    if (personal && personal !== this.personal) this.#tellPersonal(personal);
    const { nextMs } = this.#orphans;
    const inMs = nextMs === undefined ? undefined : nextMs - this.#context.clock.now();
    if (inMs !== undefined) this.#context.timers.set('orphans', inMs, () => this.#tellMeeting());
  }

  #takePersonal(message: Extract<AuthorityMessage, { t: 'personal' }>): void {
    this.#named('meeting', message.seq);
    // It may only have been overtaken.
    if (this.#isMissing('meeting')) this.#againLater('meeting');
    if (message.n < this.#n) return;
    this.#n = message.n;
    this.#said = message.personal;
    this.#tellPersonal(this.#carriedOver() ?? message.personal);
    this.#welcomeWhenComplete();
  }

  /** What the authority says of this person, with what stays over from the one before. */
  #carriedOver(): PersonalState | undefined {
    if (!this.#said) return undefined;
    const now = this.#carryOver.over(this.#said, this.#seq < 0 ? undefined : this.meeting);
    return this.personal ? keepIdentity(this.personal, now) : now;
  }

  #tellPersonal(now: PersonalState): void {
    const before = this.personal;
    this.personal = now;
    this.#events.personal(before, now);
  }

  #welcomeWhenComplete(): void {
    if (this.#isWelcome || this.#n < 0 || this.#seq < 0) return;
    this.#isWelcome = true;
    this.#events.welcomed();
  }

  #takeRoster(message: Extract<AuthorityMessage, { t: 'roster' }>): void {
    if (message.seq < this.#hostSeq || (message.seq === this.#hostSeq && !message.whole)) return;
    if (!message.whole && message.seq !== this.#hostSeq + 1) {
      this.#named('hosts', message.seq);
      this.#again('hosts');
      return;
    }
    const parts =
      this.#parts?.seq === message.seq
        ? this.#parts
        : { seq: message.seq, rows: [], removed: [], got: new Set<number>() };
    this.#parts = parts;
    if (parts.got.has(message.part)) return;
    parts.got.add(message.part);
    parts.rows.push(...message.rows);
    parts.removed.push(...message.removed);
    if (parts.got.size < message.parts) return;
    this.#parts = undefined;
    this.#hostSeq = message.seq;
    this.#events.roster(parts.rows, parts.removed, message.whole);
  }
}
