import { derivedId } from '../core/ids.ts';
import type { ParticipantId, RecordingId, RequestedBy } from '../participants/participants.types.ts';
import type { Policy } from '../policy/policy.types.ts';
import type { RecordingOutcome } from '../recording/recording.types.ts';
import type { AcknowledgedOutcome, AnswerMessage, RecordingState } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';
import { applyAnswer, applyToSeen } from './answers.ts';
import type { AuthorityContext } from './authority.types.ts';
import { Deadlines } from './deadlines.ts';
import { EndedRecordings } from './ended-recordings.ts';
import type { LiveRecording } from './live-recording.ts';
import type { PurposeAsked } from './live-recording.types.ts';
import { keepInLobby, leaveLobby, meetAll, meets } from './lobby.rules.ts';
import type { OpenPurposes, PurposesLoaded } from './open-purposes.ts';
import type { OwnRecording } from './own-recording.ts';
import { type Person, reachOf } from './people.ts';
import { ownState, seenState } from './recording-state.ts';
import { SeenCaptures } from './seen-captures.ts';
import { bannerWhoIsNotAsked, startOwnTime, startRequestTime } from './waiting.ts';

/**
 * The recordings of a meeting: at most one of its own, whatever captures of the platform's own are seen (G10), and the
 * purposes that live without one. Everything that happens to people is passed to each of them.
 */
export class Recordings {
  own: OwnRecording | undefined;
  readonly seen: SeenCaptures;
  readonly endings = new EndedRecordings();
  readonly #context: AuthorityContext;
  readonly #modules: PurposesLoaded;
  #purposes: OpenPurposes | undefined;
  readonly #deadlines: Deadlines;
  #policy: Policy;
  #isGathered = true;

