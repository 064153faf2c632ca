import { everyAnswer } from '../consent/answer.rules.ts';
import type { Consent } from '../consent/consent.types.ts';
import type { CaptureReason } from '../hooks/hooks.types.ts';
import type { Holds } from '../notice/holds.ts';
import type { ByPurpose, Purpose, RecordingId } from '../participants/participants.types.ts';
import type { PersonalState, RecordingState } from '../transport/messages.types.ts';
import type { SessionContext } from './session-context.ts';

/** The key under which the policy's hold is kept; a withdrawal's own hold has another. */
export const policyHold = 'policy';

const ownActs: readonly Consent[] = everyAnswer;

/** What a client tells of its own person, from one whole state to the next. */
export class OwnState {
  readonly #context: SessionContext;
  readonly #holds: Holds;
  /** What has ended, or can run no more though nobody is here to say so. */
  readonly #over = new Set<RecordingId>();

  constructor(context: SessionContext, holds: Holds) {
    this.#context = context;
    this.#holds = holds;
  }

  take(before: PersonalState | undefined, now: PersonalState): void {
    this.#tellConsents(before, now);
    this.#carryOutHold(now);
    this.#tellCaptures(before, now);
    this.#tellAdmission(before, now);
    this.#context.changed();
  }

  /** The recording, or the purpose that lives without one: the first that anybody names of it. */
  mainPurpose(recordingId: RecordingId): Purpose {
    const asked = this.#context.personal()?.consents.find((each) => each.recordingId === recordingId);
    return this.#told(recordingId)?.purposes[0] ?? asked?.purpose ?? 'recording';
  }

  /** It has ended, or its recorder can run no more: nobody is in it (G2). */
  over(recordingId: RecordingId): void {
    for (const each of this.#capturing(this.#context.personal()))
      if (each.recordingId === recordingId) this.#tellEnd(each);
    this.#over.add(recordingId);
  }

  /** By purpose, for the living recording. */
  consents(personal: PersonalState | undefined): ByPurpose<Consent> {
    const consents: Record<string, Consent> = {};
    for (const { purpose, consent } of personal?.consents ?? [])
      if (!Object.hasOwn(consents, purpose)) consents[purpose] = consent;
    return consents;
  }

  /** Whether this person is in any recorder's output, and why or why not. */
  captured(personal: PersonalState | undefined): { captured: boolean; because: CaptureReason | undefined } {
    const is = ({ purpose }: { purpose?: Purpose }) => !purpose;
    const one = this.#capturing(personal).find(is);
    const last = one ?? personal?.captured.find(is);
    const isOver = last && this.#over.has(last.recordingId);
    return { captured: !!one, because: isOver ? 'ended' : last?.because };
  }

  /** What this person is in, by the last state and what is over since. */
  #capturing(personal: PersonalState | undefined): PersonalState['captured'] {
    return personal?.captured.filter((each) => each.captured && !this.#over.has(each.recordingId)) ?? [];
  }

  #tellConsents(before: PersonalState | undefined, now: PersonalState): void {
    const { hooks, self } = this.#context;
    for (const { recordingId, purpose, consent } of now.consents) {
      const known = before?.consents.find((each) => each.recordingId === recordingId && each.purpose === purpose);
      if (known?.consent === consent) continue;
      hooks.announce('consentChanged', { participantId: self.id, purpose, consent, recordingId });
    }
  }

  #told(recordingId: RecordingId): RecordingState | undefined {
    return this.#context.meeting()?.recordings.find((each) => each.recordingId === recordingId);
  }

  /** What is still on its way of a recording that has ended holds nobody (G13). */
  isOver(recordingId: RecordingId): boolean {
    return this.#told(recordingId)?.status === 'off';
  }

  #carryOutHold(now: PersonalState): void {
    const { hold } = now;
    if (hold && this.isOver(hold.recordingId)) return;
    if (hold) this.#holds.begin(policyHold, { purpose: this.mainPurpose(hold.recordingId), ...hold });
    else if (this.#holds.has(policyHold)) this.#holds.end(policyHold, this.#holdEnd(now));
  }

  #holdEnd(now: PersonalState): 'answered' | 'capture-ended' {
    const recordingId = this.#holds.recordingOf(policyHold);
    const purpose = this.#holds.purposeOf(policyHold);
    // A hold that ends by one's own act gives back what one had (G13).
    const isOwnAct = now.consents.some(
      (each) => each.recordingId === recordingId && each.purpose === purpose && ownActs.includes(each.consent),
    );
    return isOwnAct ? 'answered' : 'capture-ended';
  }

  #tellCaptures(before: PersonalState | undefined, now: PersonalState): void {
    const was = new Map(this.#capturing(before).map((each) => [`${each.recordingId} ${each.purpose}`, each]));
    // What was given up may live after all.
    for (const recordingId of this.#over) if (!this.isOver(recordingId)) this.#over.delete(recordingId);
    for (const each of now.captured) {
      const isIn = each.captured && !this.#over.has(each.recordingId);
      if (was.delete(`${each.recordingId} ${each.purpose}`) !== isIn) this.#tellCapture(each);
    }
    for (const each of was.values()) this.#tellEnd(each);
  }

  #tellEnd(each: PersonalState['captured'][number]): void {
    this.#tellCapture({ ...each, captured: false, because: 'ended' });
  }

  #tellCapture({ recordingId, purpose = 'recording', captured, because }: PersonalState['captured'][number]): void {
    this.#context.hooks.announce('captureChanged', {
      participantId: this.#context.self.id,
      purpose,
      captured,
      because,
      recordingId,
    });
  }

  #tellAdmission(before: PersonalState | undefined, now: PersonalState): void {
    const { hooks } = this.#context;
    const { admission } = now.admission;
    if ((before?.admission.admission ?? 'admitted') !== admission) hooks.announce('admissionChanged', now.admission);
    const { leave } = now;
    if (leave && (before?.leave?.recordingId !== leave.recordingId || before.leave.because !== leave.because)) {
      hooks.announce('leaveRequested', leave);
    }
  }
}
