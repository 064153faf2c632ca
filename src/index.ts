export type { FocusSource, FocusState } from './attention/focus.types.ts';
export { createAuthority } from './authority/standalone.ts';
export type { Authority, AuthorityOptions } from './authority/standalone.types.ts';
export type { Answer, Consent, ConsentAsked, Standing } from './consent/consent.types.ts';
export type { Clock } from './core/clock.ts';
export type { NoticeErrorCode } from './core/errors.ts';
export { isNoticeError, NoticeError } from './core/errors.ts';
export type {
  Announcement,
  AnyHook,
  AttentionChange,
  Connection,
  CueKind,
  HookMap,
  HookName,
  RecordingFact,
} from './hooks/hooks.types.ts';
export type { DataKind, DataSource, NoticeDocument } from './notice/document.types.ts';
export type {
  ChoiceEffect,
  DeviceController,
  HoldReason,
  Notice,
  NoticeChoice,
  NoticeClosed,
  NoticeId,
  NoticeText,
  NotificationKind,
  Side,
  TextShown,
} from './notice/notice.types.ts';
export type { TextCatalogue, TextSource } from './notice/texts.types.ts';
export type {
  AttentionDisplay,
  HostNotification,
  HostNotificationOptions,
  HostNotified,
  NotificationInput,
  NotificationItem,
  NotificationLevel,
  NotificationSettings,
  SettingsStore,
} from './notifications/notifications.types.ts';
export type {
  Admission,
  ByPurpose,
  Channel,
  Device,
  Endpoint,
  Epoch,
  ParticipantId,
  Purpose,
  RecordingId,
  Region,
  RequestedBy,
  Requester,
  Role,
  Self,
  Status,
  Storage,
  Vouches,
} from './participants/participants.types.ts';
export { regionLaw, regionLawAbout } from './policy/law.ts';
export { definePolicy, parsePolicy } from './policy/policy.parse.ts';
export type {
  AttentionPolicy,
  OnCannotBeAsked,
  OnLateJoin,
  OnRefusal,
  OnTimeout,
  OpenPurposePolicy,
  Policy,
  PolicyInput,
  PresetName,
  PurposePolicy,
  RegionRow,
  RegionRule,
  RegionsMode,
  RetentionPolicy,
  Start,
  TranscriptionPolicy,
  UntilAnswered,
} from './policy/policy.types.ts';
export { policyFor } from './policy/policy-for.ts';
export type {
  CaptureCapabilities,
  CaptureController,
  CaptureFact,
  CaptureState,
  StartCapture,
} from './recording/capture.types.ts';
export type {
  CaptureReason,
  RecordingOutcome,
  RightAsked,
  RosterCounts,
  RosterRow,
} from './recording/recording.types.ts';
export type * from './records/held-about-me.types.ts';
export type { KeptState } from './records/kept.types.ts';
export type * from './records/ledger.types.ts';
export type { Lock } from './records/lock.ts';
export type { Pen } from './records/meeting-ledgers.ts';
export type * from './records/meeting-records.types.ts';
export type { RecordingStorage, ShareSpan } from './records/retention.types.ts';
export type * from './records/right-request.types.ts';
export type { RightOutcome, WordsCorrection } from './records/rights.types.ts';
export type { KeptText, Vault } from './records/vault.types.ts';
export type { CuePlayer } from './session/cue-player.types.ts';
export type { NotificationCommands } from './session/notification-commands.types.ts';
export type { PurposeCommands, RequestPurpose } from './session/purpose-commands.types.ts';
export type {
  ErasureOutcome,
  ExerciseRight,
  RecordsCommands,
  RightExercised,
} from './session/records-commands.types.ts';
export { createSession } from './session/session.ts';
export type {
  AdapterOptions,
  AnswerOutcome,
  CommandOutcome,
  CommonOptions,
  DirectOptions,
  HoldView,
  RecordingView,
  RequestOutcome,
  RequestRecording,
  RosterPage,
  RosterQuery,
  RosterView,
  Session,
  SessionOptions,
  SessionSnapshot,
} from './session/session.types.ts';
export type { TranscriptCommands } from './session/transcript-commands.types.ts';
export type {
  Correction,
  CueSource,
  KeptSegment,
  Segment,
  SpokenWord,
  Transcript,
  TranscriptStatus,
} from './transcript/transcript.types.ts';
export { type BroadcastChannelOptions, broadcastChannelTransport } from './transport/broadcast-channel.transport.ts';
export { inMemoryNetwork } from './transport/in-memory.transport.ts';
export type {
  ConnectOptions,
  InMemoryNetwork,
  NetworkConditions,
  NetworkMessage,
  NetworkOptions,
} from './transport/in-memory.types.ts';
export type { BotHere } from './transport/messages.types.ts';
export type { ErasureView } from './transport/records-messages.types.ts';
export type { TranscriptView } from './transport/transcript-messages.types.ts';
export type {
  AdapterFact,
  AdapterSnapshot,
  MeetingAdapter,
  SeenCapture,
  Transport,
  TransportListener,
} from './transport/transport.types.ts';
