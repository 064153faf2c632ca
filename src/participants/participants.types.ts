/** A person in the meeting, as the transport names them. */
export type ParticipantId = string;

/** One session's end of a transport; a participant has one per tab or device. */
export type Endpoint = string;

/** Hosts and co-hosts may start things; only who takes over tells them apart. */
export type Role = 'host' | 'co-host' | 'participant';
/** How somebody takes part: with a screen, by telephone, as a room of several people, or as software. */
export type Channel = 'app' | 'phone' | 'room-system' | 'bot';

/** Whether a person is in the meeting, or held outside it until they have answered. */
export type Admission = 'waiting' | 'admitted' | 'denied';

/** ISO 3166-1 alpha-2 or ISO 3166-2, e.g. `DE` or `US-CA`. */
export type Region = string;

/** What consent is for. The set is open: `ai-notes`, `live-streaming`, `live-captions`, … */
export type Purpose = 'recording' | 'transcription' | 'attention-tracking' | (string & {});

/** Something for each of some purposes. */
export type ByPurpose<T> = Readonly<Record<string, T>>;

/** Where a recording is kept: with the provider, or on the host's own device (R2). */
export type Storage = 'cloud' | 'local';
/** What can be held off. */
export type Device = 'microphone' | 'camera' | 'screen' | 'chat';

/** The fact announced (RFC 7866 says on, paused, off); `unknown` when a client cannot know. */
export type Status = 'off' | 'asking' | 'on' | 'paused' | 'unknown';
/** One recording, from its request to its end; 16 hex digits, `seen-` before them for the platform's own. */
export type RecordingId = string;

/** One reign of one authority, ordered by number, then id, then incarnation. */
export interface Epoch {
  readonly number: number;
  /** The participant whose client (or server) decides. */
  readonly id: ParticipantId;
  /** Random per start, so that a host who crashed and forgot is not taken for its earlier self. */
  readonly incarnation: string;
}

/** A person who asked, or turned something on. */
export interface Requester {
  readonly participantId: ParticipantId;
  readonly name?: string;
}

/** Who asked: a person, the platform by itself (G10), or nobody knows. An unknown starter exempts nobody. */
export type RequestedBy = Requester | 'platform' | 'unknown';

/** What a client says of its own person. `role` is only a wish: the transport vouches for roles. */
export interface Self {
  readonly id: ParticipantId;
  readonly role: Role;
  readonly name?: string;
  readonly region?: Region;
  readonly channel?: Channel;
}

/**
 * Whose word it is that a message comes from whom. `sender-and-role`: a server that knows who sent it and what role they
 * have. `sender`: it knows who, and you supply `roleOf`. `origin`: everyone on it is trusted (tabs of one origin, tests).
 */
export type Vouches = 'sender-and-role' | 'sender' | 'origin';
