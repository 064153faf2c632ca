import type { Happened } from '../../src/simulator/history.types.ts';
import type { Scenario } from '../../src/simulator/parsed.types.ts';

/** What the history says of something at an instant. */
type Known = 'yes' | 'no' | 'unknown';

/** How long things take to be known, in milliseconds. */
interface Delays {
  /** A change, by everybody who is reached. */
  readonly settleMs: number;
  /** That somebody is not reached. */
  readonly absentMs: number;
  /** All that there is to know, by whoever is reached again. */
  readonly recoverMs: number;
  /** For how long somebody may be thought absent because one message after the other of theirs was lost. */
  readonly missedMs: number;
}

const lossless: Delays = { settleMs: 2000, absentMs: 25_000, recoverMs: 30_000, missedMs: 0 };
const lossy: Delays = { settleMs: 20_000, absentMs: 40_000, recoverMs: 60_000, missedMs: 20_000 };

/** Something over time: each value from an instant on, until the next. */
class Course {
  readonly #parts: { readonly at: number; readonly is: Known }[];

  constructor(first: Known) {
    this.#parts = [{ at: Number.NEGATIVE_INFINITY, is: first }];
  }

  /** What it comes to. */
  get last(): Known {
    return this.#parts.at(-1)?.is ?? 'unknown';
  }

  /** The instants at which it changes. */
  get changes(): number[] {
    return this.#parts.slice(1).map(({ at }) => at);
  }

  at(when: number): Known {
    return this.#parts.findLast(({ at }) => at <= when)?.is ?? 'unknown';
  }

  /** From then on; what was to come later is overruled. */
  turns(at: number, is: Known): void {
    while ((this.#parts.at(-1)?.at ?? 0) >= at) this.#parts.pop();
    if (this.last !== is) this.#parts.push({ at, is });
  }

  /** Unknown from one instant on, and known from another. */
  settles(at: number, is: Known, knownAt: number): void {
    if (this.at(at) === is && this.last === is) return;
    this.turns(at, 'unknown');
    this.#parts.push({ at: knownAt, is });
  }

  /** Whether it was none of these between two instants, both included. */
  isNever(these: readonly Known[], from: number, to: number): boolean {
    return this.#parts.every(({ at, is }, place) => {
      const end = this.#parts[place + 1]?.at ?? Number.POSITIVE_INFINITY;
      return !these.includes(is) || at > to || end <= from;
    });
  }
}

/** When messages did not come and go as usual, with the time that it takes to make up for it. */
class Troubles {
  readonly #spans: { readonly from: number; to: number }[] = [];

  add(from: number, to = Number.POSITIVE_INFINITY): void {
    this.#spans.push({ from, to });
  }

