import type { FocusSource } from '../attention/focus.types.ts';
import type { Answer, Consent } from '../consent/consent.types.ts';
import type { Clock } from '../core/clock.ts';
import type { NoticeErrorCode } from '../core/errors.ts';
import type {
  Admission,
  AnyHook,
  CaptureReason,
  Connection,
  HookMap,
  HookName,
  RosterCounts,
  RosterRow,
} from '../hooks/hooks.types.ts';
import type { NoticeDocument } from '../notice/document.types.ts';
import type { DeviceController, HoldReason, Notice, NoticeId, RequestedBy } from '../notice/notice.types.ts';
import type { TextSource } from '../notice/texts.types.ts';
import type {
  HostNotification,
  HostNotificationOptions,
  NotificationSettings,
} from '../notifications/notifications.types.ts';
import type {
  ByPurpose,
  Device,
  ParticipantId,
  Purpose,
  RecordingId,
  Region,
  Self,
  Status,
  Storage,
  Vouches,
} from '../participants/participants.types.ts';
import type { Policy, PolicyInput, PresetName } from '../policy/policy.types.ts';
import type { CaptureController } from '../recording/capture.types.ts';
import type { Ledger } from '../records/ledger.types.ts';
import type { MeetingRecords } from '../records/meeting-records.types.ts';
import type { BotHere } from '../transport/messages.types.ts';
import type { ErasureView } from '../transport/records-messages.types.ts';
import type { TranscriptView } from '../transport/transcript-messages.types.ts';
import type { MeetingAdapter, Transport } from '../transport/transport.types.ts';
import type { CommandOutcome, RequestOutcome } from './command-outcome.types.ts';
import type { CuePlayer } from './cue-player.types.ts';
import type { NotificationCommands } from './notification-commands.types.ts';
import type { PurposeCommands } from './purpose-commands.types.ts';
import type { RequestRecording } from './recording-commands.types.ts';
import type { RecordsCommands } from './records-commands.types.ts';
import type { TranscriptCommands } from './transcript-commands.types.ts';

export type { CommandOutcome, RequestOutcome, RequestRecording };

/** What a session is told, whatever it stands on. */
export interface CommonOptions {
  /** The authority's counts; a participant's is ignored. Default `all-party`. */
  readonly policy?: PresetName | PolicyInput;
  readonly adminPolicy?: PresetName | PolicyInput | null;
  readonly texts?: TextSource;
  readonly document?: NoticeDocument;
  readonly locale?: string;
  /** `confirmed` (the default): a notice counts as shown when the UI calls `confirmShown`. */
  readonly presents?: 'confirmed' | 'assumed';
  readonly cues?: CuePlayer;
  /** By default the machine's; in a page its timers run in a worker too, so that they do not sleep while it is hidden. */
  readonly clock?: Clock;
  /** Random ids; injected by tests. */
  readonly randomId?: () => string;
  readonly notifications?: HostNotificationOptions;
  /** Where a host's client keeps the facts of consent while it decides (`createLedger` of ./records). */
  readonly ledger?: Ledger;
  /** What a host's client keeps transcripts, and carries out rights and erasures with, while it decides (`createMeetingRecords` of ./records). */
  readonly records?: MeetingRecords;
  /** A pair of the Web Crypto API that this person's answers are signed with, where their meeting keeps them; default one made for this session. */
  readonly keys?: CryptoKeyPair;
  /** An XState inspector, handed to every machine. Never sees attention. */
  readonly inspect?: (event: unknown) => void;
}

/** A session's options where each port is given by itself. */
export interface DirectOptions extends CommonOptions {
  readonly meetingId: string;
  readonly self: Self;
  readonly transport?: Transport;
  readonly capture?: CaptureController;
  readonly devices?: DeviceController;
  readonly focus?: FocusSource;
  readonly adapter?: never;
}

/** A session's options where an adapter brings the platform. */
export interface AdapterOptions extends CommonOptions {
  readonly adapter: MeetingAdapter;
  readonly meetingId?: never;
  readonly self?: never;
  readonly transport?: never;
  readonly capture?: never;
  readonly devices?: never;
  readonly focus?: never;
}

/** What a session stands on: an adapter, or each port by itself. */
export type SessionOptions = DirectOptions | AdapterOptions;

