import type { RecordingId } from '../participants/participants.types.ts';
import type { MeetingState, PersonalState } from '../transport/messages.types.ts';

/**
 * What keeps somebody out of a recording outlives its authority: for as long as nobody knows whether the recorder has
 * ended, their hold stays and they wait outside, whatever the next authority, which does not know of it, says (G1, G13).
 */
export class CarryOver {
  #before: PersonalState | undefined;

  /** Another authority is followed, and nobody handed over to it. */
  authorityIsGone(personal: PersonalState | undefined): void {
    if (personal && keptOutOf(personal) !== undefined) this.#before ??= personal;
  }

  /** A person's state with what stays; `meeting` is the next authority's word, once it is known. */
  over(now: PersonalState, meeting: MeetingState | undefined): PersonalState {
    const before = this.#before;
    if (!before) return now;
    if (!mayStillRun(keptOutOf(before), meeting)) {
      this.#before = undefined;
      return now;
    }
    return { ...now, hold: now.hold ?? before.hold, admission: before.admission };
  }

  forget(): void {
    this.#before = undefined;
  }
}

function keptOutOf({ hold, admission }: PersonalState): RecordingId | undefined {
  return hold?.recordingId ?? (admission.admission === 'waiting' ? admission.recordingId : undefined);
}

/** One that only the platform can end may be unknown for ever: nobody is kept waiting for it (G9). */
function mayStillRun(recordingId: RecordingId | undefined, meeting: MeetingState | undefined): boolean {
  if (!meeting) return true;
  const recording = meeting.recordings.find((each) => each.recordingId === recordingId);
  return recording?.status === 'unknown' && recording.endsBy !== 'platform';
}
