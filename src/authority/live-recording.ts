import type { Consent } from '../consent/consent.types.ts';
import { Roster } from '../consent/roster.ts';
import type { NoticeData, NoticeId, Side } from '../notice/notice.types.ts';
import type {
  ParticipantId,
  Purpose,
  RecordingId,
  RequestedBy,
  Status,
  Storage,
} from '../participants/participants.types.ts';
import type { Policy, PurposePolicy } from '../policy/policy.types.ts';
import { purposePolicy } from '../policy/purpose.rules.ts';
import { standingOf } from '../policy/standing.rules.ts';
import type { Readiness } from '../recording/recording.types.ts';
import { Declined } from './declined.ts';
import type { LiveRecordingState, PurposeAsked } from './live-recording.types.ts';
import type { Person, Reach } from './people.ts';

const idOf = (by: RequestedBy): ParticipantId | undefined => (typeof by === 'object' ? by.participantId : undefined);

/** How many refusals of one person are remembered: more than they can make while one of them is on its way. */
const refusalsKept = 8;

/** Answers still open, for which a notice stands. */
const isOpen = (consent: Consent | undefined): boolean => consent === 'requested' || consent === 'shown';

/**
 * What the authority knows of one living recording, or of a purpose that lives without one: who was asked for what, what
 * they said, and until when it waits. The recorder's own state is the machine's; who is captured follows from both (`gate.rules.ts`).
 */
export class LiveRecording {
  readonly recordingId: RecordingId;
  /** The one that the others live with: `recording`, where it is one. */
  readonly mainPurpose: Purpose;
  readonly storage: Storage | undefined;
  readonly by: RequestedBy;
  readonly reason: string | undefined;
  /** A capture of the platform's own (G10). */
  readonly seen: boolean;
  /** The authority's recorder can pause, resume and stop that capture. */
  readonly controlled: boolean;
  /** The recorder itself has said that it has ended. */
  isEndConfirmed = false;
  /** The platform says that its capture is paused. */
  isPaused = false;
  readonly rosters = new Map<Purpose, Roster>();
  purposes: readonly Purpose[];
  groups: readonly (readonly Purpose[])[];
  policy: Policy;
  /** When each unanswered person's time is up. Insertion order is time order. */
  readonly deadlines = new Map<ParticipantId, number>();
  /** When the time of a request that waits for everyone is up. */
  dueAt: number | undefined;
  /** Joined while it was asked: waited for until `dueAt`, then late joiners with a time of their own. */
  readonly joinedMeanwhile = new Set<ParticipantId>();
  /** Who sees the banner that capture runs. */
  readonly bannered = new Set<ParticipantId>();
  /** Every notice that was raised for it, and what it asked: an answer counts for that, and no more. */
  readonly raised = new Map<NoticeId, Pick<NoticeData, 'kind' | 'consent' | 'purposes'>>();
  /** Who was there when it was handed over, and has not left since: nobody comes late by that, or is sent outside. */
  readonly stayed = new Set<ParticipantId>();
  /** Who opened the notice again, to change their mind. */
  readonly reviewing = new Set<ParticipantId>();
  /** Who cannot be asked and was told all the same: the cue was played to the room. */
  readonly announcedTo = new Set<ParticipantId>();
  /** Several people behind one endpoint: they may refuse, and nobody there agrees for all. */
  readonly rooms = new Set<ParticipantId>();
  readonly reminded = new Map<ParticipantId, number>();
  /** When a request that something forbids is given up (G9). */
  giveUpAt: number | undefined;
  /** When unanswered people are next reminded, where the policy reminds. */
  remindAt: number | undefined;
  /** The last refusals and withdrawals of each person, so that a late repeat of one changes nothing. */
  readonly refusals = new Map<ParticipantId, readonly string[]>();
  readonly declined = new Declined();
  readonly purposesOn = new Set<Purpose>();
  readonly asked: Map<Purpose, PurposeAsked>;
  readonly only: readonly ParticipantId[] | undefined;
  expired = 0;
  withoutWaiting: { by: ParticipantId; reason: string } | undefined;
  lastBy: RequestedBy | undefined;
  pausedByHost = false;

