import type { Answer } from '../consent/consent.types.ts';
import type { RecordingFact } from '../hooks/hooks.types.ts';
import type { Notice } from '../notice/notice.types.ts';
import type { ParticipantId, Purpose, RecordingId } from '../participants/participants.types.ts';
import type { Session } from '../session/session.types.ts';
import type { HookLine, StepOutcome } from './history.types.ts';
import type { Act } from './parsed.types.ts';

const answers = {
  acknowledges: 'acknowledged',
  givesConsent: 'given',
  refusesConsent: 'refused',
  withdrawsConsent: 'withdrawn',
} as const satisfies Record<string, Answer>;

/** The recordings that a client knows of, be it only from a notice. */
export function askedIn(session: Session): { recordingId: RecordingId; purposes: readonly Purpose[] }[] {
  const { recordings, notices } = session.getSnapshot();
  const known = [...recordings, ...notices].map(
    ({ recordingId, purposes }) => [recordingId, { recordingId, purposes }] as const,
  );
  return [...new Map(known.reverse()).values()];
}

/** The last recording that somebody's client has told the start of. */
export const lastStarted = (lines: readonly HookLine[], id: ParticipantId): RecordingId | undefined =>
  (
    lines.findLast(({ participant, hook }) => participant === id && hook === 'recordingStarted')?.payload as
      | RecordingFact
      | undefined
  )?.recordingId;

/** Does one step through a person's session; what it has no method for is not available. */
export function doInSession(
  session: Session,
  act: Act,
  person: {
    readonly shown: (notice: Notice) => void;
    readonly heard: (result: 'played' | 'blocked') => void;
    /** The last recording that this person's client told of. */
    readonly lastRecording: RecordingId | undefined;
  },
): StepOutcome | Promise<StepOutcome> {
  switch (act.does) {
    case 'requestsRecording':
      return session.requestRecording({
        storage: act.storage ?? 'cloud',
        ...(act.transcript !== undefined && { transcript: act.transcript }),
        ...(act.reason !== undefined && { reason: act.reason }),
        ...(act.only !== undefined && { only: act.only }),
      });
    case 'pausesRecording':
      return session.pauseRecording();
    case 'resumesRecording':
      return session.resumeRecording();
    case 'stopsRecording':
      return session.stopRecording();
    case 'startsWithoutWaiting':
      return session.startWithoutWaiting({ reason: act.reason });
    case 'acknowledges':
    case 'givesConsent':
    case 'refusesConsent':
    case 'withdrawsConsent':
      return answer(session, act);
    case 'reviewsConsent':
      return session.reviewConsent(act.purpose);
    case 'requestsTranscript':
      return session.requestTranscript();
    case 'stopsTranscript':
      return session.stopTranscript(act.failed === undefined ? {} : { failed: act.failed });
    case 'erasesRecording':
      return person.lastRecording === undefined
        ? { outcome: 'denied', code: 'recording/unknown' }
        : session.eraseRecording(person.lastRecording);
    case 'requestsPurpose':
      return session.requestPurpose({
        purpose: act.purpose,
        ...(act.provider !== undefined && { provider: act.provider }),
        ...(act.reason !== undefined && { reason: act.reason }),
      });
    case 'endsPurpose':
      return session.endPurpose(act.purpose);
    case 'exercisesRight':
      return session.exerciseRight({ right: act.right });
    case 'declaresRegion':
      return session.declareRegion(act.region);
    case 'admits':
      return session.admit(listOf(act.whom));
    case 'reminds':
      return session.remind(act.whom === undefined ? undefined : listOf(act.whom));
    case 'handsOver':
      return session.handOver(act.to);
    case 'enablesAttentionTracking':
      return session.enableAttentionTracking();
    case 'disablesAttentionTracking':
      return session.disableAttentionTracking();
    case 'startsSharing':
      return session.reportSharing(true);
    case 'stopsSharing':
      return session.reportSharing(false);
    case 'setsNotifications': {
      const answer = session.setNotifications(act.settings);
      return 'outcome' in answer ? answer : { outcome: 'done' };
    }
    case 'pressesKey':
      session.pressKey(act.key);
      return { outcome: 'done' };
    case 'confirmsShown':
      session.getSnapshot().notices.forEach(person.shown);
      return { outcome: 'done' };
    case 'confirmsCue':
      person.heard(act.result);
      return { outcome: 'done' };
    default:
      return { outcome: 'denied', code: 'session/not-available' };
  }
}

function answer(session: Session, act: Extract<Act, { does: keyof typeof answers }>): Promise<StepOutcome> {
  const given = answers[act.does];
  if ('purposes' in act && act.purposes) {
    const { purposes } = act;
    const notice = session.getSnapshot().notices.find((each) => purposes.every((one) => each.purposes.includes(one)));
    if (!notice) return Promise.resolve({ outcome: 'denied', code: 'consent/not-asked' });
    return session.answer(notice.noticeId, Object.fromEntries(purposes.map((purpose) => [purpose, given])));
  }
  const { purpose } = act as { purpose: string };
  switch (given) {
    case 'acknowledged':
      return session.acknowledge(purpose);
    case 'given':
      return session.giveConsent(purpose);
    case 'refused':
      return session.refuseConsent(purpose);
    case 'withdrawn':
      return session.withdrawConsent(purpose);
  }
}

const listOf = (whom: string | readonly string[]): readonly string[] => (typeof whom === 'string' ? [whom] : whom);