/** What became of an answer. */
export type AnswerOutcome =
  | { readonly outcome: 'recorded'; readonly receiptId: string }
  /** The recording ended, or the notice was replaced; kept as evidence, not applied. */
  | { readonly outcome: 'moot'; readonly because: string }
  /** No word from the authority within 10 s; the answer is repeated while its recording lives. */
  | { readonly outcome: 'unconfirmed' }
  | { readonly outcome: 'denied'; readonly code: NoticeErrorCode };

/** One living recording, as a client tells of it. */
export interface RecordingView {
  readonly recordingId: RecordingId;
  readonly purposes: readonly Purpose[];
  readonly status: Status;
  readonly storage: Storage | undefined;
  readonly requestedBy: RequestedBy;
  readonly reason?: string;
  /** Where one side alone is recorded: whose. */
  readonly only?: readonly ParticipantId[];
}

/** One's own devices that are held now. */
export interface HoldView {
  readonly devices: readonly Device[];
  readonly because: HoldReason;
  /** What was on before the first hold. */
  readonly restore: readonly Device[];
}

/** Everything a UI shows. Frozen; what did not change keeps its identity; new before the hook fires. */
export interface SessionSnapshot {
  readonly connection: Connection;
  readonly authorityId: ParticipantId | undefined;
  readonly vouches: Vouches | undefined;
  readonly admission: Admission;
  readonly notices: readonly Notice[];
  /** The one to show now. */
  readonly prompt: Notice | null;
  readonly indicators: ByPurpose<Status>;
  readonly recordings: readonly RecordingView[];
  /** The devices held now, or null. */
  readonly hold: HoldView | null;
  /** What a hold that ended by itself would give back; cleared when devices are switched on again. */
  readonly restorable: readonly Device[];
  readonly self: {
    readonly id: ParticipantId;
    readonly role: Self['role'];
    /** By purpose, for the living recording. */
    readonly consents: ByPurpose<Consent>;
    readonly captured: boolean;
    readonly because: CaptureReason | undefined;
  };
  readonly attention: { readonly enabled: boolean; readonly active: boolean; readonly inattentive: boolean };
  /** The one that is being made, then the last others. */
  readonly transcripts: readonly TranscriptView[];
  /** The last erasures of recordings, and how far each has come. */
  readonly erasures: readonly ErasureView[];
  readonly policy: Policy | undefined;
  /** Software that is in the meeting: shown to all, never asked, never counted (G1). */
  readonly bots: readonly BotHere[];
  /** Hosts only: how many stand where; `null` for participants. */
  readonly counts: RosterCounts | null;
  /** Hosts only: what they were told of and have not dismissed, the newest first; `null` for participants. */
  readonly notifications: readonly HostNotification[] | null;
  /** Hosts only: how they want to be told; `null` for participants. */
  readonly notificationSettings: NotificationSettings | null;
}

/** Which rows of the roster: those of one consent, after one person, so many. */
export interface RosterQuery {
  readonly consent?: Consent;
  readonly purpose?: Purpose;
  readonly after?: ParticipantId;
  readonly limit?: number;
}

/** A row of the roster, as this host sees it. */
export interface RosterView extends RosterRow {
  /** While attention is tracked: on their icon, or that their client cannot tell. Without it, no more is known (G4). */
  readonly attention?: 'inattentive' | 'unavailable';
}

/** A page of the roster; `next` is handed in as `after` for the next one. */
export interface RosterPage {
  readonly counts: RosterCounts;
  readonly rows: readonly RosterView[];
  readonly next?: ParticipantId;
}

/**
 * One client's connection to the notices of a meeting. Inert until `join()`. Whatever is called with what cannot be meant
 * throws, or rejects with, a TypeError that says what was expected; what can happen in a meeting is an outcome.
 */