  constructor(state: LiveRecordingState, policy: Policy) {
    this.recordingId = state.recordingId;
    this.purposes = state.purposes;
    this.groups = state.groups ?? [state.purposes];
    this.storage = state.storage;
    this.by = state.by;
    this.reason = state.reason;
    this.seen = state.seen;
    this.controlled = state.controlled ?? false;
    this.policy = policy;
    this.mainPurpose = state.purposes.includes('recording') ? 'recording' : (state.purposes[0] as Purpose);
    this.asked = new Map(state.asked);
    this.only = state.only;
    for (const purpose of state.purposes) this.#addRoster(purpose);
  }

  get main(): Roster {
    return this.rosters.get(this.mainPurpose) as Roster;
  }

  get mainPolicy(): PurposePolicy {
    return purposePolicy(this.policy, this.mainPurpose);
  }

  /** A purpose that lives without a recording: no recorder is told of it. */
  get isAlone(): boolean {
    return this.mainPurpose !== 'recording';
  }

  get requesterId(): ParticipantId | undefined {
    return idOf(this.by);
  }

  /** Who asked for a purpose: that person's own consent to it. */
  requesterOf(purpose: Purpose): ParticipantId | undefined {
    return idOf(this.asked.get(purpose)?.by ?? this.by);
  }

  policyOf(purpose: Purpose): PurposePolicy {
    return purposePolicy(this.policy, purpose);
  }

  /** Adds what is asked for later: only that is asked anew. */
  addPurpose(purpose: Purpose, asked?: PurposeAsked): void {
    if (asked) this.asked.set(purpose, asked);
    this.purposes = [...this.purposes, purpose];
    this.groups = [...this.groups, [purpose]];
    this.#addRoster(purpose);
  }

  /** Ends a purpose, and what follows it. */
  dropPurpose(purpose: Purpose): void {
    for (const each of this.purposes) if (this.follows(each, purpose)) this.dropPurpose(each);
    this.declined.keep(purpose, this.rosters.get(purpose));
    this.asked.delete(purpose);
    this.purposes = this.purposes.filter((each) => each !== purpose);
    this.groups = this.groups.map((group) => group.filter((each) => each !== purpose));
    this.rosters.delete(purpose);
    this.purposesOn.delete(purpose);
  }

  /** Where one side alone is recorded: whether it is theirs. */
  sideOf(id: ParticipantId): Side | undefined {
    return this.only && (this.only.includes(id) ? 'own' : 'other');
  }

  /**
   * Puts somebody who is here into the rosters, and asks them as far as they can be asked. What was said before holds, a
   * refusal of what is asked for again too (G5); a request is its requester's consent, but for a room beside them. Whoever
   * is on a side that is not recorded is only told that it runs.
   */
  enter(person: Person, reach: Reach, late: boolean | 'as-before'): void {
    if (this.sideOf(person.id) === 'other') {
      this.bannered.add(person.id);
      return;
    }
    if (reach === 'tells') this.rooms.add(person.id);
    for (const [purpose, roster] of this.rosters) {
      const before = roster.consentOf(person.id);
      const isRequester = person.id === this.requesterOf(purpose) && reach !== 'tells';
      if (before === undefined && (isRequester || this.declined.has(purpose, person.id))) {
        roster.enter(person.id, false);
        if (!isRequester) roster.apply(person.id, { type: 'consent.requested' });
        roster.apply(person.id, { type: isRequester ? 'consent.given' : 'consent.refused' });
        continue;
      }
      const isLate = late === 'as-before' ? roster.isLate(person.id) : late;
      const standing = standingOf(before, this.policyOf(purpose).consent, isLate);
      roster.enter(person.id, isLate && (standing === 'late' || standing === 'cannot-be-asked'));
      if (reach === 'asks' && (before === undefined || before === 'cannot-be-asked')) {
        roster.apply(person.id, { type: 'consent.requested' });
      } else if (reach === 'none' || reach === 'tells') {
        roster.apply(person.id, { type: 'participant.unreachable' });
      }
    }
  }

  leave(id: ParticipantId): void {
    this.stayed.delete(id);
    for (const roster of this.rosters.values()) roster.leave(id);
  }

  /** Remembers an answer by which somebody refused or withdrew. */
  refused(id: ParticipantId, answerId: string): void {
    const before = this.refusals.get(id) ?? [];
    if (!before.includes(answerId)) this.refusals.set(id, [...before, answerId].slice(-refusalsKept));
  }

