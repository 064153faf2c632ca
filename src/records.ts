/** The ledger, what is made of it, and transcripts: what passes the gate, what is kept, and their files. */

export type { TextShown } from './notice/notice.types.ts';
export type { RecordingOutcome } from './recording/recording.types.ts';
export { createAccess, whyUnusable } from './records/access.ts';
export type * from './records/access.types.ts';
export { consentReceipt, consentRecords } from './records/consent-record.ts';
export type { Controller, PurposeTerms, ReceiptWanted, RecordDetails } from './records/consent-record.types.ts';
export { recordCsv } from './records/csv.ts';
export type * from './records/held-about-me.types.ts';
export { historyOf, readHistory } from './records/history.ts';
export type {
  CaptureSpan,
  ConsentHistory,
  ConsentStep,
  HistoryOptions,
  MeetingHistory,
  Moment,
  NoticeWords,
  PersonInRecording,
  PurposePart,
  RecordingHistory,
  RecordingRequested,
  RecordingStep,
  RightHistory,
  RightStep,
} from './records/history.types.ts';
export { indexedDbStore } from './records/indexed-db-store.ts';
export type { JsonLdNode, JsonLdValue } from './records/json-ld.ts';
export { type KantaraPurpose, type KantaraReceipt, kantaraReceipt } from './records/kantara.ts';
export type { CapturedSpan, KeptRecording, KeptState, LegalHold } from './records/kept.types.ts';
export { keepTranscript, keptTranscript } from './records/kept-transcript.ts';
export { type LedgerKeys, type MakeKeys, makeKeys, publicKeyOf } from './records/keys.ts';
export { createLedger, type LedgerOptions } from './records/ledger.ts';
export type * from './records/ledger.types.ts';
export { type Lock, memoryLock } from './records/lock.ts';
export type { Pen, RecordsOptions } from './records/meeting-ledgers.ts';
export { createMeetingRecords } from './records/meeting-records.ts';
export type {
  LeftOpen,
  MeetingDesk,
  MeetingInHand,
  MeetingRecords,
  MeetingRecordsOptions,
} from './records/meeting-records.types.ts';
export { memoryStore } from './records/memory-store.ts';
export { memoryBlobs, memoryKeys } from './records/memory-stores.ts';
export { type OpenDsrStatus, openDsrStatus } from './records/open-dsr.rules.ts';
export {
  type PersonsSignature,
  type ReceiptFault,
  type ReceiptVerdict,
  receiptOf,
  signAnswer,
  verifyReceipt,
} from './records/receipts.ts';
export { recordEnglish } from './records/record-english.ts';
export { recordGerman } from './records/record-german.ts';
export type { TellingOptions } from './records/record-lines.ts';
export { type RecordPageOptions, recordPage } from './records/record-page.ts';
export { createRetention } from './records/retention.ts';
export type * from './records/retention.types.ts';
export type * from './records/right-request.types.ts';
export { createRights } from './records/rights.ts';
export type * from './records/rights.types.ts';
export { type SignedAnswer, signedAnswer } from './records/signed-answer.ts';
export { createVault } from './records/vault.ts';
export type { BlobStore, Bytes, FoundKey, KeptText, KeyStore, Vault } from './records/vault.types.ts';
export { meetingVcon } from './records/vcon.ts';
export type {
  Vcon,
  VconAnalysis,
  VconConsent,
  VconDialog,
  VconMedia,
  VconOptions,
  VconParty,
  VconSegment,
} from './records/vcon.types.ts';
export { verifyLedger } from './records/verify.ts';
export type * from './records/verify.types.ts';
export type { NamesOf } from './transcript/anonymous.rules.ts';
export { Clearance, type ClearSpan, type HandedClearance } from './transcript/clearance.ts';
export { speakerOf, textOf } from './transcript/kept-segment.rules.ts';
export { type CorrectionOutcome, KeptTranscript, type KeptTranscriptOptions } from './transcript/kept-transcript.ts';
export { readPlainText, writePlainText } from './transcript/plain-text.ts';
export { type DropReason, type GateOptions, type Passed, SegmentGate } from './transcript/segment-gate.ts';
export { readTranscriptJson, writeTranscriptJson } from './transcript/transcript.parse.ts';
export type {
  Correction,
  CueSource,
  KeptSegment,
  Segment,
  SpokenWord,
  Transcript,
  TranscriptStatus,
} from './transcript/transcript.types.ts';
export type { ReadOptions, WriteOptions } from './transcript/transcript-file.ts';
export { readWebVtt } from './transcript/webvtt.parse.ts';
export { writeWebVtt } from './transcript/webvtt.ts';
