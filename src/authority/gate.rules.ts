import type { Consent, ConsentAsked } from '../consent/consent.types.ts';
import type { NoticeClosed, NoticeData } from '../notice/notice.types.ts';
import { noticeIdOf } from '../notice/notice-id.rules.ts';
import { refusalEffect } from '../notice/refusal.rules.ts';
import type { Purpose, RecordingId } from '../participants/participants.types.ts';
import type { CaptureReason, RecordingRequest } from '../recording/recording.types.ts';
import type { PersonalState } from '../transport/messages.types.ts';
import type { LiveRecording } from './live-recording.ts';
import type { Person, Reach } from './people.ts';

/** What of a recording's state matters to one person. */
export interface Running {
  /** Capture has been started and not ended. */
  readonly running: boolean;
  /** The recorder can leave people out, and does. */
  readonly canExclude: boolean;
  /** The recorder was told to pause, and has not for a while. */
  readonly isPauseLate: boolean;
  readonly now: number;
  readonly noticeVersion: string;
}

export interface Gate {
  readonly captured: boolean;
  readonly because: CaptureReason;
}

const strictness: readonly ConsentAsked[] = ['notice', 'acknowledge', 'explicit'];

const strictest = (asked: readonly ConsentAsked[]): ConsentAsked =>
  asked.reduce((a, b) => (strictness.indexOf(b) > strictness.indexOf(a) ? b : a), 'notice');

/**
 * Whether the recorder may have somebody, and why or why not (G1); or another purpose, by their standing for that. Not
 * whether it has them yet.
 */
export function gateOf(person: Person, live: LiveRecording, purpose = live.mainPurpose): Gate {
  if (person.absent) return { captured: false, because: 'absent' };
  if (person.admission !== 'admitted') return { captured: false, because: 'not-admitted' };
  const roster = live.rosters.get(purpose);
  const standing = roster?.standingOf(person.id);
  switch (standing) {
    case 'clear':
      return { captured: true, because: 'clear' };
    case 'cannot-be-asked': {
      const told = live.policyOf(purpose).onCannotBeAsked === 'announce' && mayBeAnnounced(person, live);
      return { captured: told, because: told ? 'announced' : 'cannot-be-asked' };
    }
    case 'refused':
      return { captured: false, because: roster?.consentOf(person.id) as 'refused' | 'withdrawn' | 'expired' };
    case 'unanswered':
    case 'late':
      return { captured: false, because: standing };
    default:
      return { captured: false, because: live.sideOf(person.id) === 'other' ? 'other-side' : 'left' };
  }
}

/** Whether what somebody says may be written down: the recorder may have them, and they stand for the transcript as for it (G5). */
export function mayBeTranscribed(person: Person, live: LiveRecording): boolean {
  if (!gateOf(person, live).captured) return false;
  const standing = live.rosters.get('transcription')?.standingOf(person.id);
  const { onCannotBeAsked } = live.policyOf('transcription');
  return standing === 'clear' || (standing === 'cannot-be-asked' && onCannotBeAsked === 'announce');
}

/**
 * A room whose client can tell must have been told. Where the transport says that no client of this library is, the cue
 * sounds in the meeting itself. Of one that may be there and is silent, nobody knows that it sounded.
 */
function mayBeAnnounced(person: Person, live: LiveRecording): boolean {
  if (live.announcedTo.has(person.id)) return true;
  return person.seats.every(({ sdk }) => !sdk);
}

/** Whether all of somebody's clients have confirmed that their devices are held for this recording. */
export function isHeldNow(person: Person, recordingId: RecordingId): boolean {
  return person.seats.length > 0 && person.seats.every(({ held }) => held === recordingId);
}

/** Whether a recorder that cannot leave anybody out may have this person on air. */
export function isAccounted(person: Person, live: LiveRecording): boolean {
  if (person.channel === 'bot') return true;
  return !person.absent && (person.admission !== 'admitted' || gateOf(person, live).captured);
}

/**
 * Whether everyone is either accounted for or held: only then may such a recorder run. Of who is absent nobody knows
 * whether they still wait outside, or still keep their hold.
 */
export function everyoneIsAccounted(people: Iterable<Person>, live: LiveRecording): boolean {
  for (const person of people) {
    if (isAccounted(person, live)) continue;
    if (person.absent || !isHeldNow(person, live.recordingId)) return false;
  }
  return true;
}

/** What must stand before a person now: a prompt or a banner, never both. */
export function noticeFor(person: Person, reach: Reach, live: LiveRecording, how: Running): NoticeData | undefined {
  if (person.channel === 'bot' || (reach !== 'asks' && reach !== 'tells')) return undefined;
  const open = reach === 'asks' ? live.openPurposes(person.id) : [];
  const asked = strictest(open.map((purpose) => live.policyOf(purpose).consent));
  if (open.length > 0) {
    return notice(person, live, how, {
      purposes: open,
      consent: asked,
      kind: asked === 'notice' ? 'banner' : 'prompt',
    });
  }
  if (reach === 'asks' && live.reviewing.has(person.id)) {
    const consent = strictest(['acknowledge', ...live.purposes.map((purpose) => live.policyOf(purpose).consent)]);
    return notice(person, live, how, { purposes: live.purposes, consent, kind: 'prompt' });
  }
  if (!how.running || !live.bannered.has(person.id)) return undefined;
  return notice(person, live, how, { purposes: live.purposes, consent: 'notice', kind: 'banner' });
}

