import type { Consent } from '../consent/consent.types.ts';
import type { NoticeData, NoticeId } from '../notice/notice.types.ts';
import type { ParticipantId, Purpose, RecordingId } from '../participants/participants.types.ts';
import type { RightAsked, RosterRow } from '../recording/recording.types.ts';
import type { PersonalState } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';
import type { AuthorityContext } from './authority.types.ts';
import { closedBecause, type Gate, gateOf, holdFor, holdOfNewcomer, noticeFor, type Running } from './gate.rules.ts';
import type { LiveRecording } from './live-recording.ts';
import { OneCopy } from './one-copy.ts';
import { withOnePrompt } from './one-prompt.ts';
import { type NoticesTold, type Person, reachOf } from './people.ts';
import type { Recordings } from './recordings.ts';

/** How many closed notices a personal state still names. */
const closedKept = 4;

const isRecording = (live: LiveRecording): boolean => !live.isAlone;

/** What each person is told about themselves, and what hosts see of them: both follow from the recordings that live. */
export class PersonalStates {
  readonly #context: AuthorityContext;
  readonly #recordings: Recordings;
  /** The prompt for several lives that stands before somebody. */
  readonly #combined = new WeakMap<Person, NoticeData>();
  readonly #notices = new OneCopy<NoticesTold>();
  readonly #rightsOf: (id: ParticipantId) => readonly RightAsked[] | undefined;

  /** `rightsOf`: somebody's requests about their data. */
  constructor(
    context: AuthorityContext,
    recordings: Recordings,
    rightsOf: (id: ParticipantId) => readonly RightAsked[] | undefined = () => undefined,
  ) {
    this.#context = context;
    this.#recordings = recordings;
    this.#rightsOf = rightsOf;
  }

  of(id: ParticipantId): PersonalState | undefined {
    const person = this.#context.people.person(id);
    if (!person) return undefined;
    const { lives } = this.#recordings;
    const notices = this.#open(person, lives);
    const closed = this.#closed(person, notices, lives);
    const leave = this.#leave(person, lives);
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
          : [
              ...lives
                .filter(isRecording)
                .map((live) => ({ recordingId: live.recordingId, ...this.#captured(person, live) })),
              ...this.#others(person, lives),
            ],
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
    const { lives } = this.#recordings;
    const live = lives.find(isRecording);
    const consents: Record<string, Consent> = {};
    for (const each of lives) {
      if (each !== live && !each.isAlone) continue;
      for (const [purpose, roster] of each.rosters) {
        const consent = roster.consentOf(id);
        if (consent !== undefined) consents[purpose] = consent;
      }
    }
    const others = person.channel === 'bot' ? [] : this.#others(person, lives);
    const captured = live && person.channel !== 'bot' ? this.#captured(person, live) : undefined;
    const rights = this.#rightsOf(id);
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
      ...(others.length > 0 && { others }),
      ...(rights?.length && { rights }),
    };
  }

  /** The notice ids that stand before a person for one recording. */
  noticeIdsOf(person: Person, live: LiveRecording): NoticeId[] {
    const notice = noticeFor(person, this.#reach(person), live, this.#how(live));
    const combined = person.notices.open.filter(({ noticeId }) =>
      live.raised.get(noticeId)?.purposes.some((purpose) => !live.rosters.has(purpose)),
    );
    return [...(notice ? [notice] : []), ...combined].map(({ noticeId }) => noticeId);
  }

  #open(person: Person, lives: readonly LiveRecording[]): NoticeData[] {
    const all = lives.flatMap((live) => {
      const notice = noticeFor(person, this.#reach(person), live, this.#how(live));
      if (notice) live.raised.set(notice.noticeId, notice);
      return notice ? [{ live, notice }] : [];
    });
    const standing = this.#combined.get(person);
    const notices = withOnePrompt(all, { standing, lives, version: this.#context.options.noticeVersion ?? '1' });
    const combined = notices.find((each) => !all.some(({ notice }) => notice.noticeId === each.noticeId));
    if (combined) this.#combined.set(person, combined);
    else this.#combined.delete(person);
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
            notices,
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

  /** The purposes of the open set: one's standing for each decides, and that it has begun. */
  #others(person: Person, lives: readonly LiveRecording[]): NonNullable<RosterRow['others']> {
    return lives.flatMap((live) =>
      live.purposes
        .filter((purpose) => purpose !== 'recording' && purpose !== 'transcription')
        .map((purpose) => ({ recordingId: live.recordingId, purpose, ...this.#part(person, live, purpose) })),
    );
  }

  #part(person: Person, live: LiveRecording, purpose: Purpose): Gate {
    const main = live.isAlone ? gateOf(person, live) : this.#captured(person, live);
    const gate = main.captured ? gateOf(person, live, purpose) : main;
    return gate.captured && !live.purposesOn.has(purpose) ? { captured: false, because: 'unanswered' } : gate;
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

  #leave(person: Person, lives: readonly LiveRecording[]): PersonalState['leave'] {
    const { own } = this.#recordings;
    const all = [...(own ? [own.live] : []), ...lives.filter((live) => live.isAlone)];
    for (const live of all) {
      const leave = this.#leaveFor(person, live);
      if (leave) return leave;
    }
    return undefined;
  }

  #leaveFor(person: Person, { main, mainPolicy, recordingId }: LiveRecording): PersonalState['leave'] {
    if (mainPolicy.onRefusal !== 'leave') return undefined;
    const consent = main.consentOf(person.id);
    if (consent !== 'refused' && consent !== 'withdrawn' && consent !== 'expired') return undefined;
    if (person.admission === 'denied') return { because: 'denied', recordingId, leaveInMs: 0 };
    return { because: consent, recordingId, leaveInMs: times.leaveMs };
  }

  #how(live: LiveRecording): Running {
    const { own } = this.#recordings;
    if (own?.live === live) return own.how();
    const { options } = this.#context;
    return {
      running: this.#recordings.isRunning(live),
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