  /** What has no end yet ends. */
  end(at: number): void {
    for (const span of this.#spans) if (span.to === Number.POSITIVE_INFINITY) span.to = at;
  }

  isFree(from: number, to: number): boolean {
    return this.#spans.every((span) => span.from > to || span.to < from);
  }

  /** When the first of those began that go on at an instant, or came between it and a later one. */
  began(from: number, to: number): number {
    return Math.min(...this.#spans.filter((span) => span.from <= to && span.to >= from).map((span) => span.from));
  }
}

/** What the history says of one person. */
interface Person {
  /** Their window is not the active one. */
  readonly away: Course;
  /** They were told, and agreed where that is asked. */
  readonly told: Course;
  /** They are in the meeting, with a client that was there all the time. */
  readonly here: Course;
  /** They do not share their own screen. */
  readonly looking: Course;
  /** Their screen is shared. */
  readonly sharing: Course;
  readonly troubles: Troubles;
  hasCrashed: boolean;
  /** Since when they are not reached, if they are not. */
  goneAt: number | undefined;
  /** The enabling whose notice their client has shown. */
  enabling: string | undefined;
  /** The enablings that they answered about: a client may remember it when they come again, and need not. */
  readonly answered: Set<string | undefined>;
}

type Of<Kind extends Happened['kind']> = Extract<Happened, { kind: Kind }>;

const notYes = ['no', 'unknown'] as const;
const isSwitch = (does: string): boolean => /^(en|dis)ablesAttentionTracking$/.test(does);
const isBack = (state: string): boolean => state === 'joined' || state === 'reconnected';

/**
 * Who is away, from what people did and what was done to the network, and from nothing that a client says of it: written
 * beside the implementation and sharing no code with it. It says whose icon must be on a host's board at an instant, and
 * whose may be; where both are the same, the board is known. All else is doubt, in which only what is wrong for certain
 * is found.
 */
export class ExpectedIcons {
  readonly #scenario: Scenario;
  readonly #delays: Delays;
  readonly #attention: { readonly consent: string; readonly armedBy: string; readonly thresholdMs: number };
  readonly #people: ReadonlyMap<string, Person>;
  readonly #enabled: Course;
  /** Of the hosts, and of the network as a whole. */
  readonly #troubles = new Troubles();
  /** Commands on their way, what was on before, and whether another was on its way too. */
  readonly #switching = new Map<number, { readonly before: Known; isAlone: boolean }>();
  readonly #undone: ReadonlySet<number>;
  readonly #isByAdmin: boolean;
  readonly #isLocked: boolean;
  /** Who decides; `undefined` where the history does not say. */
  #authority: string | undefined;
  #isParted = false;

  constructor(history: readonly Happened[], scenario: Scenario) {
    this.#scenario = scenario;
    this.#delays = (scenario.network?.loss ?? 0) > 0 ? lossy : lossless;
    const { policy, adminPolicy } = scenario.meeting as unknown as {
      policy: { attention: { consent?: string; armedBy?: string; thresholdMs?: number } };
      adminPolicy: { attention: { enabled?: boolean }; locked?: string[] } | null;
    };
    this.#attention = { consent: 'notice', armedBy: 'host', thresholdMs: 30_000, ...policy.attention };
    this.#isByAdmin = adminPolicy?.attention.enabled === true;
    this.#isLocked = adminPolicy?.locked?.includes('attention.enabled') === true;
    this.#enabled = new Course(this.#isByAdmin ? 'yes' : 'no');
    this.#authority = this.#hosts[0];
    this.#people = new Map(scenario.participants.map(({ id }) => [id, nobodyYet()]));
    const refused = ['session/not-joined', 'client/asleep'];
    const outcomes = history.filter((event): event is Of<'outcome'> => event.kind === 'outcome');
    this.#undone = new Set(
      outcomes.filter(({ outcome }) => refused.includes(outcome.code ?? '')).map(({ step }) => step),
    );
    for (const event of history) this.#take(event);
  }

  /** For how long an icon that must be there may be missing, in milliseconds. */
  get missedMs(): number {
    return this.#delays.missedMs;
  }

  /** Whether a host may be there: one whose machine sleeps shows nothing new. */
  isThere(host: string, at: number): boolean {
    return this.#of(host).here.at(at) !== 'no';
  }

  /** Whether a host is there, and has been for long enough to have a board. */
  isSettled(host: string, at: number): boolean {
    return this.#of(host).here.at(at) === 'yes';
  }

  /** Whether somebody's icon must be on every host's board. */
  mustShow(id: string, at: number): boolean {
    const from = at - this.#awayMs - this.#delays.settleMs;
    const { away, told, here, looking, troubles } = this.#of(id);
    return (
      this.#isTracked(id) &&
      [away, told, here, looking, this.#enabled].every((course) => course.isNever(notYes, from, at)) &&
      [troubles, this.#troubles].every((each) => each.isFree(from, at)) &&
      this.#isShared(notYes, from, at)
    );
  }

  /** Whether somebody's icon may be there: away for long enough now, or so lately that their coming back is on its way. */
  mayShow(id: string, at: number): boolean {
    if (!this.#isTracked(id)) return false;
    const oldest = this.#oldestWord(id, at);
    const { away, told, here, looking } = this.#of(id);
    const courses = [away, told, here, looking, this.#enabled];
    const sharing = [...this.#people.values()].map((person) => person.sharing);
    const instants = [...courses, ...sharing].flatMap(({ changes }) => changes);
    // Whoever comes back at an instant was away until then.
    return [oldest, at, ...instants.filter((instant) => instant > oldest && instant < at)].some((instant) => {
      const from = instant - this.#awayMs;
      const to = instant - 1;
      return courses.every((course) => course.isNever(['no'], from, to)) && this.#isShared(['no'], from, to);
    });
  }

  /** More than the threshold, by the least that a clock can tell. */
  get #awayMs(): number {
    return this.#attention.thresholdMs + 1;
  }

  get #hosts(): string[] {
    return this.#scenario.participants.filter(({ role }) => role !== 'participant').map(({ id }) => id);
  }

  #of(id: string): Person {
    return this.#people.get(id) as Person;
  }

  #isTracked(id: string): boolean {
    const { role, channel } = this.#scenario.participants.find((each) => each.id === id) ?? {};
    return role === 'participant' && channel === 'app';
  }

  /** Whether a share was on all the time, be it another's from some instant on. */
  #isShared(these: readonly Known[], from: number, to: number): boolean {
    const arming = [...this.#people]
      .filter(([id]) => this.#attention.armedBy === 'anyone' || this.#hosts.includes(id))
      .map(([, { sharing }]) => sharing);
    const changes = arming.flatMap((sharing) => sharing.changes.filter((at) => at > from && at <= to));
    return [from, ...changes].every((instant) => arming.some((sharing) => !these.includes(sharing.at(instant))));
  }

  /** From when what is on a board may be: as old as a message may be, and older where none came through. */
  #oldestWord(id: string, at: number): number {
    const { settleMs } = this.#delays;
    let oldest = at - settleMs;
    for (;;) {
      const began = Math.min(...[this.#troubles, this.#of(id).troubles].map((each) => each.began(oldest, at)));
      if (began - settleMs >= oldest) return oldest;
      oldest = began - settleMs;
    }
  }

  #take(event: Happened): void {
    if (event.kind === 'focus') {
      this.#of(event.participant).away.turns(event.at, event.state === 'lost' ? 'yes' : 'no');
    }
    if (event.kind === 'presence') this.#takePresence(event);
    if (event.kind === 'network') this.#takeNetwork(event);
    if (event.kind === 'shown' && event.purposes.includes('attention-tracking')) this.#takeShown(event);
    if (event.kind === 'step' && !this.#undone.has(event.step)) this.#takeStep(event);
    if (event.kind === 'outcome' && !this.#undone.has(event.step)) this.#takeOutcome(event);
  }

  #takePresence({ participant: id, state, at }: Of<'presence'>): void {
    const { settleMs, absentMs, recoverMs } = this.#delays;
    const person = this.#of(id);
    const { here, told, sharing, looking, troubles } = person;
    const isStart = isBack(state) && at === 0;
    const knownAt = at + (isBack(state) ? recoverMs : state === 'left' ? settleMs : absentMs);
    if (isStart) here.turns(at, 'yes');
    else {
      // Whose client has just begun has watched nothing before.
      if (state === 'joined' || (isBack(state) && person.hasCrashed)) here.turns(at - 1, 'no');
      here.settles(at, isBack(state) ? 'yes' : 'no', knownAt);
      troubles.add(isBack(state) ? (person.goneAt ?? at) : at, knownAt + settleMs);
    }
    if (state === 'left' || state === 'crashed') {
      told.turns(at, told.last === 'no' ? 'no' : 'unknown');
      looking.turns(at, 'yes');
      person.enabling = undefined;
      sharing.settles(at, 'no', knownAt);
    } else if (sharing.last !== 'no') sharing.settles(at, isBack(state) ? 'yes' : 'unknown', knownAt);
    person.hasCrashed = state === 'crashed';
    if (this.#hosts.includes(id) && !isStart) this.#hostIsDisturbed(id, state, at);
    person.goneAt = isBack(state) ? undefined : (person.goneAt ?? at);
  }

  /** Another host may decide from then on, who does not know what was on: off after a crash, but for the administrator. */
  #hostIsDisturbed(id: string, state: string, at: number): void {
    const overAt = at + this.#delays.absentMs + this.#delays.recoverMs;
    this.#troubles.add(isBack(state) ? (this.#of(id).goneAt ?? at) : at, overAt);
    const isAlone = this.#hosts.length === 1;
    const isGone = state === 'left' || state === 'crashed';
    // Who hears nobody may decide for themselves, and for all once they are back.
    if (this.#authority !== undefined && this.#authority !== id && state !== 'disconnected') return;
    if (isAlone && !isGone) return;
    if (!isAlone) this.#authority = undefined;
    this.#mayHaveEnded(at);
    if (isAlone && !this.#isByAdmin) this.#enabled.settles(at, 'no', overAt);
  }

  #mayHaveEnded(at: number): void {
    if (this.#isLocked || (this.#enabled.last === 'no' && !this.#isByAdmin)) return;
    this.#enabled.turns(at, 'unknown');
  }

  #takeNetwork({ groups, at }: Of<'network'>): void {
    const isParted = groups.length > 0;
    if (isParted && !this.#isParted) this.#troubles.add(at);
    if (!isParted) this.#troubles.end(at + this.#delays.absentMs + this.#delays.recoverMs);
    this.#isParted = isParted;
    if (this.#hosts.length === 1) return;
    this.#authority = undefined;
    this.#mayHaveEnded(at);
  }

  #takeShown({ participant, recordingId, at }: Of<'shown'>): void {
    const person = this.#of(participant);
    if (person.enabling === recordingId) return;
    person.enabling = recordingId;
    const isAsked = this.#attention.consent !== 'notice';
    person.told.turns(at, person.answered.has(recordingId) ? 'unknown' : isAsked ? 'no' : 'yes');
  }

  #takeStep({ act, step, at }: Of<'step'>): void {
    const { settleMs, recoverMs } = this.#delays;
    if (isSwitch(act.does)) {
      for (const other of this.#switching.values()) other.isAlone = false;
      this.#switching.set(step, { before: this.#enabled.last, isAlone: this.#switching.size === 0 });
      this.#enabled.turns(at, 'unknown');
    }
    if (act.does === 'handsOver') this.#troubles.add(at, at + recoverMs);
    if (act.does === 'leaves' && this.#hosts.includes(act.who)) this.#hostIsDisturbed(act.who, 'left', at);
    if (act.does !== 'startsSharing' && act.does !== 'stopsSharing') return;
    const { sharing, looking, here } = this.#of(act.who);
    const starts = act.does === 'startsSharing';
    looking.turns(at, starts ? 'no' : 'yes');
    if (starts && here.at(at) !== 'yes') sharing.turns(at, 'unknown');
    else sharing.settles(at, starts ? 'yes' : 'no', at + settleMs);
  }

  #takeOutcome({ act, outcome, step, at }: Of<'outcome'>): void {
    const isDone = outcome.outcome === 'done' || outcome.outcome === 'recorded';
    const switched = this.#switching.get(step);
    if (switched) {
      this.#switching.delete(step);
      const is = act.does === 'enablesAttentionTracking' ? 'yes' : 'no';
      if (!switched.isAlone || outcome.outcome === 'failed') this.#enabled.turns(at, 'unknown');
      else if (!isDone || switched.before === is) this.#enabled.turns(at, switched.before);
      else this.#enabled.settles(at, is, at + this.#delays.settleMs);
    }
    if (act.does === 'handsOver') {
      this.#authority = isDone ? act.to : undefined;
      if (!isDone) this.#mayHaveEnded(at);
    }
    if (!isDone && (act.does === 'startsSharing' || act.does === 'stopsSharing')) {
      this.#of(act.who).sharing.turns(at, 'unknown');
    }
    if (isDone && 'purpose' in act && act.purpose === 'attention-tracking') this.#takeAnswer(act.who, act.does, at);
  }

  #takeAnswer(id: string, does: string, at: number): void {
    const { told, answered, enabling } = this.#of(id);
    if (does === 'reviewsConsent') return;
    answered.add(enabling);
    told.turns(at, does === 'givesConsent' || does === 'acknowledges' ? 'yes' : 'no');
  }
}

const nobodyYet = (): Person => ({
  away: new Course('no'),
  told: new Course('no'),
  here: new Course('no'),
  looking: new Course('yes'),
  sharing: new Course('no'),
  troubles: new Troubles(),
  hasCrashed: false,
  goneAt: undefined,
  enabling: undefined,
  answered: new Set(),
});