function notice(
  person: Person,
  live: LiveRecording,
  how: Running,
  what: { purposes: readonly Purpose[]; consent: ConsentAsked; kind: 'prompt' | 'banner' },
): NoticeData {
  const deadline = what.kind === 'prompt' ? deadlineOf(person, live) : undefined;
  // What is asked for later, and alone, has its own requester and reason.
  const asked = live.asked.get(what.purposes[0] as Purpose);
  const reason = asked ? asked.reason : live.reason;
  const side = live.sideOf(person.id);
  const providers = what.purposes.flatMap((purpose) => {
    const provider = live.asked.get(purpose)?.provider;
    return provider === undefined ? [] : [[purpose, provider] as const];
  });
  return {
    noticeId: noticeIdOf({ recordingId: live.recordingId, version: how.noticeVersion, ...what }),
    recordingId: live.recordingId,
    ...what,
    refusal: refusalEffect(live.mainPolicy.onRefusal, live.seen && !live.controlled),
    running: how.running,
    requestedBy: asked?.by ?? live.by,
    ...(live.storage && { storage: live.storage }),
    ...(reason && { reason }),
    ...(side && { side }),
    ...(providers.length > 0 && { providers: Object.fromEntries(providers) }),
    ...(deadline !== undefined && { answerInMs: Math.max(0, deadline - how.now) }),
    reminded: live.reminded.get(person.id) ?? 0,
  };
}

function deadlineOf(person: Person, live: LiveRecording): number | undefined {
  const own = live.deadlines.get(person.id);
  if (own !== undefined || live.joinedMeanwhile.has(person.id)) return own;
  return live.main.isLate(person.id) ? undefined : live.dueAt;
}

/** Why a person's notice is not there any more; `open` are those that are. */
export function closedBecause(
  id: string,
  noticeId: string,
  live: LiveRecording | undefined,
  open: readonly NoticeData[] = [],
): NoticeClosed {
  const raised = live?.raised.get(noticeId);
  // Whoever is asked once more, or for more, has not answered by that.
  const isAsked = open.some(({ kind, recordingId }) => kind === 'prompt' && recordingId === live?.recordingId);
  if (raised?.kind === 'banner' && isAsked) return 'superseded';
  const asked = raised?.purposes ?? [];
  const consents = asked.map((purpose) => live?.rosters.get(purpose)?.consentOf(id));
  // What one did not answer in time stands over what one did.
  const consent: Consent | undefined = consents.includes('expired') ? 'expired' : live?.main.consentOf(id);
  switch (consent) {
    case 'given':
    case 'acknowledged':
      return 'answered';
    case 'refused':
    case 'expired':
    case 'withdrawn':
      return consent;
    case undefined:
      return 'capture-ended';
    default:
      return 'superseded';
  }
}

/** Which devices must be off, and why (G13). Who is absent hears it when they say hello: they must not be on air for a moment. */
export function holdFor(person: Person, live: LiveRecording, how: Running): PersonalState['hold'] {
  if (person.channel === 'bot' || !isHeld(person, live, how)) return null;
  const standing = live.main.standingOnceBack(person.id);
  const deadline = deadlineOf(person, live);
  return {
    recordingId: live.recordingId,
    devices: live.mainPolicy.holds,
    because: standing === 'refused' ? 'refused' : standing === 'late' ? 'late' : 'unanswered',
    ...(deadline !== undefined && standing !== 'refused' && { endsInMs: Math.max(0, deadline - how.now) }),
  };
}

/**
 * What an authority that is gone has left may still take whoever is on air: who was not there for it is held until it has
 * ended (G1). One that only the platform can end may be unknown for ever: nobody is kept waiting for it (G9).
 */
export function holdOfNewcomer(
  person: Person,
  live: LiveRecording,
  { canExclude, isReachable, hasLease }: RecordingRequest,
): PersonalState['hold'] {
  if (canExclude || !isReachable || !hasLease || person.channel === 'bot' || person.met === live.recordingId)
    return null;
  return { recordingId: live.recordingId, devices: live.mainPolicy.holds, because: 'late' };
}

function isHeld(person: Person, live: LiveRecording, { running, canExclude, isPauseLate }: Running): boolean {
  const { untilAnswered, onLateJoin, onRefusal, start } = live.mainPolicy;
  const starts = running || start === 'at-once' || live.withoutWaiting !== undefined;
  switch (live.main.standingOnceBack(person.id)) {
    case 'unanswered':
      return starts && (untilAnswered === 'hold' || !canExclude);
    case 'late':
      if (onLateJoin === 'hold') return true;
      return !canExclude && person.admission === 'admitted' && (onLateJoin !== 'pause' || isPauseLate);
    case 'refused':
      // Who leaves has not left yet, and what is vetoed has not stopped yet.
      return onRefusal === 'hold' || !canExclude;
    default:
      return false;
  }
}
