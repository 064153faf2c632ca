import type { FocusSource } from '../attention/focus.types.ts';
import type { DeviceController } from '../notice/notice.types.ts';
import type { Channel, Endpoint, ParticipantId, Role, Self, Vouches } from '../participants/participants.types.ts';
import type { CaptureController } from '../recording/capture.types.ts';
import type { RecordingStorage } from '../records/retention.types.ts';

/** Where a transport tells what comes in, one call after the other and never within `send`; nothing it is told may throw. */
export interface TransportListener {
  message(data: string, from: Endpoint): void;
  /** Somebody is there, once for each endpoint. `sdk: false`: their client has not this library, and they cannot be asked. */
  joined(id: Endpoint, facts: { channel?: Channel; sdk?: boolean }): void;
  left(id: Endpoint): void;
  state(state: 'open' | 'interrupted' | 'closed'): void;
}

/**
 * Moves messages between clients and says who sent them; it need not deliver, order or deduplicate.
 * `receive` starts it and reports everyone already there by `joined`; the function it returns ends it, and the
 * others are then told `left`. `transportContract` of ./testing checks all that is said here.
 */
export interface Transport {
  /** This endpoint, one per session. `from`, `to`, `left` and `present` name endpoints. */
  readonly selfId: Endpoint;
  readonly vouches: Vouches;
  /** Whose endpoint it is, one's own and that of somebody who has left included; `undefined` for one never heard of. */
  participantOf(endpoint: Endpoint): ParticipantId | undefined;
  /**
   * Text of up to 4 KiB, to everyone but oneself, or to these. Throws or rejects with a `NoticeError` `transport/closed`
   * before `receive` and after its end.
   */
  send(data: string, to: 'all' | readonly Endpoint[]): void | Promise<void>;
  /** Everyone connected now, without oneself; `undefined` if it cannot know. */
  present(): readonly Endpoint[] | undefined;
  /** Opens it, says `open` once it is, and may be called again after its end. */
  receive(listener: TransportListener): () => void;
  /** The role of now; `undefined` where this transport does not know. */
  roleOf(participantId: ParticipantId): Role | 'authority' | undefined;
}

/**
 * A capture of the platform's own, running or ended, as the adapter sees it. `platformId` names it. An adapter that had
 * lost its platform tells, once that is back, of each that has begun or ended meanwhile: its client believes it alone.
 */
export interface SeenCapture {
  readonly platformId: string;
  readonly active: boolean;
  /** It runs and writes nothing for now. */
  readonly paused?: boolean;
  /** This client's capture controller takes `pause`, `resume` and `stop` for it, under its `platformId`. */
  readonly controllable?: boolean;
  readonly storage?: 'cloud' | 'local';
  readonly startedBy?: ParticipantId;
  /** Ours, if the platform names the recording it belongs to. */
  readonly recordingId?: string;
}

/** What runs on a platform now, for who comes later. */
export interface AdapterSnapshot {
  readonly captures: readonly SeenCapture[];
  readonly sharing: boolean;
}

/**
 * What a platform tells of by itself. A `segment` is a `Segment` of what was said: a host's client hands it to the meeting's
 * own transcript. While there is none, it is a capture seen, of the `platformId` `transcript`, until that is told to have ended.
 */
export type AdapterFact =
  | { readonly fact: 'joined'; readonly endpoint: Endpoint; readonly channel?: Channel; readonly sdk?: boolean }
  | { readonly fact: 'left'; readonly endpoint: Endpoint }
  | { readonly fact: 'sharing'; readonly active: boolean; readonly at: number }
  | ({ readonly fact: 'capture-seen' } & SeenCapture)
  | { readonly fact: 'key'; readonly key: string }
  | { readonly fact: 'segment'; readonly segment: unknown };

/** Binds one conferencing SDK: in place of meetingId, self, transport, capture, devices and focus. */
export interface MeetingAdapter {
  readonly meetingId: string;
  self(): Self;
  readonly transport?: Transport;
  readonly capture?: CaptureController;
  readonly devices?: DeviceController;
  readonly focus?: FocusSource;
  /** Where the media of its cloud recordings are, to be erased there; without one, those of `createMeetingRecords` hold. */
  readonly storage?: RecordingStorage;
  snapshot(): AdapterSnapshot;
  subscribe(listener: (fact: AdapterFact) => void): () => void;
}
