import type { NoticeData } from '../notice/notice.types.ts';
import { noticeIdOf } from '../notice/notice-id.rules.ts';
import { refusalEffect } from '../notice/refusal.rules.ts';
import type { Policy } from '../policy/policy.types.ts';
import { seenRecordingId } from '../recording/seen.rules.ts';
import type { RecordingState } from '../transport/messages.types.ts';
import type { SeenCapture } from '../transport/transport.types.ts';

/** The captures that this client's own adapter sees, by the platform's id (G10). */
export class SeenHere {
  readonly #meetingId: string;
  readonly #captures = new Map<string, SeenCapture>();

  constructor(meetingId: string) {
    this.#meetingId = meetingId;
  }

  get captures(): SeenCapture[] {
    return [...this.#captures.values()];
  }

  get isEmpty(): boolean {
    return this.#captures.size === 0;
  }

  get states(): RecordingState[] {
    return this.captures.map((capture) => this.#state(capture));
  }

  /** Takes what the adapter says; a capture not seen before, if it is one. */
  take(capture: SeenCapture): RecordingState | undefined {
    const isNew = !this.#captures.has(capture.platformId);
    if (capture.active) this.#captures.set(capture.platformId, seenOf(capture));
    else this.#captures.delete(capture.platformId);
    return isNew && capture.active ? this.#state(capture) : undefined;
  }

  clear(): void {
    this.#captures.clear();
  }

  #state(capture: SeenCapture): RecordingState {
    return {
      recordingId: seenRecordingId(this.#meetingId, capture.platformId),
      purposes: ['recording'],
      status: capture.paused ? 'paused' : 'on',
      by: capture.startedBy === undefined ? 'platform' : { participantId: capture.startedBy },
      started: true,
      seen: true,
      ...(capture.controllable && { controlled: true }),
      endsBy: 'platform',
      ...(capture.storage && { storage: capture.storage }),
    };
  }
}

/** The notice of a capture seen where there is no authority to raise it: the same that one would raise. */
export function noticeSeenHere(state: RecordingState, policy: Policy | undefined, version: string): NoticeData {
  const consent = policy?.recording.consent ?? 'explicit';
  const kind = consent === 'notice' ? 'banner' : 'prompt';
  const { recordingId, purposes, by, storage } = state;
  return {
    noticeId: noticeIdOf({ recordingId, purposes, consent, kind, version }),
    recordingId,
    purposes,
    kind,
    consent,
    refusal: refusalEffect(policy?.recording.onRefusal ?? 'exclude', true),
    running: true,
    requestedBy: by,
    reminded: 0,
    ...(storage && { storage }),
  };
}

/** Only what the protocol says of a capture, whatever else an adapter's fact carries. */
export function seenOf(capture: SeenCapture): SeenCapture {
  const { platformId, active, paused, controllable, storage, startedBy, recordingId } = capture;
  return {
    platformId,
    active,
    ...(paused && { paused }),
    ...(controllable && { controllable }),
    ...(storage && { storage }),
    ...(startedBy !== undefined && { startedBy }),
    ...(recordingId !== undefined && { recordingId }),
  };
}
