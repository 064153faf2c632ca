import type { Consent } from '../consent/consent.types.ts';
import type { NoticeData, NoticeId } from '../notice/notice.types.ts';
import type { ParticipantId, Purpose, RecordingId } from '../participants/participants.types.ts';
import type { RosterRow } from '../recording/recording.types.ts';
import type { PersonalState } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';
import type { AuthorityContext } from './authority.types.ts';
import { closedBecause, gateOf, holdFor, holdOfNewcomer, noticeFor, type Running } from './gate.rules.ts';
import type { LiveRecording } from './live-recording.ts';
import { OneCopy } from './one-copy.ts';
import { type NoticesTold, type Person, reachOf } from './people.ts';
import type { Recordings } from './recordings.ts';

/** How many closed notices a personal state still names. */
const closedKept = 4;

/** What each person is told about themselves, and what hosts see of them: both follow from the recordings that live. */
export class PersonalStates {
  readonly #context: AuthorityContext;
  readonly #recordings: Recordings;
  readonly #notices = new OneCopy<NoticesTold>();

  constructor(context: AuthorityContext, recordings: Recordings) {
    this.#context = context;
    this.#recordings = recordings;
  }

  of(id: ParticipantId): PersonalState | undefined {
    const person = this.#context.people.person(id);
    if (!person) return undefined;
    const { lives } = this.#recordings;
    const notices = this.#open(person, lives);
    const closed = this.#closed(person, notices, lives);
    const leave = this.#leave(person);
    return {
      notices,
      closed,
      consents: lives.flatMap((live) =>
        live.purposes.flatMap((purpose) => {
          const roster = live.rosters.get(purpose);
          const consent = roster?.consentOf(id);
          if (!roster || consent === undefined) return [];
          return [{ recordingId: live.recordingId, purpose, consent, revision: roster.revisionOf(id) }];
        }),
      ),
      captured:
        person.channel === 'bot'
          ? []
          : lives.map((live) => ({ recordingId: live.recordingId, ...this.#captured(person, live) })),
      hold: this.#hold(person, lives),
      admission: {
        admission: person.admission,
        because: person.admission === 'admitted' ? 'admitted' : 'unanswered',
        ...(person.admission !== 'admitted' && lives[0] && { recordingId: lives[0].recordingId }),
      },
      ...(leave && { leave }),
    };
  }

  /** Where somebody stands for one purpose of one living recording. */
  consentOf(id: ParticipantId, recordingId: RecordingId, purpose: Purpose): Consent | undefined {
    return this.#recordings.lives
      .find((live) => live.recordingId === recordingId)
      ?.rosters.get(purpose)
      ?.consentOf(id);
  }

  row(id: ParticipantId): RosterRow | undefined {
    const person = this.#context.people.person(id);
    if (!person) return undefined;
    const [live] = this.#recordings.lives;
    const consents: Record<string, Consent> = {};
    for (const [purpose, roster] of live?.rosters ?? []) {
      const consent = roster.consentOf(id);
      if (consent !== undefined) consents[purpose] = consent;
    }
    const captured = live && person.channel !== 'bot' ? this.#captured(person, live) : undefined;
    return {
      participantId: id,
      ...(person.name !== undefined && { name: person.name }),
      role: person.role,
      channel: person.channel,
      present: !person.absent,
      ...(person.seats.every((seat) => seat.focus) && { focus: true }),
      admission: person.admission,
      ...(live && { recordingId: live.recordingId }),
      consents,
      captured: captured?.captured ?? false,
      ...(captured && { because: captured.because }),
    };
  }

  /** The notice ids that stand before a person for one recording. */
  noticeIdsOf(person: Person, live: LiveRecording): NoticeId[] {
    const notice = noticeFor(person, this.#reach(person), live, this.#how(live));
    return notice ? [notice.noticeId] : [];
  }

  #open(person: Person, lives: readonly LiveRecording[]): NoticeData[] {
    const notices: NoticeData[] = [];
    for (const live of lives) {
      const notice = noticeFor(person, this.#reach(person), live, this.#how(live));
      if (notice) live.raised.set(notice.noticeId, notice);
      // One prompt at a time: an open one serves for a capture of the platform's own too.
      if (notice && !(live.seen && notices.some((each) => each.kind === 'prompt'))) notices.push(notice);
    }
    return notices;
  }

  #closed(person: Person, notices: readonly NoticeData[], lives: readonly LiveRecording[]): NoticesTold['closed'] {
    const before = person.notices;
    const isOpen = ({ noticeId }: { noticeId: NoticeId }) => notices.some((notice) => notice.noticeId === noticeId);
    if (notices.length === before.open.length && before.open.every(isOpen)) return before.closed;
    const closed = [
      ...before.closed.filter((notice) => !isOpen(notice)),
      ...before.open
        .filter((notice) => !isOpen(notice))
        .map(({ noticeId, recordingId }) => ({
          noticeId,
          because: closedBecause(
            person.id,
            noticeId,
            lives.find((live) => live.recordingId === recordingId),
          ),
        })),
    ].slice(-closedKept);
    const open = notices.map(({ noticeId, recordingId }) => ({ noticeId, recordingId }));
    const told = { open, closed };
    person.notices = this.#notices.of(JSON.stringify(told), told);
    return closed;
  }

  #hold(person: Person, lives: readonly LiveRecording[]): PersonalState['hold'] {
    for (const live of lives) {
      const hold = holdFor(person, live, this.#how(live));
      if (hold) return hold;
    }
    const { own } = this.#recordings;
    return own?.context.inherited ? holdOfNewcomer(person, own.live, own.request) : null;
  }

  #captured(person: Person, live: LiveRecording): Pick<PersonalState['captured'][number], 'captured' | 'because'> {
    if (live.seen)
      return live.isPaused ? { captured: false, because: 'paused' } : { captured: true, because: 'platform' };
    const gate = gateOf(person, live);
    const { own } = this.#recordings;
    if (own?.live !== live) return gate;
    if (own.hasCaptured(person.id)) return { captured: true, because: gate.because };
    if (!gate.captured) return gate;
    return { captured: false, because: own.state === 'paused' ? 'paused' : 'unanswered' };
  }

  #leave(person: Person): PersonalState['leave'] {
    const own = this.#recordings.own;
    if (own?.live.mainPolicy.onRefusal !== 'leave') return undefined;
    const consent = own.live.main.consentOf(person.id);
    if (consent !== 'refused' && consent !== 'withdrawn' && consent !== 'expired') return undefined;
    const { recordingId } = own.live;
    if (person.admission === 'denied') return { because: 'denied', recordingId, leaveInMs: 0 };
    return { because: consent, recordingId, leaveInMs: times.leaveMs };
  }

  #how(live: LiveRecording): Running {
    const { own } = this.#recordings;
    if (own?.live === live) return own.how();
    const { options } = this.#context;
    return {
      running: true,
      canExclude: true,
      isPauseLate: false,
      now: this.#context.now(),
      noticeVersion: options.noticeVersion ?? '1',
    };
  }

  #reach(person: Person) {
    return reachOf(person, this.#context.now(), times.helloMs);
  }
}
