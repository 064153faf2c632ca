import type { Answer, ConsentAsked } from '../consent/consent.types.ts';
import type {
  ByPurpose,
  Device,
  Purpose,
  RecordingId,
  RequestedBy,
  Storage,
} from '../participants/participants.types.ts';

export type { RequestedBy };

/** The same for everyone who is asked the same; a repeat has the same one. */
export type NoticeId = string;

/** What choosing does to oneself. */
export type ChoiceEffect = 'captured' | 'excluded' | 'held' | 'leaves' | 'vetoes' | 'none';

/** Where one side alone is recorded: whether it is that of whoever is told, or another's. */
export type Side = 'own' | 'other';

/** Why a notice went away. */
export type NoticeClosed = 'answered' | 'refused' | 'expired' | 'capture-ended' | 'superseded' | 'withdrawn' | 'left';

/** What the authority tells one participant's client to put before its person. No texts: each client has its own language. */
export interface NoticeData {
  readonly noticeId: NoticeId;
  readonly recordingId: RecordingId;
  /** All that is asked (or told) in it; the first is the one it is named by. */
  readonly purposes: readonly Purpose[];
  readonly kind: 'prompt' | 'banner';
  readonly consent: ConsentAsked;
  /** What refusing does here. */
  readonly refusal: ChoiceEffect;
  /** Whether capture runs already (the person joined late, or the start did not wait). */
  readonly running: boolean;
  readonly requestedBy: RequestedBy;
  readonly storage?: Storage;
  readonly reason?: string;
  /** Who does what is asked, by purpose, in the words of who asked: not to be trusted. */
  readonly providers?: ByPurpose<string>;
  /** Where one side alone is recorded. */
  readonly side?: Side;
  /** Milliseconds left to answer, as the sender sees it; absent where there is no end. */
  readonly answerInMs?: number;
  /** How often the person was reminded; a higher number is a reminder cue. */
  readonly reminded: number;
}

/** The words shown: plain text, never HTML. `hash` is the SHA-256 of what was shown, so that it can be proved later. */
export interface NoticeText {
  readonly title: string;
  readonly body: string;
  /** What happens, by choice id. */
  readonly consequences: Readonly<Record<string, string>>;
  /** The layered notice document (R7). */
  readonly moreUrl?: string;
  readonly locale: string;
  readonly dir: 'ltr' | 'rtl';
  readonly version: string;
  /** Lower-case hex, 64 characters. */
  readonly hash: string;
}

/** Which words a consent was given to. */
export type TextShown = Pick<NoticeText, 'version' | 'locale' | 'hash'>;

/** One way to answer. Choices of a notice are of equal weight; none is preselected. */
export interface NoticeChoice {
  readonly id: string;
  readonly label: string;
  readonly effect: ChoiceEffect;
  /** What it answers, by purpose; hand it to `session.answer`. */
  readonly answers: ByPurpose<Answer>;
}

/** Something a participant must be told: a prompt asks, a banner only tells. */
export interface Notice {
  readonly noticeId: NoticeId;
  readonly purpose: Purpose;
  readonly purposes: readonly Purpose[];
  readonly kind: 'prompt' | 'banner';
  readonly consent: ConsentAsked;
  readonly text: NoticeText;
  readonly choices: readonly NoticeChoice[];
  /** `sending`: answered here, not yet confirmed; holds stay. */
  readonly phase: 'open' | 'sending';
  /** Whether the UI has confirmed that it is on screen (or the cue played). */
  readonly shown: boolean;
  /** Milliseconds to answer, counted from when this notice was raised. */
  readonly answerInMs?: number;
  /** When that time ends, an instant of the local clock. */
  readonly answerByAt?: number;
  readonly storage?: Storage;
  readonly reason?: string;
  /** Who does what is asked, by purpose, in the words of who asked: not to be trusted. */
  readonly providers?: ByPurpose<string>;
  /** Where one side alone is recorded: whether it is that of whoever is told. */
  readonly side?: Side;
  readonly requestedBy: RequestedBy;
  readonly recordingId: RecordingId;
}

/** Why devices are held. */
export type HoldReason = 'unanswered' | 'late' | 'refused' | 'withdrawing' | 'cannot-be-asked';

/**
 * The port to one's own devices. A hold is a lock of its own (G13): it never lifts a moderator's lock.
 * `release` ends the hold and switches on exactly `restore`, minus what another lock forbids.
 */
export interface DeviceController {
  state(): Readonly<Record<Device, boolean>>;
  subscribe(listener: (state: Readonly<Record<Device, boolean>>) => void): () => void;
  hold(devices: readonly Device[]): void;
  release(devices: readonly Device[], restore: readonly Device[]): void;
}

/** What a host can be told of; `recording-failed` and `capture-seen` cannot be turned off. */
export type NotificationKind =
  | 'pending'
  | 'refused'
  | 'withdrawn'
  | 'expired'
  | 'late-joiner'
  | 'recording-failed'
  | 'capture-seen'
  | 'attention'
  | 'transcript-ready'
  | 'right-exercised';