export interface Session extends NotificationCommands, PurposeCommands, RecordsCommands, TranscriptCommands {
  /**
   * Opens the transport and says hello; resolves at the first snapshot, or after 5 s with status `unknown`. Idempotent.
   * @throws NoticeError `session/aborted`; `policy/invalid` for a host's own policy, and `document/invalid`, with the JSON pointer.
   * @throws TypeError when a host's `notifications` cannot be meant.
   */
  join(options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** Hands over if this client decides, closes what it shows, and tells the others. Idempotent; joining again is allowed. */
  leave(): Promise<void>;

  /** Everything that a UI shows; the same object until something changes. */
  getSnapshot(): SessionSnapshot;
  /**
   * Tells of each new snapshot; the function it returns ends that.
   * @throws TypeError when the listener is no function.
   */
  subscribe(listener: () => void): () => void;
  /**
   * Listens to one hook (docs/hooks.md); the function it returns, or the signal, ends that.
   * @throws TypeError for a name that is no hook's, and for a listener that is no function.
   */
  on<H extends HookName>(
    hook: H,
    listener: (payload: HookMap[H]) => void,
    options?: { readonly signal?: AbortSignal },
  ): () => void;
  /**
   * The next payload of a hook. Like every subscription it outlives `leave()`: whoever may leave before hands in a signal.
   * @throws TypeError for a name that is no hook's.
   * @throws NoticeError `session/aborted` once the signal is aborted.
   */
  once<H extends HookName>(hook: H, options?: { readonly signal?: AbortSignal }): Promise<HookMap[H]>;
  /**
   * Listens to every hook; the function it returns ends that.
   * @throws TypeError when the listener is no function.
   */
  onAny(listener: (hook: AnyHook) => void): () => void;
  /** The indicator of a purpose, as in the snapshot. */
  status(purpose: Purpose): Status;

  /** The UI has a notice on screen: without it nobody can agree, and nobody is captured (G1). */
  confirmShown(noticeId: NoticeId): void;
  /** Answers a notice, all its purposes at once or some of them. */
  answer(noticeId: NoticeId, answers: ByPurpose<Answer>): Promise<AnswerOutcome>;
  /** Continue, for one purpose of the living recording; no agreement where that is asked (`consent/not-enough`). */
  acknowledge(purpose: Purpose): Promise<AnswerOutcome>;
  /** Agrees to one purpose of the living recording. */
  giveConsent(purpose: Purpose): Promise<AnswerOutcome>;
  /** Refuses one purpose; needs nothing to have been shown (G3). */
  refuseConsent(purpose: Purpose): Promise<AnswerOutcome>;
  /** Takes consent back at once: one's devices are held until it is confirmed (GDPR Art. 7(3), G3). */
  withdrawConsent(purpose: Purpose): Promise<AnswerOutcome>;
  /** Opens the notice again, to change one's mind. */
  reviewConsent(purpose: Purpose): Promise<CommandOutcome>;
  /** A caller's key; it means what the last announcement said. */
  pressKey(key: string): void;
  /** Whether a cue was heard; on a phone and in a room that is the notice. */
  confirmCue(cueId: string, result: 'played' | 'blocked'): void;

  /** Hosts. Asks everyone, and resolves when it has started or has come to an end. Aborting the signal while it asks cancels. */
  requestRecording(request: RequestRecording): Promise<RequestOutcome>;
  /** Hosts. The one that runs, where none is named. */
  pauseRecording(recordingId?: RecordingId): Promise<CommandOutcome>;
  /** Hosts. */
  resumeRecording(recordingId?: RecordingId): Promise<CommandOutcome>;
  /** While asking, this cancels. */
  stopRecording(recordingId?: RecordingId): Promise<CommandOutcome>;
  /** Hosts. Starts with those who have agreed; the others are left out, and everyone is told the reason. */
  startWithoutWaiting(options: { readonly reason: string }): Promise<CommandOutcome>;
  /** Hosts. Reminds who has not answered: these, or all. */
  remind(participantIds?: readonly ParticipantId[]): Promise<CommandOutcome>;
  /** Hosts, where the policy lets them. Everyone is told, and asked where the policy asks; denied with `attention/not-allowed` or `attention/only-admin`. */
  enableAttentionTracking(): Promise<CommandOutcome>;
  /** Hosts. */
  disableAttentionTracking(): Promise<CommandOutcome>;
  /** Whether this client's own person shares their screen: attention is tracked only while a host does (R6). An adapter reports it by itself. */
  reportSharing(active: boolean): Promise<CommandOutcome>;
  /** Hosts. A page of who is here and stands where, 100 rows where no `limit` is given. */
  roster(query?: RosterQuery): RosterPage;
  /** One's own region, ISO 3166; it can only tighten (G11). */
  declareRegion(region: Region): Promise<CommandOutcome>;
  /** Hosts. Lets these in from the lobby; who has not answered stays out of the recording. */
  admit(participantIds: readonly ParticipantId[]): Promise<CommandOutcome>;
  /** Hosts. Another host decides from now on; what runs goes on, if its recorder can be reached from there. */
  handOver(to: ParticipantId): Promise<CommandOutcome>;
}