  constructor(context: AuthorityContext, policy: Policy, modules: PurposesLoaded) {
    this.#context = context;
    this.#modules = modules;
    this.#policy = policy;
    this.seen = new SeenCaptures(context, {
      policy: () => this.#policy,
      isOwn: (id) => this.own?.live.recordingId === id || this.endings.hasOwn(id),
      began: (live) => {
        this.endings.drop(live.recordingId);
        bannerWhoIsNotAsked(live, context.people.all);
        this.#ask(live);
      },
      turned: (live) => this.#changed(live),
      ended: (live) => {
        this.#forget(live);
        this.endings.add(seenState(live, false));
      },
    });
    this.#deadlines = new Deadlines(context, {
      lives: (live) => this.lives.includes(live),
      isRunning: (live) => this.isRunning(live),
      isAsking: (live) => (this.own?.live === live ? this.own.state === 'asking' : !this.isRunning(live)),
      declined: (live, person, purposes, vetoAs) => this.#declined(live, person, purposes, vetoAs),
      evaluate: (who) => this.#evaluate(who),
      end: (live, outcome, code) => {
        if (this.own?.live === live) this.end(outcome, 'platform', code);
        else this.purposes?.drop(live, live.mainPurpose, 'platform', { outcome, code });
      },
    });
  }

  /** Those of the open set, once one was asked for. */
  get purposes(): OpenPurposes | undefined {
    const module = this.#modules.loaded('purposes');
    this.#purposes ??=
      module &&
      new module.OpenPurposes(this.#context, {
        policy: () => this.#policy,
        recording: () => (this.own && !this.own.context.inherited ? this.own.live : undefined),
        begin: (live) => this.#ask(live),
        add: (live, purpose, asked) => this.addPurpose(live, purpose, asked),
        drop: (live, purpose) => this.dropPurpose(live, purpose),
        ended: (live) => this.#forget(live),
        decide: () => this.#evaluate([]),
      });
    return this.#purposes;
  }

  /** All that people are asked for; what an authority that is gone has left is only stopped. */
  get lives(): LiveRecording[] {
    const own = this.own && !this.own.context.inherited ? [this.own.live] : [];
    return [...own, ...this.seen.lives.values(), ...(this.purposes?.lives.values() ?? [])];
  }

  get states(): RecordingState[] {
    const own = this.own ? [ownState(this.own)] : [];
    const seen = [...this.seen.lives.values()].map((live) => seenState(live, true));
    return [...own, ...seen, ...this.endings.states, ...(this.purposes?.states ?? [])];
  }

  isRunning(live: LiveRecording): boolean {
    return live.seen || (this.own?.live === live ? this.own.isRunning : this.purposes?.isOn(live) === true);
  }

  /** Begins to ask everyone who is here. */
  begin(own: OwnRecording): void {
    this.own = own;
    this.#ask(own.live, () => own.begin());
    own.evaluate([]);
    this.purposes?.askNow();
  }

  /** Asks everyone who is here; of a capture that nobody asked for (G10) as of one that they come late to. */
  #ask(live: LiveRecording, begin = () => {}): void {
    const now = this.#context.now();
    for (const person of this.#context.people.all) this.#enter(live, person, live.seen);
    startRequestTime(live, now);
    if (live.seen || live.mainPolicy.start === 'at-once') {
      for (const id of live.main.ids()) startOwnTime(live, id, now);
    }
    begin();
    this.#deadlines.schedule(live);
    this.#changed(live);
  }

  /** Everyone who is here has been named: from now on it decides. */
  gathered(): void {
    this.#isGathered = true;
    meetAll(this.#context, this.own?.live);
    // Who left meanwhile may be in the recorder's output still.
    this.#evaluate([...new Set([...(this.own?.included ?? []), ...this.#context.people.ids])]);
  }

  /** Takes a recording that was handed over in order; it decides nothing until everyone here has been named. */
  adopt(own: OwnRecording | undefined, purposes: readonly LiveRecording[]): void {
    this.#isGathered = false;
    this.own = own;
    for (const live of purposes) this.purposes?.lives.set(live.recordingId, live);
    for (const live of this.lives) {
      this.#deadlines.schedule(live);
      this.#changed(live);
    }
  }

  /** Somebody has come, has said hello, or is heard again. */
  enter(person: Person): void {
    for (const live of this.lives) {
      const hasStayed = live.stayed.has(person.id);
      const late = this.isRunning(live) && !hasStayed;
      const isNew = !live.main.has(person.id);
      this.#enter(live, person, hasStayed ? 'as-before' : late);
      if (isNew && !late) live.joinedMeanwhile.add(person.id);
      if (late || live.mainPolicy.start === 'at-once') startOwnTime(live, person.id, this.#context.now());
      if (person.met !== live.recordingId && !hasStayed) keepInLobby(person, live);
      meets(person, live);
      this.#deadlines.schedule(live);
    }
    this.#evaluate([person.id]);
  }

  /** Somebody has left, or is absent: what they agreed to no longer counts (G1). */
  leave(person: Person, gone: boolean): void {
    for (const live of this.lives) {
      live.leave(person.id);
      live.deadlines.delete(person.id);
    }
    const { own } = this;
    if (gone) this.purposes?.requesterLeft(person.id);
    if (gone && own && !own.isRunning && own.live.requesterId === person.id) {
      this.end('cancelled', own.live.by);
      return;
    }
    this.#evaluate([person.id]);
  }

  /** A notice is on somebody's screen, or its cue was played to the room. */
  shown(person: Person, noticeIds: (live: LiveRecording) => boolean): RecordingId[] {
    const lives = this.lives.filter(noticeIds);
    for (const live of lives) {
      if (person.channel === 'room-system') live.announcedTo.add(person.id);
      live.shown(person.id);
    }
    this.#evaluate([person.id]);
    return lives.map(({ recordingId }) => recordingId);
  }

  answer(person: Person, message: AnswerMessage): AcknowledgedOutcome {
    const live = this.lives.find((each) => each.recordingId === message.recordingId);
    if (!live) return { outcome: 'moot', because: 'capture-ended' };
    if (!live.main.has(person.id)) return { outcome: 'moot', because: 'not-asked' };
    const wasOpen = live.openPurposes(person.id).length > 0 || live.reviewing.has(person.id);
    const { outcome, declined } = applyAnswer(live, person.id, message);
    // Prompts that were open when the platform began to capture serve for that too.
    if (!live.seen) for (const seen of this.seen.lives.values()) applyToSeen(seen, live, person.id, message);
    if (outcome.outcome !== 'recorded') return outcome;
    live.reviewing.delete(person.id);
    if (!live.isUnanswered(person.id)) live.deadlines.delete(person.id);
    if (wasOpen && this.isRunning(live) && live.openPurposes(person.id).length === 0) live.bannered.add(person.id);
    this.#declined(live, person, declined, 'vetoed');
    this.#deadlines.schedule(live);
    this.#evaluate([person.id]);
    return { ...outcome, receiptId: derivedId(live.recordingId, person.id, message.id) };
  }

  /** Adds a purpose to what runs or is asked: everyone is asked for it, and for it alone. */
  addPurpose(live: LiveRecording, purpose: string, asked?: PurposeAsked): void {
    live.addPurpose(purpose, asked);
    for (const person of this.#context.people.all) {
      this.#enter(live, person, 'as-before');
      if (this.isRunning(live)) startOwnTime(live, person.id, this.#context.now());
    }
    this.#deadlines.schedule(live);
    this.#changed(live);
    this.#evaluate([]);
  }

  dropPurpose(live: LiveRecording, purpose: string): void {
    live.dropPurpose(purpose);
    this.#changed(live);
  }

  remind(live: LiveRecording, who: Iterable<ParticipantId>): void {
    this.#deadlines.remind(live, who);
  }

  /** Ends the own recording, or the request for it. */
  end(outcome: RecordingOutcome, by: RequestedBy, code?: string): void {
    this.own?.stop(outcome, by, code);
  }

  /** The own recording has ended: its notices close, its holds end, and who waited is let in. */
  ended(own: OwnRecording): void {
    if (this.own !== own) return;
    this.#forget(own.live);
    this.endings.add(ownState(own));
    own.dispose();
    this.own = undefined;
    this.seen.refresh();
  }

  /** Takes a tightened policy for all that lives. */
  tighten(policy: Policy): void {
    this.#policy = policy;
    for (const live of this.lives) {
      live.tighten(policy, this.isRunning(live));
      startRequestTime(live, this.#context.now());
      for (const id of live.main.ids()) if (live.main.isLate(id)) startOwnTime(live, id, this.#context.now());
      this.#deadlines.schedule(live);
    }
    this.#context.changed.everyone();
    this.#evaluate(this.#context.people.ids);
  }

  /** Decides anew for these people in all that lives. */
  #evaluate(who: readonly ParticipantId[]): void {
    if (!this.#isGathered) return;
    for (const id of who) this.#context.changed.person(id);
    this.#context.changed.meeting();
    this.decide(who);
  }

  decide(who: readonly ParticipantId[]): void {
    this.own?.evaluate(who);
    this.seen.decide();
    if (this.#isGathered) this.purposes?.decide();
  }

  #enter(live: LiveRecording, person: Person, late: boolean | 'as-before'): void {
    if (!late) meets(person, live);
    if (person.channel === 'bot') return;
    live.enter(person, reachOf(person, this.#context.now(), times.helloMs), late);
    // Who is not heard is asked, and counts once they are: nobody waits for them meanwhile.
    if (person.absent) live.leave(person.id);
    this.#context.changed.person(person.id);
  }

  #changed(live: LiveRecording): void {
    this.#context.changed.meeting();
    for (const id of live.main.ids()) this.#context.changed.person(id);
  }

  /** Refused, withdrawn or expired: what the policy does then. */
  #declined(live: LiveRecording, person: Person, purposes: readonly string[], vetoAs: RecordingOutcome): void {
    for (const purpose of purposes) {
      if (live.policyOf(purpose).onRefusal !== 'veto') continue;
      const by = { participantId: person.id };
      if (purpose !== live.mainPurpose) this.dropPurpose(live, purpose);
      else if (live.isAlone) this.purposes?.drop(live, purpose, by, { outcome: vetoAs });
      else if (live.seen) this.seen.control(live.recordingId)?.stop();
      else this.end(vetoAs, by);
    }
    leaveLobby(person, live);
  }

  #forget(live: LiveRecording): void {
    this.#deadlines.forget(live);
    this.#context.changed.meeting();
    this.#context.changed.everyone();
    if (live.isAlone) return;
    for (const person of this.#context.people.all) if (person.admission === 'waiting') person.admission = 'admitted';
  }
}