  /** The purposes that a person has still to answer, with those asked for together with them. */
  openPurposes(id: ParticipantId): Purpose[] {
    return this.groups
      .filter((group) => group.some((purpose) => isOpen(this.rosters.get(purpose)?.consentOf(id))))
      .flat();
  }

  /** A notice is before somebody: what is told, and not asked, is answered by that. */
  shown(id: ParticipantId): void {
    for (const purpose of this.openPurposes(id)) {
      const roster = this.rosters.get(purpose);
      roster?.apply(id, { type: 'notice.shown' });
      if (roster?.isLate(id) && roster.standingOf(id) === 'clear') roster.setLate(id, false);
    }
    if (!this.isUnanswered(id)) this.deadlines.delete(id);
  }

  /** Whether a person's answer is missing: for `notice`, a banner once shown is answered. */
  isUnanswered(id: ParticipantId): boolean {
    for (const roster of this.rosters.values()) {
      const standing = roster.standingOf(id);
      if (standing === 'unanswered' || standing === 'late') return true;
    }
    return false;
  }

  /** Takes a tightened policy: whoever's consent no longer suffices is asked anew, as a late joiner if it runs. */
  tighten(policy: Policy, running: boolean): void {
    const before = this.policy;
    this.policy = policy;
    for (const [purpose, roster] of this.rosters) {
      const asked = this.policyOf(purpose).consent;
      roster.recount((consent, late) => standingOf(consent, asked, late));
      if (asked === purposePolicy(before, purpose).consent) continue;
      for (const id of roster.ids()) this.#askAnew(roster, id, running);
    }
  }

  /** Asks for everything anew: the words have changed in substance. */
  askEveryoneAnew(running: boolean): void {
    for (const [purpose, roster] of this.rosters) {
      for (const id of roster.ids()) {
        if (id === this.requesterOf(purpose) || roster.consentOf(id) === 'cannot-be-asked') continue;
        roster.apply(id, { type: 'consent.requested' });
        if (running) roster.setLate(id, true);
      }
    }
  }

  /** Who stands where for the start, now. */
  readiness(forbidden: boolean): Readiness {
    const { start, onCannotBeAsked } = this.mainPolicy;
    const { counts } = this.main;
    const announced = onCannotBeAsked === 'announce' ? counts['cannot-be-asked'] : 0;
    return {
      counts: announced > 0 ? { ...counts, clear: counts.clear + announced } : counts,
      blocked: forbidden || (onCannotBeAsked === 'block' && counts['cannot-be-asked'] > 0),
      settled: start === 'at-once' || this.withoutWaiting !== undefined || counts.unanswered === 0,
      expired: this.expired,
    };
  }

  /** The status of a purpose that was asked for along with the recording: it follows, once its own answers are in. */
  statusOf(purpose: Purpose, status: Status): Status {
    if (purpose === this.mainPurpose || status === 'off' || status === 'unknown') return status;
    return this.purposesOn.has(purpose) ? status : 'asking';
  }

  /** Lets purposes begin whose answers are in; they stay on until the recording ends. `true` if one has begun. */
  settlePurposes(): boolean {
    const before = this.purposesOn.size;
    for (const [purpose, roster] of this.rosters) {
      const { counts } = roster;
      const settled = this.policyOf(purpose).start === 'at-once' || counts.unanswered === 0;
      if (settled && counts.clear > 0) this.purposesOn.add(purpose);
    }
    return this.purposesOn.size > before;
  }

  /** Whether the policy lets one purpose live and end with another. */
  follows(purpose: Purpose, followed: Purpose): boolean {
    const { purposes } = this.policy;
    return Object.hasOwn(purposes, purpose) && purposes[purpose]?.follows === followed;
  }

  #addRoster(purpose: Purpose): void {
    const asked = this.policyOf(purpose).consent;
    this.rosters.set(purpose, new Roster((consent, late) => standingOf(consent, asked, late)));
  }

  #askAnew(roster: Roster, id: ParticipantId, running: boolean): void {
    const consent = roster.consentOf(id);
    if (consent !== 'shown' && consent !== 'acknowledged') return;
    const standing = roster.standingOf(id);
    if (standing === 'clear') return;
    roster.apply(id, { type: 'consent.requested' });
    if (running) roster.setLate(id, true);
  }
}
